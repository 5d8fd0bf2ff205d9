//! The simulator's own tally against the private API: two counts that know nothing of each other.

use holdfast_simulator::{Delivery, Expected, Traffic, TrafficOptions};
use holdfast_tests::System;
use http::Method;
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

pub(crate) const ACCOUNTS: [(&str, &str); 4] = [
    ("ann", "USD"),
    ("bob", "USD"),
    ("cid", "EUR"),
    ("dora", "JPY"),
];
const OPENING: &str = "3000";

async fn traffic(seed: u64, delivery: Delivery) {
    let system = System::start().await;
    let expected = play_traffic(&system, seed, delivery).await;
    assert_eq!(read_money(&system).await, tally(&expected));
    system.balances_out().await;
}

/// Traffic of all kinds, until every notification is applied; returns the simulator's own tally.
pub(crate) async fn play_traffic(system: &System, seed: u64, delivery: Delivery) -> Arc<Expected> {
    let mut accounts = Vec::new();
    for (token, currency) in ACCOUNTS {
        accounts.push(system.open(token, currency, OPENING).await);
    }
    let options = TrafficOptions {
        stories: Some(80),
        stories_in_flight: 20,
        stories_per_second: None,
        seed,
        delivery,
        day: Duration::from_millis(100),
        finish_within: Duration::from_secs(120),
        drain_within: Duration::from_secs(120),
        ..TrafficOptions::default()
    };
    let stop = CancellationToken::new();
    let traffic = Traffic::start(system.simulated_client(), accounts, options, stop).unwrap();
    let expected = traffic.expected();
    let report = traffic.finished().await.unwrap();
    assert_eq!(
        (report.undelivered, report.uncertain, report.stories_cut),
        (0, 0, 0),
        "{report:?}"
    );
    assert!(report.stats.approved > 40, "{report:?}");
    system.settles().await;
    expected
}

type Money = BTreeMap<String, (Decimal, Decimal)>;

/// What the tally expects, posted and held.
fn tally(expected: &Expected) -> Money {
    let opening = Decimal::from_str_exact(OPENING).unwrap();
    let totals = expected.totals();
    let of = |(token, currency): (&str, &str)| {
        let tally = totals.get(&(token.to_owned(), currency.to_owned()));
        let tally = tally.copied().unwrap_or_default();
        (
            token.to_owned(),
            ((opening + tally.posted).normalize(), tally.held.normalize()),
        )
    };
    ACCOUNTS.into_iter().map(of).collect()
}

/// The private API's amounts, posted and held.
async fn read_money(system: &System) -> Money {
    let mut money = Money::new();
    for (token, _) in ACCOUNTS {
        let path = format!("/api/v1/accounts/{token}");
        let account = system.order(Method::GET, &path, json!({})).await.json();
        let amount = |name: &str| {
            let text = account["balances"][0][name].as_str().unwrap();
            Decimal::from_str_exact(text).unwrap().normalize()
        };
        money.insert(token.to_owned(), (amount("posted"), amount("held")));
    }
    money
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_kinds_of_purchases_end_as_the_network_counts_them() {
    traffic(1, Delivery::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_they_do_when_notifications_come_twice_and_in_any_order() {
    let spread = Duration::from_millis(400);
    let delivery = Delivery {
        duplicates: 0.5,
        shuffle: true,
        spread,
        ..Delivery::default()
    };
    traffic(2, delivery).await;
}
