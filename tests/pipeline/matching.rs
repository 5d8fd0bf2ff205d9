//! Force captures find their purchase, in either order of arrival.

use holdfast_simulator::{Json, MessageKind, Transaction};
use holdfast_tests::message::{confirmed, envelope, with, without};
use holdfast_tests::{Messages, System};
use http::Method;
use serde_json::{Value, json};

/// The notification, with this approval code.
fn confirmed_with_code(of: &Transaction, code: &str) -> Json {
    with(&confirmed(of), "approval_code", Json::from(code.to_owned()))
}

async fn notify(system: &System, items: &[Json]) {
    let response = system.front.notify(envelope(items)).await;
    assert_eq!(response.status, 200, "{}", response.text());
    system.settles().await;
}

async fn hold_of(system: &System, transaction: &Transaction) -> Value {
    let holds = system
        .order(Method::GET, "/api/v1/accounts/payer/holds", json!({}))
        .await
        .json();
    let token = &transaction.token;
    let found = holds["holds"].as_array().unwrap().iter().find(|hold| {
        let tokens = hold["transactions"].as_array().unwrap();
        tokens.iter().any(|known| known == token.as_str())
    });
    found.unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_drops_the_hold_of_its_purchase_and_the_event_has_the_score() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "40.00");
    assert_eq!(
        system
            .front
            .jit(purchase.request().to_string())
            .await
            .verdict(),
        "200"
    );
    notify(&system, &[confirmed_with_code(&purchase, "123456")]).await;
    let capture = messages.opening(MessageKind::ForceCapture, "payer", "40.00", "USD");
    notify(&system, &[confirmed_with_code(&capture, "123456")]).await;
    assert_eq!(system.balance("payer", "USD").await, "60.00 0.00 60.00");
    let matched = r#"select payload from journal where payload like '{"kind":"matched"%'"#;
    let event = system.database.text(matched).await;
    let event: Value = serde_json::from_str(&event).unwrap();
    assert_eq!(event["capture"]["score"], 100);
    assert_eq!(event["hold"], hold_of(&system, &purchase).await["id"]);
    assert_eq!(
        event["capture"]["hold"],
        hold_of(&system, &capture).await["id"]
    );
    assert_eq!(unmatched(&system).await, 0);
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_approved_in_our_place_is_found_by_its_capture_that_came_first() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "40.00");
    let capture = messages.opening(MessageKind::ForceCapture, "payer", "40.00", "USD");
    notify(&system, &[confirmed_with_code(&capture, "123456")]).await;
    assert_eq!(unmatched(&system).await, 1);
    assert_eq!(system.balance("payer", "USD").await, "60.00 0.00 60.00");
    notify(&system, &[confirmed_with_code(&purchase, "123456")]).await;
    assert_eq!(system.balance("payer", "USD").await, "60.00 0.00 60.00");
    assert_eq!(unmatched(&system).await, 0);
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_that_fits_nothing_stays_alone_until_the_program_lowers_its_demands() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "40.00");
    let other = messages.opening(MessageKind::ForceCapture, "payer", "9.00", "USD");
    notify(
        &system,
        &[
            confirmed_with_code(&purchase, "1"),
            confirmed_with_code(&other, "2"),
        ],
    )
    .await;
    assert_eq!(system.balance("payer", "USD").await, "91.00 40.00 51.00");
    assert_eq!(unmatched(&system).await, 1);
    let settings = json!({"force_capture_match_score": 20});
    system.order(Method::PUT, "/api/v1/program", settings).await;
    let another = messages.opening(MessageKind::ForceCapture, "payer", "8.00", "USD");
    notify(&system, &[confirmed_with_code(&another, "3")]).await;
    assert_eq!(system.balance("payer", "USD").await, "83.00 0.00 83.00");
    assert_eq!(unmatched(&system).await, 1);
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_that_waits_is_matched_once_the_one_before_it_is_declined() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "40.00");
    let first = messages.opening(MessageKind::ForceCapture, "payer", "39.50", "USD");
    let second = messages.opening(MessageKind::ForceCapture, "payer", "40.00", "USD");
    notify(&system, &[confirmed_with_code(&purchase, "1")]).await;
    notify(&system, &[confirmed_with_code(&first, "1")]).await;
    notify(&system, &[confirmed_with_code(&second, "1")]).await;
    assert_eq!(system.balance("payer", "USD").await, "20.50 0.00 20.50");
    assert_eq!(unmatched(&system).await, 1);
    let declined = with(
        &confirmed_with_code(&first, "1"),
        "state",
        Json::from("DECLINED".to_owned()),
    );
    notify(&system, &[declined]).await;
    assert_eq!(system.balance("payer", "USD").await, "60.00 0.00 60.00");
    assert_eq!(unmatched(&system).await, 0);
    system.balances_out().await;
}

/// The notification without any token that ties it to its purchase, but of this chain of the network.
fn chained(of: &Transaction, chain: &str) -> Json {
    let unlinked = [
        "preceding_related_transaction_token",
        "gpa_order.token",
        "gpa_order.jit_funding.original_jit_funding_token",
    ];
    let bare = unlinked
        .iter()
        .fold(confirmed(of), |item, path| without(&item, path));
    let chain = Json::from(chain.to_owned());
    with(&bare, "original_network_transaction_lifecycle_id", chain)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clearing_without_any_other_link_is_found_by_the_networks_chain() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "40.00");
    let chain = "network_transaction_lifecycle_id";
    let request = with(&purchase.request(), chain, Json::from("n-1".to_owned()));
    let response = system.front.jit(request.to_string()).await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    let unrelated = messages.following(&purchase, MessageKind::Clearing, "5.00");
    notify(&system, &[chained(&unrelated, "n-2")]).await;
    assert_eq!(system.balance("payer", "USD").await, "95.00 40.00 55.00");
    let clearing = messages.following(&purchase, MessageKind::Clearing, "40.00");
    let notification = chained(&clearing, "n-1");
    notify(&system, &[notification.clone(), notification]).await;
    assert_eq!(system.balance("payer", "USD").await, "55.00 0.00 55.00");
    assert_eq!(hold_of(&system, &purchase).await["cleared"], "40.00");
    system.balances_out().await;
}

async fn unmatched(system: &System) -> i64 {
    system
        .database
        .count("select count(*) from hold where is_unmatched")
        .await
}
