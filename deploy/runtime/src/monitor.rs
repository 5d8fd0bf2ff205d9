//! The monitoring address of processes that serve nothing else: `/livez`, `/readyz`, `/metrics`.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;

use crate::health::{Health, HealthResponse};
use crate::metrics::{Metrics, MetricsFormat};
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
        return method_not_allowed();
    }
    match path {
        "/livez" => health_text(health.livez()),
        "/readyz" => health_text(health.readyz()),
        _ => {
            let format = MetricsFormat::accepted_by(request.headers());
            let text = metrics.text_in(format);
            text_response(StatusCode::OK, format.content_type(), text)
        }
    }
}

fn method_not_allowed() -> Response<Full<Bytes>> {
    let text = "use GET or HEAD\n".to_owned();
    let mut response = text_response(StatusCode::METHOD_NOT_ALLOWED, TEXT, text);
    let allowed = header::HeaderValue::from_static("GET, HEAD");
    response.headers_mut().insert(header::ALLOW, allowed);
    response
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

#[cfg(test)]
mod tests {
    use super::*;

    fn respond(method: Method, path: &str, accept: Option<&str>) -> Response<Full<Bytes>> {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(accept) = accept {
            request = request.header(header::ACCEPT, accept);
        }
        let request = request.body(()).unwrap();
        respond_to_request(&request, &Health::new(), &Metrics::new())
    }

    #[test]
    fn a_wrong_method_is_answered_with_the_right_ones() {
        for path in ["/livez", "/readyz", "/metrics"] {
            let response = respond(Method::POST, path, None);
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
            assert_eq!(response.headers()[header::ALLOW], "GET, HEAD", "{path}");
        }
    }

    #[test]
    fn metrics_come_in_the_form_that_is_asked_for() {
        let kind = |accept| {
            let response = respond(Method::GET, "/metrics", accept);
            let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
            kind.split(';').next().unwrap().to_owned()
        };
        assert_eq!(kind(None), "text/plain");
        let open = "application/openmetrics-text";
        assert_eq!(kind(Some(open)), open);
    }
}
