//! Whole traffic against a small gateway.

mod ending;
mod stays;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::tests::fake_gateway::{FakeGateway, account, ok};
use crate::{
    Delivery, FrontClient, FrontClientSettings, Mix, SimulatorError, Traffic, TrafficOptions,
    TrafficReport,
};

fn options(stories: u64) -> TrafficOptions {
    TrafficOptions {
        stories: Some(stories),
        stories_per_second: None,
        stories_in_flight: 40,
        seed: 42,
        day: Duration::from_millis(2),
        finish_within: Duration::from_secs(60),
        drain_within: Duration::from_secs(60),
        ..TrafficOptions::default()
    }
}

fn start(gateway: &FakeGateway, options: TrafficOptions, stop: &CancellationToken) -> Traffic {
    let accounts = vec![account("USD")];
    Traffic::start(gateway.client(), accounts, options, stop.clone()).unwrap()
}

async fn play(gateway: &FakeGateway, options: TrafficOptions) -> TrafficReport {
    start(gateway, options, &CancellationToken::new())
        .finished()
        .await
        .unwrap()
}

fn text(item: &Value, path: &str) -> String {
    item.pointer(path)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_ends_and_every_message_has_its_group() {
    let gateway = FakeGateway::approving().await;
    let report = play(&gateway, options(400)).await;
    assert_eq!(
        (report.undelivered, report.uncertain, report.stories_cut),
        (0, 0, 0)
    );
    assert_eq!(report.stats.stories_finished, 400);
    assert_eq!(report.stats.approved, report.stats.requests);
    assert_eq!(
        report.stats.notifications_queued,
        report.stats.notifications_delivered
    );

    let items = gateway.items();
    assert_eq!(items.len() as u64, report.stats.notifications_queued);
    let tokens: BTreeSet<String> = items.iter().map(|item| text(item, "/token")).collect();
    assert_eq!(tokens.len(), items.len());
    let mut orders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in items
        .iter()
        .filter(|item| !text(item, "/type").starts_with("gpa."))
    {
        let before = text(item, "/preceding_related_transaction_token");
        assert!(before.is_empty() || tokens.contains(&before));
        let order = orders.entry(text(item, "/gpa_order/token")).or_default();
        order.push(text(item, "/created_time"));
    }
    orders.remove("");
    for times in orders.values_mut() {
        times.sort();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
    }
    let kinds: BTreeSet<String> = items.iter().map(|item| text(item, "/type")).collect();
    for kind in [
        "authorization.advice",
        "authorization.incremental",
        "refund",
        "pindebit",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
}

#[tokio::test]
async fn the_seed_decides_every_message() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let gateway = FakeGateway::approving().await;
        play(
            &gateway,
            TrafficOptions {
                seed,
                ..options(60)
            },
        )
        .await;
        let sent: BTreeSet<String> = gateway
            .items()
            .iter()
            .map(|item| text(item, "/token") + &item["amount"].to_string() + &text(item, "/type"))
            .collect();
        runs.push(sent);
    }
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].is_disjoint(&runs[2]));
}

#[tokio::test]
async fn declined_purchases_end_with_their_declined_notifications() {
    let declined = r#"{"jit_funding":{"amount":1,"decline_reason":"INSUFFICIENT_FUNDS"}}"#;
    let gateway = FakeGateway::start(move |_, seen| match seen.path.as_str() {
        "/jit" => (402, declined.to_owned(), Duration::ZERO),
        _ => ok(String::new()),
    })
    .await;
    let mix = Mix::only(&["purchase", "hotel", "pin debit"]).unwrap();
    let traffic = start(
        &gateway,
        TrafficOptions { mix, ..options(30) },
        &CancellationToken::new(),
    );
    let expected = traffic.expected();
    let report = traffic.finished().await.unwrap();
    assert_eq!(report.stats.declined_by_reason["INSUFFICIENT_FUNDS"], 30);
    assert_eq!(report.stats.notifications_delivered, 60);
    assert!(
        gateway
            .items()
            .iter()
            .all(|item| item["state"] == "DECLINED")
    );
    assert!(
        expected
            .totals()
            .values()
            .all(|t| t.posted.is_zero() && t.held.is_zero())
    );
}

#[tokio::test]
async fn the_tally_follows_the_messages() {
    let gateway = FakeGateway::approving().await;
    let mix = Mix::only(&["purchase", "tip"]).unwrap();
    let delivery = Delivery {
        duplicates: 0.5,
        shuffle: true,
        spread: Duration::from_millis(40),
        ..Delivery::default()
    };
    let options = TrafficOptions {
        mix,
        delivery,
        ..options(50)
    };
    let traffic = start(&gateway, options, &CancellationToken::new());
    let expected = traffic.expected();
    let report = traffic.finished().await.unwrap();
    assert!(report.stats.notifications_repeated > 10);

    let mut cleared = BTreeMap::new();
    for item in gateway
        .items()
        .iter()
        .filter(|item| item["type"] == "authorization.clearing")
    {
        let amount: Decimal = item["amount"].to_string().parse().unwrap();
        cleared.insert(text(item, "/token"), amount);
    }
    let total = &expected.totals()[&("user-7".to_owned(), "USD".to_owned())];
    assert_eq!(cleared.len(), 50);
    assert_eq!(total.posted, -cleared.values().sum::<Decimal>());
    assert_eq!(total.held, Decimal::ZERO);
}

#[tokio::test]
async fn a_late_response_is_notified_as_timed_out() {
    let gateway = FakeGateway::approving().await;
    let mix = Mix::only(&["timed out"]).unwrap();
    let settings = FrontClientSettings {
        webhook_secret: Some("hush".into()),
        ..gateway.settings()
    };
    let front = FrontClient::new(settings).unwrap();
    let (options, stop) = (
        TrafficOptions { mix, ..options(5) },
        CancellationToken::new(),
    );
    let traffic = Traffic::start(front, vec![account("KWD")], options, stop).unwrap();
    let expected = traffic.expected();
    let report = traffic.finished().await.unwrap();
    assert_eq!(
        (
            report.stats.gave_up,
            report.stats.approved,
            report.uncertain
        ),
        (5, 5, 0)
    );
    for item in gateway.items() {
        assert_eq!(
            item["gpa_order"]["funding"]["gateway_log"]["timed_out"],
            true
        );
        assert_eq!(item["state"], "DECLINED");
    }
    assert!(expected.totals().values().all(|tally| tally.held.is_zero()));
}

#[tokio::test]
async fn traffic_without_accounts_or_stories_is_refused() {
    let gateway = FakeGateway::approving().await;
    let stop = CancellationToken::new();
    let no_accounts = Traffic::start(gateway.client(), vec![], options(1), stop.clone());
    assert!(matches!(no_accounts, Err(SimulatorError::NoAccounts)));
    let mix = Mix::only(&[]).unwrap();
    let empty = TrafficOptions { mix, ..options(1) };
    let no_stories = Traffic::start(gateway.client(), vec![account("USD")], empty, stop);
    assert!(matches!(no_stories, Err(SimulatorError::EmptyMix)));
}
