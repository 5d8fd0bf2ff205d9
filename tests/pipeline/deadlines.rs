//! How long money stays held: by the network's word, else by the merchant's category and the type.

use holdfast_simulator::{Json, Transaction};
use holdfast_tests::message::{confirmed, envelope, with};
use holdfast_tests::{Messages, System, eventually};
use http::Method;
use serde_json::json;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// The request, as of so many days ago, at a merchant of this category.
fn asked(of: &Transaction, days_ago: i64, mcc: &str) -> (Json, OffsetDateTime) {
    let made = OffsetDateTime::now_utc() - Duration::days(days_ago);
    let made = made.replace_nanosecond(0).unwrap();
    let text = made.format(&Rfc3339).unwrap();
    let request = with(&of.request(), "created_time", Json::from(text));
    let mcc = Json::from(mcc.to_owned());
    (with(&request, "card_acceptor.mcc", mcc), made)
}

async fn deadline(system: &System, account: &str) -> Option<OffsetDateTime> {
    let path = format!("/api/v1/accounts/{account}/holds");
    let holds = system.order(Method::GET, &path, json!({})).await.json();
    let text = holds["holds"][0]["expires_at"].as_str()?.to_owned();
    Some(OffsetDateTime::parse(&text, &Rfc3339).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_category_and_amount_and_as_the_program_decides() {
    let system = System::start().await;
    let settings = json!({"hold_days_by_type": {"pindebit.authorization": 3}});
    system.order(Method::PUT, "/api/v1/program", settings).await;
    let mut messages = Messages::default();
    for (mcc, amount, days) in [
        ("5411", "10.00", 7),
        ("5542", "1.00", 1),
        ("5542", "60.00", 7),
        ("7011", "10.00", 30),
        ("3501", "10.00", 30),
    ] {
        let account = format!("payer-{mcc}-{}", amount.replace('.', "-"));
        system.open(&account, "USD", "100.00").await;
        let purchase = messages.purchase(&account, amount);
        let (request, made) = asked(&purchase, 0, mcc);
        assert_eq!(system.front.jit(request.to_string()).await.verdict(), "200");
        let expected = made + Duration::days(days);
        assert_eq!(deadline(&system, &account).await, Some(expected), "{mcc}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_expiry_worker_lets_go_what_is_over_and_a_late_clearing_is_posted() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "40.00");
    // Eight days ago: a week is over.
    let (request, _) = asked(&purchase, 8, "5411");
    assert_eq!(system.front.jit(request.to_string()).await.verdict(), "200");
    eventually("the hold expires", || async {
        (system.balance("payer", "USD").await == "100.00 0.00 100.00").then_some(())
    })
    .await;
    let clearing = messages.following(
        &purchase,
        holdfast_simulator::MessageKind::Clearing,
        "40.00",
    );
    let accepted = system.front.notify(envelope(&[confirmed(&clearing)])).await;
    assert_eq!(accepted.status, 200);
    system.settles().await;
    assert_eq!(system.balance("payer", "USD").await, "60.00 0.00 60.00");
    // An increment that is approved after that opens the purchase again.
    let more = messages.following(
        &purchase,
        holdfast_simulator::MessageKind::Increment,
        "5.00",
    );
    let response = system.front.jit(more.request().to_string()).await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    assert_eq!(system.balance("payer", "USD").await, "60.00 5.00 55.00");
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_networks_own_word_comes_first() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let purchase = Messages::default().purchase("payer", "40.00");
    let (request, made) = asked(&purchase, 0, "7011");
    let lapses = (made + Duration::days(2)).format(&Rfc3339).unwrap();
    let request = with(&request, "authorization_expiration", Json::from(lapses));
    assert_eq!(system.front.jit(request.to_string()).await.verdict(), "200");
    assert_eq!(
        deadline(&system, "payer").await,
        Some(made + Duration::days(2))
    );
}
