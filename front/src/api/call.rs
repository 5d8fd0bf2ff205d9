//! One admitted request to the API: its operator, method and parameters. Its body is read only when a handler
//! needs it.

use super::context::ApiContext;
use super::error::ApiError;
use super::operators::Operator;
use super::query::Query;
use crate::body::{self, BodyError, Streamed};
use crate::refusals::Refusal;
use bytes::Bytes;
use holdfast_funding::command::Actor;
use holdfast_runtime::serve::Peer;
use holdfast_runtime::settings::OperatorRole;
use http::{HeaderValue, Method};
use std::fmt;
use warp::Filter;
use warp::filters::BoxedFilter;

/// The longest body: a few texts of at most 255 characters.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Characters of a reason.
const REASON_CHARS_MAX: usize = 1_000;

/// A request whose token is known.
pub(super) struct Call {
    pub(super) context: ApiContext,
    pub(super) operator: Operator,
    pub(super) method: Method,
    pub(super) query: Query,
    body: (Option<u64>, Streamed),
    peer: Option<Peer>,
}

impl Call {
    /// Admits GET alone.
    pub(super) fn get(self) -> Result<Self, ApiError> {
        match self.method {
            Method::GET => Ok(self),
            _ => Err(ApiError::Method("GET")),
        }
    }

    /// Admits POST alone, from operators with this role.
    pub(super) fn post(self, role: OperatorRole) -> Result<Self, ApiError> {
        if self.method != Method::POST {
            return Err(ApiError::Method("POST"));
        }
        self.require_role(role)?;
        Ok(self)
    }

    /// Fails if the operator's role is below this one.
    pub(super) fn require_role(&self, role: OperatorRole) -> Result<(), ApiError> {
        if self.operator.role >= role {
            Ok(())
        } else {
            let name = Some(self.operator.name.as_str());
            let refusal = refusal_of(403, "role", name, self.peer);
            self.context.refusals.record_refusal(refusal);
            Err(ApiError::Forbidden(role))
        }
    }

    /// The operator as commands record it, with the reason that the parameter `reason` gives.
    pub(super) fn actor(&self) -> Result<Actor, ApiError> {
        let query = self.query.check_names(&["reason"])?;
        let reason = query.get("reason").map(str::to_owned);
        if reason
            .as_ref()
            .is_some_and(|text| text.chars().count() > REASON_CHARS_MAX)
        {
            let message = format!("reason has more than {REASON_CHARS_MAX} characters");
            return Err(ApiError::bad_request(
                "invalid_parameter",
                &message,
                Some("reason"),
            ));
        }
        Ok(Actor {
            name: self.operator.name.clone(),
            role: self.operator.role.as_str(),
            address: self
                .peer
                .map(|peer| peer.addr.ip().to_canonical().to_string()),
            reason,
        })
    }

    /// Reads the body of a command.
    pub(super) async fn read_command(self) -> Result<(ApiContext, Actor, Bytes), ApiError> {
        let (context, actor) = (self.context.clone(), self.actor()?);
        Ok((context, actor, self.body().await?))
    }

    /// Reads the body.
    pub(super) async fn body(self) -> Result<Bytes, ApiError> {
        body::read(self.body, BODY_BYTES_MAX)
            .await
            .map_err(|error| match error {
                BodyError::TooLarge => ApiError::TooLarge(BODY_BYTES_MAX),
                BodyError::Broken => {
                    ApiError::bad_request("broken_body", "reading the body failed", None)
                }
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

fn refusal_of<'a>(
    status: u16,
    cause: &'static str,
    operator: Option<&'a str>,
    peer: Option<Peer>,
) -> Refusal<'a> {
    Refusal {
        path: "/api/v1",
        status,
        cause,
        operator,
        source: peer.map(|peer| peer.addr.ip()),
    }
}

/// Every request, or the error that refuses it.
pub(super) fn admitted_calls(context: &ApiContext) -> BoxedFilter<(Result<Call, ApiError>,)> {
    let context = context.clone();
    warp::method()
        .and(warp::header::headers_cloned())
        .and(warp::query::query::<Vec<(String, String)>>())
        .and(body::unread())
        .and(warp::ext::optional::<Peer>())
        .then(move |method, headers: http::HeaderMap, query, body, peer| {
            let authorization: Option<&HeaderValue> = headers.get(http::header::AUTHORIZATION);
            let operator = context.operators.find_by_token(authorization);
            let context = context.clone();
            async move {
                let Some(operator) = operator else {
                    context
                        .refusals
                        .refuse(refusal_of(401, "credentials", None, peer))
                        .await;
                    return Err(ApiError::Unauthorized);
                };
                Ok(Call {
                    context,
                    operator,
                    method,
                    query: Query(query),
                    body,
                    peer,
                })
            }
        })
        .boxed()
}
