//! The relay without failures, and with restarts.

use crate::cluster::{TestCluster, wait_until};
use crate::{follower, journal};
use holdfast_store::journal::Event;
use holdfast_workers::{Role, WorkersError};
use std::time::{Duration, Instant};

const TIMEOUT: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn committed_events_are_published_in_order_and_once() {
    let cluster = TestCluster::new(4).await;
    journal::commit_numbers(&cluster.store, 0..500).await;
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    journal::commit_numbers(&cluster.store, 500..2000).await;
    wait_until("everything to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    assert_eq!(relay.metric("holdfast_relay_events_total"), 2000);
    relay.stop().await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restarted_relay_continues_after_the_last_published_event() {
    let cluster = TestCluster::new(3).await;
    for round in 0..4 {
        let relay = cluster.start(&[Role::Relay]).await.unwrap();
        let (from, to) = (round * 300, (round + 1) * 300);
        journal::commit_numbers(&cluster.store, from..to).await;
        // Even rounds stop after the last event, odd ones in the middle.
        if round % 2 == 0 {
            wait_until("the round to be published", TIMEOUT, async || {
                journal::is_published(&cluster.store).await
            })
            .await;
        }
        relay.stop().await;
    }
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    wait_until("the rest to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    relay.stop().await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_busy_account_does_not_delay_the_others() {
    let cluster = TestCluster::new(8).await;
    let busy: Vec<Event> = (0..3000)
        .map(|number| journal::build_event(0, number))
        .collect();
    journal::commit_events(&cluster.store, &busy).await;
    journal::commit_numbers(&cluster.store, 0..40).await;
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    wait_until("everything to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    relay.stop().await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_of_partitions_stops_the_start_with_one_sentence() {
    let cluster = TestCluster::with_partitions(4, 3).await;
    let refused = cluster.start(&[Role::Relay]).await.err().unwrap();
    assert!(
        matches!(
            refused,
            WorkersError::Partitions {
                found: 3,
                shards: 4,
                ..
            }
        ),
        "{refused}"
    );
    assert!(refused.to_string().contains("3 partitions"), "{refused}");
    assert!(!refused.to_string().contains('\n'));
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement without assertions"]
async fn throughput_of_a_backlog() {
    let cluster = TestCluster::new(16).await;
    let count = 100_000;
    for numbers in (0..count).collect::<Vec<_>>().chunks(1000) {
        let events: Vec<Event> = numbers
            .iter()
            .map(|n| journal::build_event(n % 500, *n))
            .collect();
        journal::commit_events(&cluster.store, &events).await;
    }
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    wait_until("the first to be published", TIMEOUT, async || {
        relay.metric("holdfast_relay_events_total") > 0
    })
    .await;
    let (began, first) = (Instant::now(), relay.metric("holdfast_relay_events_total"));
    wait_until("everything to be published", TIMEOUT * 4, async || {
        relay.metric("holdfast_relay_events_total") >= i64::try_from(count).unwrap()
    })
    .await;
    let rate = (i64::try_from(count).unwrap() - first) * 1000
        / i64::try_from(began.elapsed().as_millis()).unwrap();
    eprintln!("{rate} events a second");
    eprintln!("{}", relay.metrics.text());
    relay.stop().await;
    cluster.stop().await;
}
