//! A warehouse that knows the topics alone: balances, holds and limits are rebuilt from the records by the rule of
//! the contract — apply `entries` in order of `position` — and equal those of the database.

mod books;
mod limits;

use crate::records::read_all;
use crate::traffic::{ACCOUNTS, play_traffic};
use books::{HoldAmounts, Warehouse};
use holdfast_simulator::{Delivery, MessageKind};
use holdfast_tests::message::{confirmed, envelope};
use holdfast_tests::{Messages, System};
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// Money moved by operators, a declined and a cleared purchase, a force capture and its match.
async fn command(system: &System) {
    system.open("eve", "USD", "100.00").await;
    let mut messages = Messages::default();
    let [kept, freed, refused] =
        ["40.00", "10.00", "999.00"].map(|amount| messages.purchase("eve", amount));
    for purchase in [&kept, &freed, &refused] {
        system.front.jit(purchase.request().to_string()).await;
    }
    let capture = messages.opening(MessageKind::ForceCapture, "eve", "7.00", "USD");
    let clearing = messages.following(&kept, MessageKind::Clearing, "45.00");
    let items = [&kept, &clearing, &capture].map(confirmed);
    assert_eq!(system.front.notify(envelope(&items)).await.status, 200);
    system.settles().await;
    let path = "/api/v1/accounts/eve/holds?state=open";
    let holds = system.order(Method::GET, path, json!({})).await.json();
    let freed = holds["holds"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/holds/{freed}/release");
    let body = json!({"reason": "asked for"});
    system.order(Method::POST, &path, body).await;
    let body = json!({"reference": "a-1", "amount": "-3.00", "currency": "USD", "reason": "a fee"});
    let path = "/api/v1/accounts/eve/adjustments";
    system.order(Method::POST, path, body).await;
}

/// The topics of a system after traffic of all kinds, and what a warehouse makes of them.
async fn rebuild(delivery: Delivery) -> (System, Warehouse) {
    let system = System::start().await;
    limits::put_controls(&system).await;
    play_traffic(&system, 3, delivery).await;
    command(&system).await;
    let records = read_all(&system).await;
    let warehouse = Warehouse::rebuild(&records);
    (system, warehouse)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn balances_holds_and_limits_are_rebuilt_from_the_topics_alone() {
    let delivery = Delivery {
        duplicates: 0.3,
        shuffle: true,
        spread: Duration::from_millis(300),
        ..Delivery::default()
    };
    let (system, warehouse) = rebuild(delivery).await;
    assert_eq!(warehouse.balances, stored_balances(&system).await);
    assert_eq!(warehouse.held_by_entries, warehouse.held_by_holds());
    let stored = stored_holds(&system).await;
    assert!(stored.len() > 40, "{}", stored.len());
    assert_eq!(warehouse.hold_amounts(), stored);
    limits::equal_the_stored(&system, &warehouse).await;
}

/// Posted, held and pending credit by account and currency.
async fn stored_balances(system: &System) -> books::Balances {
    let balances = "select account, currency, trim_scale(posted)::text, trim_scale(held)::text, \
        trim_scale(pending_credit)::text from balance";
    let rows: Vec<(String, String, String, String, String)> = sqlx::query_as(balances)
        .fetch_all(&mut system.database.connect().await)
        .await
        .unwrap();
    let amount = |text: &str| books::amount(&json!(text));
    rows.into_iter()
        .map(|(account, currency, posted, held, pending)| {
            let sums = [posted, held, pending].map(|text| amount(&text));
            ((account, currency), sums)
        })
        .filter(|(_, sums)| sums.iter().any(|sum| !sum.is_zero()))
        .collect()
}

/// The holds that the API shows, but those that never were anything.
async fn stored_holds(system: &System) -> BTreeMap<String, HoldAmounts> {
    let mut holds = BTreeMap::new();
    for account in ACCOUNTS
        .map(|(account, _)| account)
        .into_iter()
        .chain(["eve"])
    {
        let mut cursor = String::new();
        loop {
            let path = format!("/api/v1/accounts/{account}/holds?limit=50{cursor}");
            let page = system.order(Method::GET, &path, json!({})).await.json();
            for hold in page["holds"].as_array().unwrap() {
                let shown = HoldAmounts::shown(hold, hold["expires_at"].clone());
                holds.insert(hold["id"].as_str().unwrap().to_owned(), shown);
            }
            match page["cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
    }
    holds.retain(|_, hold| !hold.is_nothing());
    holds
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_is_left_out_is_missed() {
    let system = System::start().await;
    command(&system).await;
    let mut records = read_all(&system).await;
    let whole = Warehouse::rebuild(&records);
    assert_eq!(whole.balances, stored_balances(&system).await);
    let is_decision = |value: &Value| value["outcome"] == "approved";
    let decision = records
        .iter()
        .position(|record| is_decision(&serde_json::from_str(&record.value).unwrap_or_default()));
    records.remove(decision.unwrap());
    let part = Warehouse::rebuild_unchecked(&records);
    assert_ne!(part.balances, whole.balances);
}
