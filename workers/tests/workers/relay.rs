//! The relay when nothing is wrong, and when it is stopped and started.

use crate::place::{Place, until};
use crate::{follower, journal};
use holdfast_store::journal::Event;
use holdfast_workers::{Role, WorkersError};
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_is_published_in_order_and_once() {
    let place = Place::new(4).await;
    journal::commit(&place.store, 0..500).await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    journal::commit(&place.store, 500..2000).await;
    until("everything to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    assert_eq!(relay.metric("holdfast_relay_events_total"), 2000);
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
    until("the rest to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    relay.stop().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_busy_account_does_not_hold_up_the_others() {
    let place = Place::new(8).await;
    let busy: Vec<Event> = (0..3000).map(|number| journal::event(0, number)).collect();
    journal::commit_events(&place.store, &busy).await;
    journal::commit(&place.store, 0..40).await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("everything to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    relay.stop().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_that_do_not_fit_the_shards_stop_the_start_with_one_sentence() {
    let place = Place::with_partitions(4, 3).await;
    let refused = place.start(&[Role::Relay]).await.err().unwrap();
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
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and proves nothing"]
async fn how_fast_a_backlog_is_published() {
    let place = Place::new(16).await;
    let count = 100_000;
    for numbers in (0..count).collect::<Vec<_>>().chunks(1000) {
        let events: Vec<Event> = numbers
            .iter()
            .map(|n| journal::event(n % 500, *n))
            .collect();
        journal::commit_events(&place.store, &events).await;
    }
    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("the first to be published", SOON, async || {
        relay.metric("holdfast_relay_events_total") > 0
    })
    .await;
    let (began, first) = (Instant::now(), relay.metric("holdfast_relay_events_total"));
    until("everything to be published", SOON * 4, async || {
        relay.metric("holdfast_relay_events_total") >= i64::try_from(count).unwrap()
    })
    .await;
    let rate = (i64::try_from(count).unwrap() - first) * 1000
        / i64::try_from(began.elapsed().as_millis()).unwrap();
    eprintln!("{rate} events a second");
    eprintln!("{}", relay.metrics.text());
    relay.stop().await;
    place.end().await;
}
