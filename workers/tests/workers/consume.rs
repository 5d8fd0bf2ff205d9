//! The consumers, from the journal through the relay and Kafka to the dead letters: records without a
//! notification in this database are parked, and the relay publishes the dead letters.

use crate::cluster::{TestCluster, wait_until};
use crate::journal;
use holdfast_events::Topic;
use holdfast_store::journal::Event;
use holdfast_workers::Role;
use std::time::Duration;

/// Includes the 3 s that the embedded broker delays the first member of a group.
const TIMEOUT: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn records_are_read_once_and_the_lag_goes_to_zero() {
    let cluster = TestCluster::new(4).await;
    let roles = [Role::Relay, Role::Notice];
    let first = cluster.start(&roles).await.unwrap();
    commit_notices(&cluster, 0..150).await;
    let read = |running: &crate::cluster::RunningRoles| {
        running.metric(r#"holdfast_consumer_records_total{topic="jit.notices.v1"}"#)
    };
    wait_until("all records to be read", TIMEOUT, async || {
        read(&first) >= 150
    })
    .await;
    wait_until("the lag to be gone", TIMEOUT, async || has_no_lag(&first)).await;
    assert_eq!(read(&first), 150);
    first.stop().await;

    // The offsets are committed, so the second process reads only the new records.
    let second = cluster.start(&roles).await.unwrap();
    commit_notices(&cluster, 150..180).await;
    wait_until("the new records to be read", TIMEOUT, async || {
        read(&second) >= 30
    })
    .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(read(&second), 30);
    second.stop().await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_share_a_topic() {
    let cluster = TestCluster::new(4).await;
    let one = cluster.start(&[Role::All]).await.unwrap();
    let two = cluster.start(&[Role::Notice]).await.unwrap();
    commit_notices(&cluster, 0..400).await;
    let read = |running: &crate::cluster::RunningRoles| {
        running.metric(r#"holdfast_consumer_records_total{topic="jit.notices.v1"}"#)
    };
    wait_until("all records to be read", TIMEOUT, async || {
        read(&one) + read(&two) >= 400
    })
    .await;
    two.stop().await;
    commit_notices(&cluster, 400..420).await;
    let before = read(&one);
    wait_until("the rest to be read by the other", TIMEOUT, async || {
        read(&one) >= before + 20
    })
    .await;
    one.stop().await;
    cluster.stop().await;
}

async fn commit_notices(cluster: &TestCluster, numbers: std::ops::Range<usize>) {
    let events: Vec<Event> = numbers
        .map(|number| {
            let topic = Topic::Notices;
            let event = journal::build_event(number % 20, number);
            Event {
                topic: topic.name(),
                kind: topic.event_type(),
                ..event
            }
        })
        .collect();
    journal::commit_events(&cluster.store, &events).await;
}

/// Does every partition report a lag, and is it 0?
fn has_no_lag(running: &crate::cluster::RunningRoles) -> bool {
    let text = running.metrics.text();
    let mut lags = text
        .lines()
        .filter(|line| line.starts_with("holdfast_consumer_lag_seconds{"));
    lags.clone().count() == 4 && lags.all(|line| line.ends_with(" 0.0"))
}
