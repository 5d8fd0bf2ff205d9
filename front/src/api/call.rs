//! One request to the API: who asks, with which method, for which page; its body is read only when a
//! handler asks for it.

use super::context::ApiContext;
use super::error::ApiError;
use super::operators::Operator;
use super::page::Query;
use crate::body::{self, BodyError, Streamed};
use bytes::Bytes;
use holdfast_runtime::settings::OperatorRole;
use http::{HeaderValue, Method};
use std::fmt;
use warp::Filter;
use warp::filters::BoxedFilter;

/// The longest body: a few texts of at most 255 characters.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// A request of somebody who is known.
pub(super) struct Call {
    pub(super) context: ApiContext,
    pub(super) operator: Operator,
    pub(super) method: Method,
    pub(super) query: Query,
    body: (Option<u64>, Streamed),
}

impl Call {
    /// Is this role enough for what is asked?
    pub(super) fn needs(&self, role: OperatorRole) -> Result<(), ApiError> {
        if self.operator.role >= role {
            Ok(())
        } else {
            Err(ApiError::Forbidden(role))
        }
    }

    /// Reads the body.
    pub(super) async fn body(self) -> Result<Bytes, ApiError> {
        body::read(self.body, BODY_BYTES_MAX)
            .await
            .map_err(|error| match error {
                BodyError::TooLarge => ApiError::TooLarge(BODY_BYTES_MAX),
                BodyError::Broken => ApiError::bad("broken_body", "reading the body failed", None),
            })
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operator", &self.operator)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Any request, or why it is not let in.
pub(super) fn calls(context: &ApiContext) -> BoxedFilter<(Result<Call, ApiError>,)> {
    let context = context.clone();
    warp::method()
        .and(warp::header::headers_cloned())
        .and(warp::query::query::<Vec<(String, String)>>())
        .and(body::unread())
        .map(move |method, headers: http::HeaderMap, query, body| {
            let authorization: Option<&HeaderValue> = headers.get(http::header::AUTHORIZATION);
            let operator = context.operators.admit(authorization);
            let operator = operator.ok_or(ApiError::Unauthorized)?;
            Ok(Call {
                context: context.clone(),
                operator,
                method,
                query: Query(query),
                body,
            })
        })
        .boxed()
}
