//! How traffic ends.

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{options, play, start};
use crate::tests::fake_gateway::{FakeGateway, ok, status};
use crate::{Mix, TrafficOptions};

#[tokio::test]
async fn a_stop_brings_stories_to_their_end_without_waiting_for_their_days() {
    let gateway = FakeGateway::approving().await;
    let stop = CancellationToken::new();
    let mix = Mix::only(&["purchase"]).unwrap();
    let day = Duration::from_secs(3600);
    let options = TrafficOptions {
        mix,
        day,
        stories: None,
        ..options(0)
    };
    let traffic = start(&gateway, options, &stop);
    let mut events = traffic.events();
    events.recv().await.unwrap();
    let started = Instant::now();
    stop.cancel();
    let report = traffic.finished().await.unwrap();
    assert!(started.elapsed() < day);
    assert_eq!((report.stories_cut, report.undelivered), (0, 0));
    let clearings = gateway
        .items()
        .iter()
        .filter(|i| i["type"] == "authorization.clearing")
        .count();
    assert_eq!(clearings as u64, report.stats.stories_finished);
}

#[tokio::test]
async fn stories_that_do_not_end_in_time_are_cut() {
    let gateway = FakeGateway::start(|_, seen| match seen.path.as_str() {
        "/jit" => (200, String::new(), Duration::from_secs(600)),
        _ => ok(String::new()),
    })
    .await;
    let stop = CancellationToken::new();
    let finish_within = Duration::from_millis(50);
    let traffic = start(
        &gateway,
        TrafficOptions {
            stories: None,
            stories_in_flight: 3,
            finish_within,
            ..options(0)
        },
        &stop,
    );
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.cancel();
    let report = traffic.finished().await.unwrap();
    assert!(report.stories_cut > 0);
    assert_eq!(report.undelivered, 0);
}

#[tokio::test]
async fn what_was_not_accepted_is_reported() {
    let gateway = FakeGateway::start(|_, seen| match seen.path.as_str() {
        "/webhooks" => status(503),
        _ => ok(r#"{"jit_funding":{"amount":5}}"#.to_owned()),
    })
    .await;
    let mix = Mix::only(&["pin debit"]).unwrap();
    let drain_within = Duration::from_secs(2);
    let report = play(
        &gateway,
        TrafficOptions {
            mix,
            drain_within,
            ..options(3)
        },
    )
    .await;
    assert_eq!(report.undelivered, 6);
    assert!(report.stats.notifications_retried >= 6);
    assert_eq!(report.stats.notifications_delivered, 0);
}
