//! Who is let in, and that nothing is read of those who are not.

use crate::setup::Setup;
use holdfast_tests::caller::basic;
use holdfast_tests::{TestFrontOptions, raw};
use http::Method;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_or_missing_credentials_are_refused_at_both_routes_whatever_the_body_is() {
    let setup = Setup::begin().await;
    let secrets = &setup.front.secrets;
    let wrong = [
        None,
        Some(basic(&format!("{}x", secrets.gateway))),
        Some(basic("gateway:")),
        Some(format!("Bearer {}", secrets.operator)),
        Some("Basic ???".to_owned()),
    ];
    for path in ["/jit", "/webhooks"] {
        // Each front has its own credentials.
        let other = if path == "/jit" {
            &secrets.webhook
        } else {
            &secrets.gateway
        };
        for value in wrong.iter().cloned().chain([Some(basic(other))]) {
            let headers: Vec<_> = value.iter().map(|v| ("authorization", v.clone())).collect();
            let response = setup
                .front
                .send(setup.front.public, Method::POST, path, &headers, "{{{")
                .await;
            assert_eq!(
                response.status,
                401,
                "{path} {value:?}: {}",
                response.text()
            );
            let challenge = response.headers.get("www-authenticate").unwrap();
            assert!(
                challenge.to_str().unwrap().starts_with("Basic"),
                "{challenge:?}"
            );
            assert_eq!(response.string("error.code"), "unauthorized");
        }
    }
    assert_eq!(setup.decisions().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_credentials_are_refused_before_the_body_has_come_however_large_it_is() {
    let setup = Setup::begin().await;
    for length in [1_000, 9_000_000] {
        let head = format!(
            "POST /jit HTTP/1.1\r\nhost: holdfast\r\nauthorization: {}\r\ncontent-length: {length}\r\n\r\n",
            basic("some:body")
        );
        let received = raw::exchange(setup.front.public, head.as_bytes()).await;
        assert!(received.starts_with("http/1.1 401"), "{received}");
        assert!(received.contains("www-authenticate"), "{received}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_required_header_must_come_with_the_credentials() {
    let flags = vec!["--gateway-header=X-Program: blue".to_owned()];
    let mut setup = Setup::begin_with(TestFrontOptions {
        flags,
        unsigned: false,
    })
    .await;
    let body = setup
        .messages
        .purchase("payer", "1.00")
        .request()
        .to_string();
    let credentials = ("authorization", basic(&setup.front.secrets.gateway));
    let (blue, red) = (
        ("x-program", "blue".to_owned()),
        ("x-program", "red".to_owned()),
    );
    let cases = [
        (vec![credentials.clone()], 401),
        (vec![credentials.clone(), red], 401),
        (vec![blue.clone()], 401),
        (vec![credentials, blue], 200),
    ];
    for (headers, status) in cases {
        let public = setup.front.public;
        let response = setup
            .front
            .send(public, Method::POST, "/jit", &headers, body.clone())
            .await;
        assert_eq!(response.status, status, "{headers:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_and_new_credentials_are_both_valid_while_they_are_rotated() {
    let flags = vec!["--gateway-credentials=old:one,new:two".to_owned()];
    let database = holdfast_tests::TestDatabase::create().await;
    let options = TestFrontOptions {
        flags,
        unsigned: false,
    };
    let front = holdfast_tests::TestFront::open_with(database.url(), options).await;
    for (credentials, status) in [("old:one", 400), ("new:two", 400), ("new:one", 401)] {
        let headers = [("authorization", basic(credentials))];
        let response = front
            .send(front.public, Method::POST, "/jit", &headers, "{")
            .await;
        assert_eq!(response.status, status, "{credentials}");
    }
}
