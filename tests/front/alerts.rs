//! Alerts of the front are counted once, after the commit that stores them.

use crate::setup::Setup;
use holdfast_ledger::alert::AlertKind;
use holdfast_simulator::Json;
use holdfast_tests::message::{confirmed, envelope, with};

/// What the front has counted of a kind; `None` when it does not know the kind.
async fn counted(setup: &Setup, kind: AlertKind) -> Option<u64> {
    let shown = setup.front.look("/metrics").await;
    let name = format!(r#"holdfast_alerts_total{{kind="{kind}"}} "#);
    let mut lines = shown.text().lines();
    lines.find_map(|line| line.strip_prefix(&name)?.parse().ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_is_counted_from_zero() {
    let setup = Setup::begin().await;
    for kind in AlertKind::ALL {
        assert_eq!(counted(&setup, *kind).await, Some(0), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notifications_that_changed_or_were_parked_are_counted() {
    let mut setup = Setup::begin().await;
    setup.database.conflict_on_first_alert().await;
    let first = confirmed(&setup.messages.purchase("payer", "10.00"));
    let other = with(&first, "amount", Json::Raw("11.00".to_owned()));
    for item in [&first, &other, &other] {
        let response = setup
            .front
            .notify(envelope(std::slice::from_ref(item)))
            .await;
        assert_eq!(response.status, 200);
    }
    let parked = setup.front.notify(r#"{"transactions":[{"what":1}]}"#).await;
    assert_eq!(parked.status, 200);
    let attempts = setup
        .database
        .count("select last_value from alert_attempts")
        .await;
    assert_eq!(
        attempts, 3,
        "the first envelope with an alert was tried twice"
    );
    for kind in [
        AlertKind::NotificationChanged,
        AlertKind::NotificationParked,
    ] {
        assert_eq!(counted(&setup, kind).await, Some(1), "{kind}");
    }
    assert_eq!(setup.alerts().await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_is_tried_twice_counts_its_alert_once() {
    let mut setup = Setup::begin().await;
    let (purchase, _) = setup.buy("42.10").await;
    setup.database.conflict_on_first_alert().await;
    let other = with(&purchase.request(), "card_token", "another-card".into());
    let response = setup.front.jit(other.to_string()).await;
    assert_eq!(response.verdict(), "402 DUPLICATE_TRANSACTION");
    let attempts = setup
        .database
        .count("select last_value from alert_attempts")
        .await;
    assert_eq!((attempts, setup.alerts().await), (2, 1));
    let kind = AlertKind::DuplicateTransaction;
    assert_eq!(counted(&setup, kind).await, Some(1));
}
