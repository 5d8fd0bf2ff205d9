//! Lumen's purchases, through front, broker and workers.

use crate::adapter::{Lumen, sign};
use holdfast_tests::caller::basic;
use holdfast_tests::{HttpResponse, System, eventually};
use http::Method;
use serde_json::{Value, json};
use std::sync::Arc;

/// A version of the purchase `id`: authorized and cleared in total, in cents.
fn object(id: &str, version: u32, status: &str, (authorized, cleared): (i64, i64)) -> Value {
    json!({
        "id": id, "version": version, "status": status, "account": "lumen-payer", "card": "lumen-card",
        "currency": "USD", "authorized_minor": authorized, "cleared_minor": cleared, "merchant": "m-1",
    })
}

async fn system() -> System {
    let system = System::start_for(Arc::new(Lumen)).await;
    system.open("lumen-payer", "USD", "100.00").await;
    system
}

async fn request(system: &System, object: &Value) -> HttpResponse {
    system.front.jit(object.to_string()).await
}

async fn notify(system: &System, object: &Value) {
    let body = object.to_string();
    let signature = sign(system.front.secrets.signing.as_bytes(), body.as_bytes());
    let headers = [
        ("authorization", basic(&system.front.secrets.webhook)),
        ("lumen-signature", signature),
    ];
    let public = system.front.public;
    let delivered = system
        .front
        .send(public, Method::POST, "/webhooks", &headers, body)
        .await;
    assert_eq!(delivered.status, 200, "{}", delivered.text());
}

async fn balance_becomes(system: &System, wanted: &str) {
    eventually(wanted, || async {
        (system.balance("lumen-payer", "USD").await == wanted).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_authorized_increased_reduced_and_cleared_by_versions_of_one_object() {
    let system = system().await;
    let response = request(&system, &object("p", 1, "requested", (4_000, 0))).await;
    assert_eq!(
        (response.status, result(&response)),
        (200, "approved".to_owned())
    );
    assert_eq!(
        system.balance("lumen-payer", "USD").await,
        "100.00 40.00 60.00"
    );
    let response = request(&system, &object("p", 2, "requested", (9_000, 0))).await;
    assert_eq!(result(&response), "approved");
    assert_eq!(
        system.balance("lumen-payer", "USD").await,
        "100.00 90.00 10.00"
    );
    // Version 3 takes a part back; versions 4 and 5 clear, and come first and twice.
    let last = object("p", 5, "closed", (7_000, 6_500));
    notify(&system, &last).await;
    notify(&system, &object("p", 3, "open", (7_000, 0))).await;
    notify(&system, &object("p", 4, "open", (7_000, 2_500))).await;
    notify(&system, &last).await;
    balance_becomes(&system, "35.00 0.00 35.00").await;
    system.settles().await;
    assert_eq!(
        system.balance("lumen-payer", "USD").await,
        "35.00 0.00 35.00"
    );
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decline_is_an_http_200_and_a_repeat_gets_the_same_bytes() {
    let system = system().await;
    let asked = object("d", 1, "requested", (20_000, 0));
    let first = request(&system, &asked).await;
    assert_eq!((first.status, result(&first)), (200, "declined".to_owned()));
    assert_eq!(first.json()["reason"], "no_money");
    assert_eq!(request(&system, &asked).await.text(), first.text());
    let other = request(&system, &object("d", 1, "requested", (100, 0))).await;
    assert_eq!(other.json()["reason"], "version_conflict");
    let simulated = system
        .order(Method::POST, "/api/v1/decisions/simulate", asked)
        .await;
    assert_eq!(simulated.json()["outcome"], "declined");
    assert_eq!(
        system.balance("lumen-payer", "USD").await,
        "100.00 0.00 100.00"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_waits_no_longer_is_answered_by_the_timeout_policy() {
    let system = system().await;
    let mut hurried = object("h", 1, "requested", (4_000, 0));
    hurried["respond_within_ms"] = json!(0);
    let response = request(&system, &hurried).await;
    assert_eq!(result(&response), "declined");
    assert_eq!(response.json()["reference"], "out of time");
    assert_eq!(
        system.balance("lumen-payer", "USD").await,
        "100.00 0.00 100.00"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notification_of_a_decline_takes_our_approval_back() {
    let system = system().await;
    request(&system, &object("r", 1, "requested", (4_000, 0))).await;
    notify(&system, &object("r", 1, "declined", (4_000, 0))).await;
    balance_becomes(&system, "100.00 0.00 100.00").await;
    system.balances_out().await;
}

fn result(response: &HttpResponse) -> String {
    response.json()["result"].as_str().unwrap().to_owned()
}
