//! After an operator has let a hold go.

use crate::setup::Setup;
use holdfast_simulator::{Json, MessageKind, Transaction};
use holdfast_tests::{HttpResponse, message::with};
use http::Method;

/// Marqeta's clock need not be ours: here it is a minute behind.
async fn ask_at(setup: &Setup, message: &Transaction, second: u8) -> HttpResponse {
    let behind = time::OffsetDateTime::now_utc() - time::Duration::MINUTE;
    let day = behind.date();
    let time = format!(
        "{day}T{:02}:{:02}:{second:02}Z",
        behind.hour(),
        behind.minute()
    );
    let request = with(&message.request(), "created_time", Json::from(time));
    setup.front.jit(request.to_string()).await
}

#[tokio::test]
async fn an_increment_after_a_release_needs_money_and_holds_it_though_clocks_differ() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "60.00");
    assert_eq!(ask_at(&setup, &purchase, 0).await.status, 200);
    let holds = setup
        .front
        .api(Method::GET, "/api/v1/accounts/payer/holds", "")
        .await;
    let hold = holds.json()["holds"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/holds/{hold}/release");
    let released = setup
        .front
        .api(Method::POST, &path, r#"{"reason":"lost delivery"}"#)
        .await;
    assert_eq!(released.status, 200, "{}", released.text());
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");

    let too_much = setup
        .messages
        .following(&purchase, MessageKind::Increment, "100.01");
    assert_eq!(
        ask_at(&setup, &too_much, 1).await.verdict(),
        "402 INSUFFICIENT_FUNDS"
    );
    let more = setup
        .messages
        .following(&purchase, MessageKind::Increment, "30.00");
    assert_eq!(ask_at(&setup, &more, 2).await.status, 200);
    assert_eq!(setup.balance().await, "100.00 30.00 70.00");
}
