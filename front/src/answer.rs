//! Answers of the front.

use holdfast_funding::processor::StoredResponse;
use http::{Response, StatusCode, header};
use serde_json::json;

/// An answer as it leaves, and as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: u16,
    /// JSON.
    pub(crate) body: String,
}

impl From<StoredResponse> for Answer {
    fn from(response: StoredResponse) -> Self {
        Self {
            status: response.status,
            body: response.body,
        }
    }
}

impl Answer {
    /// An error that explains itself: `{"error":{"code","message","field"}}`.
    #[must_use]
    pub(crate) fn error(status: u16, code: &str, message: &str, field: Option<&str>) -> Self {
        let error = match field {
            Some(field) => json!({"code": code, "message": message, "field": field}),
            None => json!({"code": code, "message": message}),
        };
        Self {
            status,
            body: json!({ "error": error }).to_string(),
        }
    }

    /// As an HTTP response.
    #[must_use]
    pub(crate) fn response(self) -> Response<String> {
        let mut response = Response::new(self.body);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if !response.body().is_empty() {
            let json = header::HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        }
        if self.status == 401 {
            let basic = header::HeaderValue::from_static("Basic realm=\"holdfast\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, basic);
        }
        response
    }
}
