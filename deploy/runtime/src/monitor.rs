//! The monitoring address of processes that serve nothing else: `/livez`, `/readyz`, `/metrics`.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;

use crate::health::{Health, HealthResponse};
use crate::metrics::{self, Metrics};
use crate::serve::Server;
use crate::shutdown::{DrainOutcome, Shutdown};

const TEXT: &str = "text/plain; charset=utf-8";

/// Serves `/livez`, `/readyz` and `/metrics` until `shutdown` has drained.
///
/// With a `shutdown` of its own it responds while the other tasks drain, so that the drain can be
/// watched. With the process's it stops with the rest.
pub async fn serve_monitoring(
    server: Server,
    health: Health,
    metrics: Metrics,
    shutdown: Shutdown,
) -> DrainOutcome {
    let service = tower::service_fn(move |request: Request<Incoming>| -> Ready<_> {
        ready(Ok::<_, Infallible>(respond_to_request(
            &request, &health, &metrics,
        )))
    });
    server.run(service, shutdown, Duration::from_secs(1)).await
}

/// Responds to one request.
pub fn respond_to_request<B>(
    request: &Request<B>,
    health: &Health,
    metrics: &Metrics,
) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    if !matches!(path, "/livez" | "/readyz" | "/metrics") {
        return text_response(StatusCode::NOT_FOUND, TEXT, "not found\n".to_owned());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return text_response(StatusCode::METHOD_NOT_ALLOWED, TEXT, "use GET\n".to_owned());
    }
    match path {
        "/livez" => health_text(health.livez()),
        "/readyz" => health_text(health.readyz()),
        _ => text_response(StatusCode::OK, metrics::CONTENT_TYPE, metrics.text()),
    }
}

fn health_text(response: HealthResponse) -> Response<Full<Bytes>> {
    text_response(response.status, TEXT, response.body)
}

fn text_response(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
