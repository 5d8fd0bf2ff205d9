//! From a handler's result to an HTTP response.

use super::call::Call;
use super::error::ApiError;
use crate::http_response::{HttpResponse, error_response};
use holdfast_funding::processor::StoredResponse;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use warp::Reply as _;

/// A status and the JSON that goes with it.
#[derive(Debug)]
pub(super) struct ApiResponse {
    status: StatusCode,
    body: String,
}

impl ApiResponse {
    /// 200.
    pub(super) fn ok(value: &impl Serialize) -> Result<Self, ApiError> {
        Self::with_status(StatusCode::OK, value)
    }

    /// 201 when something is new, else 200.
    pub(super) fn created_or_ok(is_new: bool, value: &impl Serialize) -> Result<Self, ApiError> {
        Self::with_status(
            if is_new {
                StatusCode::CREATED
            } else {
                StatusCode::OK
            },
            value,
        )
    }

    /// 204.
    pub(super) fn no_content() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: String::new(),
        }
    }

    fn with_status(status: StatusCode, value: &impl Serialize) -> Result<Self, ApiError> {
        let body = serde_json::to_string(value);
        let body = body.map_err(|error| ApiError::Internal(error.to_string()))?;
        Ok(Self { status, body })
    }
}

/// Has an admitted call handled, and renders the response.
pub(super) async fn respond<F, A>(call: Result<Call, ApiError>, handle: F) -> warp::reply::Response
where
    F: FnOnce(Call) -> A,
    A: Future<Output = Result<ApiResponse, ApiError>>,
{
    let replied = match call {
        Ok(call) => handle(call).await,
        Err(error) => Err(error),
    };
    let response = match replied {
        Ok(reply) => StoredResponse {
            status: reply.status.as_u16(),
            body: reply.body,
        }
        .response(),
        Err(error) => render_error(error),
    };
    response.into_response()
}

fn render_error(error: ApiError) -> Response<String> {
    match error {
        ApiError::Unauthorized => render_unauthorized(),
        ApiError::Method(allowed) => render_not_allowed(allowed),
        ApiError::Forbidden(role) => {
            let message = format!("this needs the role {role}");
            error_response(403, "forbidden", &message, None).response()
        }
        ApiError::TooLarge(limit) => {
            let message = format!("the body is longer than {limit} bytes");
            error_response(413, "too_large", &message, None).response()
        }
        ApiError::Coded {
            status,
            code,
            message,
            field,
        } => error_response(status, code, &message, field.as_deref()).response(),
        ApiError::Unavailable(error) => {
            tracing::warn!(%error, "An operator's request could not be served");
            error_response(
                503,
                "unavailable",
                "the database does not respond now",
                None,
            )
            .response()
        }
        ApiError::Internal(error) => {
            tracing::error!(%error, "An operator's request failed");
            error_response(
                500,
                "internal",
                "something is wrong here; see the log",
                None,
            )
            .response()
        }
    }
}

fn render_unauthorized() -> Response<String> {
    let message = "a valid Bearer token is needed";
    let mut response = error_response(401, "unauthorized", message, None).response();
    let bearer = HeaderValue::from_static("Bearer realm=\"holdfast\"");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, bearer);
    response
}

fn render_not_allowed(allowed: &'static str) -> Response<String> {
    let message = format!("use {allowed}");
    let mut response = error_response(405, "method_not_allowed", &message, None).response();
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}
