//! A data team's consumer: reads all topics from the start, committed records only.

use crate::journal;
use holdfast_events::Topic;
use holdfast_store::Store;
use holdfast_store::relay::JournalRow;
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{Offset, TopicPartitionList};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// A record, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) topic: String,
    pub(crate) partition: i32,
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) headers: BTreeMap<String, String>,
}

impl Seen {
    pub(crate) fn position(&self) -> i64 {
        self.headers["position"].parse().unwrap()
    }
}

/// Everything in Kafka, topic by topic, in order of offset within each partition.
pub(crate) fn read(brokers: &str, partitions: i32) -> Vec<Seen> {
    Topic::ALL
        .iter()
        .flat_map(|topic| read_topic(brokers, topic.name(), partitions))
        .collect()
}

fn read_topic(brokers: &str, topic: &str, partitions: i32) -> Vec<Seen> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", brokers)
        .set("group.id", "follower")
        .set("isolation.level", "read_committed")
        .set("enable.partition.eof", "true")
        .set("enable.auto.commit", "false")
        .set("fetch.wait.max.ms", "10")
        .create()
        .unwrap();
    let mut assignment = TopicPartitionList::new();
    for partition in 0..partitions {
        assignment
            .add_partition_offset(topic, partition, Offset::Beginning)
            .unwrap();
    }
    consumer.assign(&assignment).unwrap();
    let mut open: BTreeSet<i32> = (0..partitions).collect();
    let mut seen = Vec::new();
    let began = Instant::now();
    while !open.is_empty() {
        assert!(
            began.elapsed() < Duration::from_secs(180),
            "{topic} has no end"
        );
        match consumer.poll(Duration::from_millis(100)) {
            Some(Err(KafkaError::PartitionEOF(partition))) => drop(open.remove(&partition)),
            Some(Err(error)) => panic!("{error}"),
            Some(Ok(message)) => seen.push(record(&message)),
            None => {}
        }
    }
    seen
}

fn record(message: &BorrowedMessage<'_>) -> Seen {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let headers = message.headers().unwrap();
    Seen {
        topic: message.topic().to_owned(),
        partition: message.partition(),
        key: text(message.key().unwrap()),
        value: text(message.payload().unwrap()),
        headers: headers
            .iter()
            .map(|h| (h.key.to_owned(), text(h.value.unwrap())))
            .collect(),
    }
}

/// Kafka shows exactly the journal: every event, in order, once, in its shard's partition.
pub(crate) async fn assert_same_as_journal(brokers: &str, store: &Store) {
    let (servers, partitions) = (brokers.to_owned(), store.shards().get());
    let seen = tokio::task::spawn_blocking(move || read(&servers, partitions))
        .await
        .unwrap();
    let journal = journal::all(store).await;
    let mut last: BTreeMap<(&str, i32), i64> = BTreeMap::new();
    for record in &seen {
        let before = last.insert((&record.topic, record.partition), record.position());
        assert!(
            before < Some(record.position()),
            "out of order or twice: {record:?}"
        );
    }
    let mut sorted: Vec<&Seen> = seen.iter().collect();
    sorted.sort_by_key(|record| (record.partition, record.position()));
    assert_eq!(
        sorted.len(),
        journal.len(),
        "records in kafka, events in the journal"
    );
    for (record, row) in sorted.into_iter().zip(&journal) {
        assert_is(record, row, store);
    }
}

fn assert_is(record: &Seen, row: &JournalRow, store: &Store) {
    assert_eq!(
        (record.partition, record.position()),
        (row.shard.0, row.position)
    );
    assert_eq!((&record.topic, &record.key), (&row.topic, &row.account));
    assert_eq!(record.value, row.payload);
    let expected = [
        ("ce_specversion", "1.0"),
        ("ce_id", &row.event.to_string()),
        ("ce_type", &row.kind),
        ("ce_source", "/holdfast"),
        ("ce_subject", &row.subject),
        ("content-type", "application/json"),
        ("incarnation", &store.incarnation().to_string()),
    ];
    for (name, value) in expected {
        assert_eq!(
            record.headers.get(name).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    assert!(
        record.headers["ce_time"].ends_with('Z'),
        "{}",
        record.headers["ce_time"]
    );
}
