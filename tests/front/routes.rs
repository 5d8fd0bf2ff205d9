//! Paths, methods and sizes.

use crate::setup::Setup;
use holdfast_tests::caller::basic;
use holdfast_tests::raw;
use http::Method;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_paths_are_404_and_wrong_methods_405() {
    let setup = Setup::begin().await;
    let (front, public) = (&setup.front, setup.front.public);
    for path in [
        "/",
        "/jit/x",
        "/webhooks/x",
        "/readyz",
        "/metrics",
        "/api/v1/program",
    ] {
        let response = front.send(public, Method::POST, path, &[], "{}").await;
        assert_eq!(response.status, 404, "{path}");
        assert!(
            !response.string("error.code").is_empty(),
            "{path}: {}",
            response.text()
        );
    }
    for path in ["/jit", "/webhooks"] {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
            let response = front.send(public, method.clone(), path, &[], "").await;
            assert_eq!(response.status, 405, "{method} {path}");
            assert_eq!(response.headers["allow"], "POST", "{method} {path}");
        }
    }
    for path in ["/livez", "/readyz", "/metrics"] {
        let private = setup.front.private;
        let response = front.send(private, Method::POST, path, &[], "").await;
        assert_eq!(response.status, 405, "{path}");
        assert_eq!(response.headers["allow"], "GET", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_are_plain_text_unless_open_metrics_is_asked_for() {
    let setup = Setup::begin().await;
    let (front, private) = (&setup.front, setup.front.private);
    let open = [("accept", "application/openmetrics-text".to_owned())];
    for (headers, kind, end) in [
        (&[][..], "text/plain; version=0.0.4; charset=utf-8", false),
        (
            &open[..],
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            true,
        ),
    ] {
        let response = front
            .send(private, Method::GET, "/metrics", headers, "")
            .await;
        assert_eq!(response.headers["content-type"], kind);
        assert_eq!(response.text().ends_with("# EOF\n"), end);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_private_address_does_not_answer_marqeta() {
    let setup = Setup::begin().await;
    let headers = [("authorization", basic(&setup.front.secrets.gateway))];
    for path in ["/jit", "/webhooks"] {
        let private = setup.front.private;
        let response = setup
            .front
            .send(private, Method::POST, path, &headers, "{}")
            .await;
        assert_eq!(response.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_beyond_the_limit_is_413_whether_it_is_announced_or_not() {
    let setup = Setup::begin().await;
    let secrets = &setup.front.secrets;
    for (path, credentials, limit) in [
        ("/jit", &secrets.gateway, 256 * 1024),
        ("/webhooks", &secrets.webhook, 4 * 1024 * 1024),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: holdfast\r\nauthorization: {}\r\n",
            basic(credentials)
        );
        let announced = format!("{head}content-length: {}\r\n\r\n", limit + 1);
        let received = raw::exchange(setup.front.public, announced.as_bytes()).await;
        assert!(received.starts_with("http/1.1 413"), "{path}: {received}");
        let chunk = format!("{:x}\r\n{}\r\n", limit + 1, " ".repeat(limit + 1));
        let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n{chunk}0\r\n\r\n");
        let received = raw::exchange(setup.front.public, chunked.as_bytes()).await;
        assert!(received.starts_with("http/1.1 413"), "{path}: {received}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_of_exactly_the_limit_is_read() {
    let mut setup = Setup::begin().await;
    let mut body = setup
        .messages
        .purchase("payer", "1.00")
        .request()
        .to_string();
    body.push_str(&" ".repeat(256 * 1024 - body.len()));
    assert_eq!(setup.front.jit(body).await.verdict(), "200");
}
