//! The consumers, from the journal through the relay and Kafka to the dead letters: records that name no
//! notification of this database are parked, and what is parked is published again by the relay.

use crate::journal;
use crate::place::{Place, until};
use holdfast_events::Topic;
use holdfast_store::journal::Event;
use holdfast_workers::Role;
use std::time::Duration;

/// The embedded broker makes the first member of a group wait for 3 s.
const SOON: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn records_are_read_once_and_the_lag_goes_to_zero() {
    let place = Place::new(4).await;
    let roles = [Role::Relay, Role::Notice];
    let first = place.start(&roles).await.unwrap();
    commit_notices(&place, 0..150).await;
    let read = |running: &crate::place::Running| {
        running.metric(r#"holdfast_consumer_records_total{topic="jit.notices.v1"}"#)
    };
    until("all records to be read", SOON, async || read(&first) >= 150).await;
    until("the lag to be gone", SOON, async || has_no_lag(&first)).await;
    assert_eq!(read(&first), 150);
    first.stop().await;

    // Offsets were committed: the next one reads what is new only.
    let second = place.start(&roles).await.unwrap();
    commit_notices(&place, 150..180).await;
    until("the new records to be read", SOON, async || {
        read(&second) >= 30
    })
    .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(read(&second), 30);
    second.stop().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_share_a_topic() {
    let place = Place::new(4).await;
    let one = place.start(&[Role::All]).await.unwrap();
    let two = place.start(&[Role::Notice]).await.unwrap();
    commit_notices(&place, 0..400).await;
    let read = |running: &crate::place::Running| {
        running.metric(r#"holdfast_consumer_records_total{topic="jit.notices.v1"}"#)
    };
    until("all records to be read", SOON, async || {
        read(&one) + read(&two) >= 400
    })
    .await;
    two.stop().await;
    commit_notices(&place, 400..420).await;
    let before = read(&one);
    until("the rest to be read by the other", SOON, async || {
        read(&one) >= before + 20
    })
    .await;
    one.stop().await;
    place.end().await;
}

async fn commit_notices(place: &Place, numbers: std::ops::Range<usize>) {
    let events: Vec<Event> = numbers
        .map(|number| {
            let topic = Topic::Notices;
            let event = journal::event(number % 20, number);
            Event {
                topic: topic.name(),
                kind: topic.event_type(),
                ..event
            }
        })
        .collect();
    journal::commit_events(&place.store, &events).await;
}

/// Are all partitions measured, and none behind?
fn has_no_lag(running: &crate::place::Running) -> bool {
    let text = running.metrics.text();
    let mut lags = text
        .lines()
        .filter(|line| line.starts_with("holdfast_consumer_lag_seconds{"));
    lags.clone().count() == 4 && lags.all(|line| line.ends_with(" 0.0"))
}
