//! The service of one connection: refuses unusual targets, and turns a panic into a response.

use std::error::Error;
use std::future::Future;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::FutureExt;
use http::{Method, Request, Response, StatusCode, Version, header};
use http_body_util::{Either, Full};
use hyper::body::{Body, Incoming};
use tower::{Service, ServiceExt};

use super::first_request_timeout::FirstRequest;

/// The sender of a request; found in the request's extensions.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Address of the other end of the connection, perhaps a proxy's.
    pub addr: SocketAddr,
    /// Whether the connection is encrypted.
    pub tls: bool,
}

/// A service that responds to HTTP requests, such as `warp::service(filter)`.
pub trait HttpService:
    Service<Request<Incoming>, Response = Response<Self::Body>, Error: Into<BoxError>, Future: Send>
    + Clone
    + Send
    + 'static
{
    /// Body of the responses.
    type Body: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static;
}

impl<S, B> HttpService for S
where
    S: Service<Request<Incoming>, Response = Response<B>, Error: Into<BoxError>, Future: Send>
        + Clone
        + Send
        + 'static,
    B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Body = B;
}

type BoxError = Box<dyn Error + Send + Sync>;
type ConnectionResponse<B> = Response<Either<B, Full<Bytes>>>;

/// Passes the requests of one connection to the service.
#[derive(Debug)]
pub(super) struct ConnectionService<S> {
    service: S,
    peer: Peer,
    first_request: FirstRequest,
}

impl<S> ConnectionService<S> {
    pub(super) fn new(service: S, peer: Peer, first_request: FirstRequest) -> Self {
        Self {
            service,
            peer,
            first_request,
        }
    }
}

impl<S: HttpService> hyper::service::Service<Request<Incoming>> for ConnectionService<S> {
    type Response = ConnectionResponse<S::Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        self.first_request.mark_arrived();
        if !has_plain_target(&request) {
            return Box::pin(std::future::ready(Ok(error_response(
                StatusCode::BAD_REQUEST,
            ))));
        }
        request.extensions_mut().insert(self.peer);
        let service = self.service.clone();
        // Inside the future, so that a panic while creating it is caught as well.
        let response = async move { service.oneshot(request).await };
        Box::pin(async move {
            match AssertUnwindSafe(response).catch_unwind().await {
                Ok(Ok(response)) => Ok(response.map(Either::Left)),
                Ok(Err(error)) => Err(error.into()),
                Err(_) => {
                    // The panic hook has written message and place already.
                    tracing::error!("A request handler panicked, responding with 500");
                    Ok(error_response(StatusCode::INTERNAL_SERVER_ERROR))
                }
            }
        })
    }
}

/// Only `/path?query` reaches the service: `CONNECT host:port`, `GET http://other/` and `*` have no
/// path for routers and access logs. HTTP/2 always has scheme and authority.
fn has_plain_target<B>(request: &Request<B>) -> bool {
    let uri = request.uri();
    let origin_form = request.version() >= Version::HTTP_2 || uri.authority().is_none();
    request.method() != Method::CONNECT && origin_form && uri.path().starts_with('/')
}

fn error_response<B>(status: StatusCode) -> ConnectionResponse<B> {
    let text = match status {
        StatusCode::BAD_REQUEST => "the request target must be a path\n",
        _ => "internal error\n",
    };
    let mut response = Response::new(Either::Right(Full::from(text)));
    *response.status_mut() = status;
    let kind = header::HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
