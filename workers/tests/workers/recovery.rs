//! The relay after the death of its predecessor, when it is fenced, and when Kafka and the database disagree.

use crate::cluster::{TestCluster, wait_until};
use crate::{follower, journal};
use holdfast_events::Topic;
use holdfast_kafka::tests_use_apache;
use holdfast_ledger::shard::Shard;
use holdfast_store::Store;
use holdfast_store::relay::{JournalRow, Lease};
use holdfast_workers::Role;
use holdfast_workers::audit::render_published;
use rdkafka::config::ClientConfig;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(180);

/// Creates a producer with the transactional id of the database's relay.
fn create_rival(cluster: &TestCluster) -> BaseProducer {
    let id = format!("holdfast-{}-relay-0", cluster.store.incarnation());
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", cluster.brokers())
        .set("transactional.id", id)
        .set("transaction.timeout.ms", "10000")
        .create()
        .unwrap();
    producer.init_transactions(TIMEOUT).unwrap();
    producer
}

/// Sends rows as the relay does, in a transaction that stays open.
fn send_in_open_transaction(producer: &BaseProducer, rows: &[JournalRow], store: &Store) {
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
            ("ce_position", &position),
            ("ce_incarnation", &incarnation),
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
        let topic = Topic::from_name(&row.topic).unwrap();
        let value = render_published(row, topic, &incarnation);
        let record = record.key(&row.account).payload(&value);
        producer.send(record).map_err(|(error, _)| error).unwrap();
    }
    producer.flush(TIMEOUT).unwrap();
}

/// The predecessor published more than `published` shows, aborted a transaction and died in the next one.
#[tokio::test(flavor = "multi_thread")]
async fn a_relay_continues_after_the_last_record_of_its_dead_predecessor() {
    let cluster = TestCluster::new(2).await;
    journal::commit_numbers(&cluster.store, 0..400).await;
    let mut rows = journal::read_journal(&cluster.store).await;
    rows.sort_by_key(|row| (row.position, row.shard));
    let dead = create_rival(&cluster);
    let (committed, open) = rows.split_at(100);
    if tests_use_apache() {
        send_in_open_transaction(&dead, open, &cluster.store);
        dead.abort_transaction(TIMEOUT).unwrap();
    }
    for rows in committed.chunks(7) {
        send_in_open_transaction(&dead, rows, &cluster.store);
        dead.commit_transaction(TIMEOUT).unwrap();
    }
    if tests_use_apache() {
        // More aborted records than the first window holds.
        for _ in 0..60 {
            send_in_open_transaction(&dead, open, &cluster.store);
            dead.abort_transaction(TIMEOUT).unwrap();
        }
        send_in_open_transaction(&dead, open, &cluster.store);
    }
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    wait_until("the rest to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    assert_eq!(relay.metric("holdfast_relay_events_total"), 300);
    if tests_use_apache() {
        assert!(
            dead.commit_transaction(Duration::from_secs(5)).is_err(),
            "it was not fenced"
        );
    }
    relay.stop().await;
    tokio::task::spawn_blocking(move || drop(dead))
        .await
        .unwrap();
    cluster.stop().await;
}

/// Another producer with the same transactional id appears in Kafka while the relay publishes.
#[tokio::test(flavor = "multi_thread")]
async fn a_fenced_relay_restarts_and_loses_no_event() {
    let cluster = TestCluster::new(3).await;
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    for round in 0..3 {
        journal::commit_numbers(&cluster.store, round * 200..(round + 1) * 200).await;
        wait_until("the relay to work", TIMEOUT, async || {
            journal::is_published(&cluster.store).await
        })
        .await;
        drop(create_rival(&cluster));
        journal::commit_numbers(&cluster.store, 1000 + round * 200..1000 + (round + 1) * 200).await;
    }
    wait_until("everything to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    if tests_use_apache() {
        // The embedded broker accepts records of a fenced producer and shows aborted ones.
        follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    }
    let restarts = relay.metric("holdfast_relay_restarts_total");
    assert!(
        restarts >= 3 || !tests_use_apache(),
        "it was fenced {restarts} times"
    );
    relay.stop().await;
    cluster.stop().await;
}

/// The lease of a running relay ends, as it does for a frozen one, and another relay takes over.
#[tokio::test(flavor = "multi_thread")]
async fn two_relays_exchange_the_slot() {
    let cluster = TestCluster::new(3).await;
    let one = cluster.start(&[Role::Relay]).await.unwrap();
    let two = cluster.start(&[Role::Relay]).await.unwrap();
    for epoch in 1..=6 {
        let numbers = 100 * usize::try_from(epoch).unwrap();
        journal::commit_numbers(&cluster.store, numbers..numbers + 100).await;
        let lease = Lease { slot: 0, epoch };
        wait_until("the slot to have an owner", TIMEOUT, async || {
            cluster
                .store
                .renew_slot(lease, Duration::from_secs(6))
                .await
                .unwrap()
        })
        .await;
        wait_until("the slot to change hands", TIMEOUT, async || {
            // False once the next owner has it.
            !cluster
                .store
                .renew_slot(lease, Duration::ZERO)
                .await
                .unwrap()
        })
        .await;
    }
    wait_until("everything to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    if tests_use_apache() {
        follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    }
    // A relay that lost the slot notices at its next renewal.
    wait_until("one owner at most", TIMEOUT, async || {
        let owners = [&one, &two].map(|relay| relay.metric("holdfast_relay_slot_owned"));
        owners[0] + owners[1] <= 1
    })
    .await;
    one.stop().await;
    two.stop().await;
    cluster.stop().await;
}

/// The database is restored from a backup: Kafka has events that it never committed.
#[tokio::test(flavor = "multi_thread")]
async fn a_shard_with_more_events_in_kafka_than_in_the_database_stops() {
    let cluster = TestCluster::new(2).await;
    journal::commit_numbers(&cluster.store, 0..200).await;
    let mut rows = journal::read_journal(&cluster.store).await;
    rows.retain(|row| row.shard == Shard(1));
    let ahead = rows.last_mut().unwrap();
    (ahead.position, ahead.event) = (ahead.position + 5, uuid::Uuid::now_v7());
    let lost = create_rival(&cluster);
    send_in_open_transaction(&lost, &rows, &cluster.store);
    lost.commit_transaction(TIMEOUT).unwrap();
    tokio::task::spawn_blocking(move || drop(lost))
        .await
        .unwrap();

    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    wait_until("the shard to stop", TIMEOUT, async || {
        relay.metric(r#"holdfast_relay_shard_stopped{shard="1"}"#) == 1
    })
    .await;
    // The database commits as many events, but different ones.
    journal::commit_numbers(&cluster.store, 200..400).await;
    wait_until("the other shard to be published", TIMEOUT, async || {
        let waiting = cluster.store.count_unpublished().await.unwrap();
        waiting[&Shard(0)] == 0
    })
    .await;
    relay.stop().await;
    let relay = cluster.start(&[Role::Relay]).await.unwrap();
    wait_until("the shard to stop again", TIMEOUT, async || {
        relay.metric(r#"holdfast_relay_shard_stopped{shard="1"}"#) == 1
    })
    .await;
    assert_eq!(
        relay.metric(r#"holdfast_relay_shard_stopped{shard="0"}"#),
        0
    );
    assert_eq!(
        cluster
            .store
            .published_positions(&[Shard(1)])
            .await
            .unwrap()[&Shard(1)],
        0
    );
    relay.stop().await;
    cluster.stop().await;
}
