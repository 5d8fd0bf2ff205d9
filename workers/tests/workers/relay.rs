//! The relay when nothing is wrong, and when it is stopped and started.

use crate::place::{Place, until};
use crate::{follower, journal};
use holdfast_ledger::shard::Shard;
use holdfast_store::journal::Event;
use holdfast_workers::{Role, WorkersError};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_is_published_in_order_and_once() {
    let place = Place::new(4).await;
    journal::commit(&place.store, 0..500).await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    journal::commit(&place.store, 500..2000).await;
    until("everything to be published", SOON, async || journal::is_published(&place.store).await)
        .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    assert_eq!(relay.metric("holdfast_relay_events_total"), 2000.0);
    relay.stop().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_was_stopped_goes_on_where_it_was() {
    let place = Place::new(3).await;
    for round in 0..4 {
        let relay = place.start(&[Role::Relay]).await.unwrap();
        let (from, to) = (round * 300, (round + 1) * 300);
        journal::commit(&place.store, from..to).await;
        // Sometimes it has done all, sometimes it is stopped in the middle.
        if round % 2 == 0 {
            until("the round to be published", SOON, async || {
                journal::is_published(&place.store).await
            })
            .await;
        }
        relay.stop().await;
    }
    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("the rest to be published", SOON, async || journal::is_published(&place.store).await)
        .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    relay.stop().await;
    place.end().await;
}

/// The database has not heard of the last transactions: Kafka itself tells where to go on.
#[tokio::test(flavor = "multi_thread")]
async fn what_kafka_has_is_found_when_the_database_does_not_know() {
    let place = Place::new(2).await;
    journal::commit(&place.store, 0..200).await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    // Publishing goes on while `published` cannot be moved: its rows are locked by an open unit's
    // session in real life; here the lease's epoch moves on under the relay.
    until("everything to be published", SOON, async || journal::is_published(&place.store).await)
        .await;
    relay.stop().await;
    let before = place.store.published(&[Shard(0), Shard(1)]).await.unwrap();
    let other = Place::reborn(&place).await;
    let relay = other.start(&[Role::Relay]).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    follower::assert_same_as_journal(other.brokers(), &other.store).await;
    relay.stop().await;
    assert_eq!(other.store.published(&[Shard(0), Shard(1)]).await.unwrap(), before);
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_busy_account_does_not_hold_up_the_others() {
    let place = Place::new(8).await;
    let busy: Vec<Event> = (0..3000).map(|number| journal::event(0, number)).collect();
    journal::commit_events(&place.store, &busy).await;
    journal::commit(&place.store, 0..40).await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("everything to be published", SOON, async || journal::is_published(&place.store).await)
        .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    relay.stop().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_that_do_not_fit_the_shards_stop_the_start_with_one_sentence() {
    let place = Place::with_partitions(4, 3).await;
    let refused = place.start(&[Role::Relay]).await.err().unwrap();
    assert!(matches!(refused, WorkersError::Partitions { found: 3, shards: 4, .. }), "{refused}");
    assert!(refused.to_string().contains("3 partitions"), "{refused}");
    assert!(!refused.to_string().contains('\n'));
    place.end().await;
}
