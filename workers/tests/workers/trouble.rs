//! The relay when its predecessor died badly, when it is fenced, and when Kafka and the database disagree.

use crate::place::{Place, on_apache, until};
use crate::{follower, journal};
use holdfast_ledger::shard::Shard;
use holdfast_store::Store;
use holdfast_store::relay::{JournalRow, Lease};
use holdfast_workers::Role;
use rdkafka::config::ClientConfig;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(180);

/// A producer with the transactional id of the database's relay.
fn rival(place: &Place) -> BaseProducer {
    let id = format!("holdfast-{}-relay-0", place.store.incarnation());
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", place.brokers())
        .set("transactional.id", id)
        .set("transaction.timeout.ms", "10000")
        .create()
        .unwrap();
    producer.init_transactions(SOON).unwrap();
    producer
}

/// Sends rows as the relay would, in a transaction that is left open.
fn send(producer: &BaseProducer, rows: &[JournalRow], store: &Store) {
    producer.begin_transaction().unwrap();
    for row in rows {
        let (id, position) = (row.event.to_string(), row.position.to_string());
        let incarnation = store.incarnation().to_string();
        let headers = [
            ("ce_specversion", "1.0"),
            ("ce_id", &id),
            ("ce_type", &row.kind),
            ("ce_source", "/holdfast"),
            ("ce_subject", &row.subject),
            ("ce_time", "2026-09-21T13:33:20Z"),
            ("content-type", "application/json"),
            ("position", &position),
            ("incarnation", &incarnation),
        ];
        let headers = headers
            .into_iter()
            .fold(OwnedHeaders::new(), |headers, (key, value)| {
                headers.insert(Header {
                    key,
                    value: Some(value),
                })
            });
        let record = BaseRecord::to(&row.topic)
            .partition(row.shard.0)
            .headers(headers);
        let record = record.key(&row.account).payload(&row.payload);
        producer.send(record).map_err(|(error, _)| error).unwrap();
    }
    producer.flush(SOON).unwrap();
}

/// The predecessor published more than the database knows, and died in the middle of the next
/// transaction; before that one of its transactions was aborted.
#[tokio::test(flavor = "multi_thread")]
async fn a_relay_goes_on_after_what_its_dead_predecessor_committed() {
    let place = Place::new(2).await;
    journal::commit(&place.store, 0..400).await;
    let mut rows = journal::all(&place.store).await;
    rows.sort_by_key(|row| (row.position, row.shard));
    let dead = rival(&place);
    let (committed, open) = rows.split_at(100);
    if on_apache() {
        send(&dead, open, &place.store);
        dead.abort_transaction(SOON).unwrap();
    }
    for rows in committed.chunks(7) {
        send(&dead, rows, &place.store);
        dead.commit_transaction(SOON).unwrap();
    }
    if on_apache() {
        // More than the first look back, all of it aborted.
        for _ in 0..60 {
            send(&dead, open, &place.store);
            dead.abort_transaction(SOON).unwrap();
        }
        send(&dead, open, &place.store);
    }
    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("the rest to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    assert_eq!(relay.metric("holdfast_relay_events_total"), 300);
    if on_apache() {
        assert!(
            dead.commit_transaction(Duration::from_secs(5)).is_err(),
            "it was not fenced"
        );
    }
    relay.stop().await;
    tokio::task::spawn_blocking(move || drop(dead))
        .await
        .unwrap();
    place.end().await;
}

/// Somebody with the same transactional id appears in Kafka while the relay publishes.
#[tokio::test(flavor = "multi_thread")]
async fn a_fenced_relay_begins_anew_and_loses_nothing() {
    let place = Place::new(3).await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    for round in 0..3 {
        journal::commit(&place.store, round * 200..(round + 1) * 200).await;
        until("the relay to work", SOON, async || {
            journal::is_published(&place.store).await
        })
        .await;
        drop(rival(&place));
        journal::commit(&place.store, 1000 + round * 200..1000 + (round + 1) * 200).await;
    }
    until("everything to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    if on_apache() {
        // The embedded broker takes records of a fenced producer and shows what is aborted.
        follower::assert_same_as_journal(place.brokers(), &place.store).await;
    }
    let restarts = relay.metric("holdfast_relay_restarts_total");
    assert!(
        restarts >= 3 || !on_apache(),
        "it was fenced {restarts} times"
    );
    relay.stop().await;
    place.end().await;
}

/// The lease ends under a relay that works, as it does under one that is frozen, and another takes over.
#[tokio::test(flavor = "multi_thread")]
async fn two_relays_hand_the_slot_to_and_fro() {
    let place = Place::new(3).await;
    let one = place.start(&[Role::Relay]).await.unwrap();
    let two = place.start(&[Role::Relay]).await.unwrap();
    for epoch in 1..=6 {
        let numbers = 100 * usize::try_from(epoch).unwrap();
        journal::commit(&place.store, numbers..numbers + 100).await;
        let lease = Lease { slot: 0, epoch };
        until("the slot to have an owner", SOON, async || {
            place
                .store
                .renew_slot(lease, Duration::from_secs(6))
                .await
                .unwrap()
        })
        .await;
        until("the slot to change hands", SOON, async || {
            // False once the next owner has it.
            !place.store.renew_slot(lease, Duration::ZERO).await.unwrap()
        })
        .await;
    }
    until("everything to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    if on_apache() {
        follower::assert_same_as_journal(place.brokers(), &place.store).await;
    }
    // The one that lost the slot says so when it next looks at its lease.
    until("one owner at most", SOON, async || {
        let owners = [&one, &two].map(|relay| relay.metric("holdfast_relay_slot_owned"));
        owners[0] + owners[1] <= 1
    })
    .await;
    one.stop().await;
    two.stop().await;
    place.end().await;
}

/// A database restored from a backup: Kafka has what it never committed.
#[tokio::test(flavor = "multi_thread")]
async fn a_shard_of_which_kafka_has_more_than_the_database_stands_still() {
    let place = Place::new(2).await;
    journal::commit(&place.store, 0..200).await;
    let mut rows = journal::all(&place.store).await;
    rows.retain(|row| row.shard == Shard(1));
    let ahead = rows.last_mut().unwrap();
    (ahead.position, ahead.event) = (ahead.position + 5, uuid::Uuid::now_v7());
    let lost = rival(&place);
    send(&lost, &rows, &place.store);
    lost.commit_transaction(SOON).unwrap();
    tokio::task::spawn_blocking(move || drop(lost))
        .await
        .unwrap();

    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("the shard to be told", SOON, async || {
        relay.metric(r#"holdfast_relay_shard_stopped{shard="1"}"#) == 1
    })
    .await;
    // The database goes on and catches up in number, but not in content.
    journal::commit(&place.store, 200..400).await;
    until("the other shard to be published", SOON, async || {
        let waiting = place.store.unpublished().await.unwrap();
        waiting[&Shard(0)] == 0
    })
    .await;
    relay.stop().await;
    let relay = place.start(&[Role::Relay]).await.unwrap();
    until("the shard to be told again", SOON, async || {
        relay.metric(r#"holdfast_relay_shard_stopped{shard="1"}"#) == 1
    })
    .await;
    assert_eq!(
        relay.metric(r#"holdfast_relay_shard_stopped{shard="0"}"#),
        0
    );
    assert_eq!(
        place.store.published(&[Shard(1)]).await.unwrap()[&Shard(1)],
        0
    );
    relay.stop().await;
    place.end().await;
}
