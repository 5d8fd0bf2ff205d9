//! The monitoring address of programs that serve nothing else: `/livez`, `/readyz`, `/metrics`.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;

use crate::health::{Answer, Health};
use crate::metrics::{self, Metrics};
use crate::serve::Server;
use crate::shutdown::{DrainOutcome, Shutdown};

const TEXT: &str = "text/plain; charset=utf-8";

/// Serves `/livez`, `/readyz` and `/metrics` until `shutdown` has drained.
///
/// With a `shutdown` of its own it responds while the other tasks drain, so that the drain can be
/// watched. With the program's it stops with the rest.
pub async fn serve(
    server: Server,
    health: Health,
    metrics: Metrics,
    shutdown: Shutdown,
) -> DrainOutcome {
    let service = tower::service_fn(move |request: Request<Incoming>| -> Ready<_> {
        ready(Ok::<_, Infallible>(answer(&request, &health, &metrics)))
    });
    server.run(service, shutdown, Duration::from_secs(1)).await
}

/// Responds to one request.
pub fn answer<B>(
    request: &Request<B>,
    health: &Health,
    metrics: &Metrics,
) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    if !matches!(path, "/livez" | "/readyz" | "/metrics") {
        return response(StatusCode::NOT_FOUND, TEXT, "not found\n".to_owned());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return response(StatusCode::METHOD_NOT_ALLOWED, TEXT, "use GET\n".to_owned());
    }
    match path {
        "/livez" => plain(health.livez()),
        "/readyz" => plain(health.readyz()),
        _ => response(StatusCode::OK, metrics::CONTENT_TYPE, metrics.text()),
    }
}

fn plain(answer: Answer) -> Response<Full<Bytes>> {
    response(answer.status, TEXT, answer.body)
}

fn response(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
