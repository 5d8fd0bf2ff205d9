//! Anomalies become alerts; the books follow the messages all the same.

use holdfast_ledger::alert::AlertKind;
use holdfast_simulator::{Json, MessageKind};
use holdfast_tests::message::{confirmed, envelope, with};
use holdfast_tests::{Messages, System, eventually};
use http::Method;
use serde_json::json;

async fn notify(system: &System, items: &[Json]) {
    assert_eq!(system.front.notify(envelope(items)).await.status, 200);
    system.settles().await;
}

async fn alerts(system: &System) -> Vec<String> {
    let listed = system
        .order(Method::GET, "/api/v1/alerts", json!({}))
        .await
        .json();
    let listed = listed["alerts"].as_array().unwrap().clone();
    let mut kinds: Vec<String> = listed
        .iter()
        .map(|alert| alert["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    kinds
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_advice_whose_jit_block_says_another_drop() {
    let system = System::start().await;
    system.open("payer", "USD", "200.00").await;
    let mut messages = Messages::default();
    for (drop, expected) in [("86.56", vec![]), ("80.00", vec!["advice_delta"])] {
        let purchase = messages.purchase("payer", "125.00");
        notify(&system, &[confirmed(&purchase)]).await;
        let advice = confirmed(&messages.following(&purchase, MessageKind::Advice, "38.44"));
        let path = "gpa_order.jit_funding.amount";
        let advice = with(&advice, path, Json::from(drop.to_owned()));
        notify(&system, &[advice.clone(), advice]).await;
        assert_eq!(alerts(&system).await, expected);
        let reversal = messages.following(&purchase, MessageKind::Reversal, "38.44");
        notify(&system, &[confirmed(&reversal)]).await;
    }
    assert_eq!(system.balance("payer", "USD").await, "200.00 0.00 200.00");
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reversal_when_all_is_collected() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "42.10");
    let clearing = messages.following(&purchase, MessageKind::Clearing, "42.10");
    let reversal = messages.following(&clearing, MessageKind::Reversal, "42.10");
    notify(
        &system,
        &[
            confirmed(&purchase),
            confirmed(&clearing),
            confirmed(&reversal),
        ],
    )
    .await;
    assert_eq!(alerts(&system).await, ["reversal_after_clearing"]);
    assert_eq!(system.balance("payer", "USD").await, "57.90 0.00 57.90");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_approved_in_our_place_than_the_account_has() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let (small, large) = (
        messages.purchase("payer", "60.00"),
        messages.purchase("payer", "60.00"),
    );
    notify(&system, &[confirmed(&small)]).await;
    assert_eq!(alerts(&system).await, Vec::<String>::new());
    notify(&system, &[confirmed(&large)]).await;
    assert_eq!(alerts(&system).await, ["stand_in_uncovered"]);
    assert_eq!(system.balance("payer", "USD").await, "100.00 120.00 -20.00");
}

/// What the workers have counted of a kind; `None` when they do not know the kind.
fn counted(system: &System, kind: AlertKind) -> Option<u64> {
    let name = format!(r#"holdfast_applied_alerts_total{{kind="{kind}"}} "#);
    let text = system.metrics.text();
    let mut lines = text.lines();
    lines.find_map(|line| line.strip_prefix(&name)?.parse().ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_that_is_tried_twice_counts_its_alert_once() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    for kind in AlertKind::ALL {
        assert_eq!(counted(&system, *kind), Some(0), "{kind}");
    }
    system.database.conflict_on_first_alert().await;
    let mut messages = Messages::default();
    let large = messages.purchase("payer", "160.00");
    notify(&system, &[confirmed(&large)]).await;
    let database = &system.database;
    let attempts = database
        .count("select last_value from alert_attempts")
        .await;
    assert_eq!(attempts, 2, "the unit was tried twice");
    assert_eq!(database.count("select count(*) from alert").await, 1);
    // Counted after the commit that the test has seen.
    eventually("the alert is counted", || async {
        (counted(&system, AlertKind::StandInUncovered) > Some(0)).then_some(())
    })
    .await;
    assert_eq!(counted(&system, AlertKind::StandInUncovered), Some(1));
}
