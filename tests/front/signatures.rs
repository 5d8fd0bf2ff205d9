//! Signatures of notifications.

use crate::setup::Setup;
use holdfast_tests::TestFrontOptions;
use holdfast_tests::caller::{basic, sha1_signature};
use holdfast_tests::message::{confirmed, envelope};
use http::Method;

const SIGNATURE: &str = "x-marqeta-signature";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sha256_and_sha1_signatures_are_distinguished_by_length_and_all_others_refused() {
    let mut setup = Setup::begin().await;
    let body = envelope(&[confirmed(&setup.messages.purchase("payer", "1.00"))]);
    let secret = setup.front.secrets.signing.clone();
    let sha256 = holdfast_simulator::signature(&secret, body.as_bytes());
    let of_another_body = holdfast_simulator::signature(&secret, b"{}");
    let cases = [
        (None, 401),
        (Some(String::new()), 401),
        (Some("zz".repeat(32)), 401),
        (Some(sha256[..40].to_owned()), 401),
        (Some(sha256.to_uppercase()), 401),
        (Some(of_another_body), 401),
        (Some(sha1_signature("another secret", body.as_bytes())), 401),
        (Some(sha1_signature(&secret, body.as_bytes())), 200),
        (Some(sha256), 200),
    ];
    for (signature, status) in cases {
        let mut headers = vec![("authorization", basic(&setup.front.secrets.webhook))];
        headers.extend(signature.clone().map(|signature| (SIGNATURE, signature)));
        let public = setup.front.public;
        let response = setup
            .front
            .send(public, Method::POST, "/webhooks", &headers, body.clone())
            .await;
        assert_eq!(
            response.status,
            status,
            "{signature:?}: {}",
            response.text()
        );
        let stored = setup
            .database
            .count("select count(*) from notification")
            .await;
        assert_eq!(stored, i64::from(status == 200), "{signature:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_secret_no_signature_is_asked_for() {
    let mut setup = Setup::begin_with(TestFrontOptions {
        unsigned: true,
        flags: Vec::new(),
    })
    .await;
    let body = envelope(&[confirmed(&setup.messages.purchase("payer", "1.00"))]);
    let headers = [("authorization", basic(&setup.front.secrets.webhook))];
    let public = setup.front.public;
    let response = setup
        .front
        .send(public, Method::POST, "/webhooks", &headers, body)
        .await;
    assert_eq!(response.status, 200);
}
