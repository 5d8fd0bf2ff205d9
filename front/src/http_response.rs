//! Responses of the front: JSON with a status, errors in one shape.

use holdfast_funding::processor::StoredResponse;
use http::{Response, StatusCode, header};
use serde_json::json;

/// An error that explains itself: `{"error":{"code","message","field"}}`.
#[must_use]
pub(crate) fn error_response(
    status: u16,
    code: &str,
    message: &str,
    field: Option<&str>,
) -> StoredResponse {
    let error = match field {
        Some(field) => json!({"code": code, "message": message, "field": field}),
        None => json!({"code": code, "message": message}),
    };
    StoredResponse {
        status,
        body: json!({ "error": error }).to_string(),
    }
}

/// A stored response as HTTP.
pub(crate) trait HttpResponse {
    /// Status, body and headers.
    fn response(self) -> Response<String>;
}

impl HttpResponse for StoredResponse {
    fn response(self) -> Response<String> {
        let Self { status, body } = self;
        let mut response = Response::new(body);
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if !response.body().is_empty() {
            let json = header::HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        }
        if status == 401 {
            let basic = header::HeaderValue::from_static("Basic realm=\"holdfast\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, basic);
        }
        response
    }
}
