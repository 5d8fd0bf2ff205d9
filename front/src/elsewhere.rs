//! What neither address serves: an unknown path, a wrong method, headers that cannot be read.

use crate::http_response::{HttpResponse, error_response};
use http::{HeaderValue, header};
use std::convert::Infallible;
use warp::{Rejection, Reply};

/// Refuses what no route of the public address has taken.
pub(crate) async fn refuse_public(
    rejection: Rejection,
) -> Result<warp::reply::Response, Infallible> {
    refuse_elsewhere(rejection, "POST").await
}

/// Refuses what no route of the private address has taken.
pub(crate) async fn refuse_private(
    rejection: Rejection,
) -> Result<warp::reply::Response, Infallible> {
    refuse_elsewhere(rejection, "GET").await
}

/// `allowed` are the methods of the paths of this address.
async fn refuse_elsewhere(
    rejection: Rejection,
    allowed: &'static str,
) -> Result<warp::reply::Response, Infallible> {
    if rejection.is_not_found() {
        let message = "there is nothing at this path";
        return Ok(error_response(404, "not_found", message, None)
            .response()
            .into_response());
    }
    if rejection.find::<warp::reject::MethodNotAllowed>().is_none() {
        let message = "the request's headers could not be read";
        return Ok(error_response(400, "bad_request", message, None)
            .response()
            .into_response());
    }
    let message = format!("use {allowed}");
    let mut response = error_response(405, "method_not_allowed", &message, None).response();
    let allowed = HeaderValue::from_static(allowed);
    response.headers_mut().insert(header::ALLOW, allowed);
    Ok(response.into_response())
}
