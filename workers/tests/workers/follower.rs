//! A data team's consumer: it reads the committed records of all topics from the start.

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

/// A record, with the fields that the tests compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsumedRecord {
    pub(crate) topic: String,
    pub(crate) partition: i32,
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) headers: BTreeMap<String, String>,
}

impl ConsumedRecord {
    pub(crate) fn position(&self) -> i64 {
        self.headers["position"].parse().unwrap()
    }
}

/// Reads all topics, one after the other, in order of offset within each partition.
pub(crate) fn read_all_topics(brokers: &str, partitions: i32) -> Vec<ConsumedRecord> {
    Topic::ALL
        .iter()
        .flat_map(|topic| read_topic(brokers, topic.name(), partitions))
        .collect()
}

fn read_topic(brokers: &str, topic: &str, partitions: i32) -> Vec<ConsumedRecord> {
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
            Some(Ok(message)) => seen.push(to_consumed_record(&message)),
            None => {}
        }
    }
    seen
}

fn to_consumed_record(message: &BorrowedMessage<'_>) -> ConsumedRecord {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let headers = message.headers().unwrap();
    ConsumedRecord {
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

/// Asserts that Kafka has every event of the journal once, in order, in the partition of its shard.
pub(crate) async fn assert_same_as_journal(brokers: &str, store: &Store) {
    let (servers, partitions) = (brokers.to_owned(), store.shards().get());
    let seen = tokio::task::spawn_blocking(move || read_all_topics(&servers, partitions))
        .await
        .unwrap();
    let journal = journal::read_journal(store).await;
    let mut last: BTreeMap<(&str, i32), i64> = BTreeMap::new();
    for record in &seen {
        let before = last.insert((&record.topic, record.partition), record.position());
        assert!(
            before < Some(record.position()),
            "out of order or twice: {record:?}"
        );
    }
    let mut sorted: Vec<&ConsumedRecord> = seen.iter().collect();
    sorted.sort_by_key(|record| (record.partition, record.position()));
    assert_eq!(
        sorted.len(),
        journal.len(),
        "records in kafka, events in the journal"
    );
    for (record, row) in sorted.into_iter().zip(&journal) {
        assert_matches_row(record, row, store);
    }
}

fn assert_matches_row(record: &ConsumedRecord, row: &JournalRow, store: &Store) {
    assert_eq!(
        (record.partition, record.position()),
        (row.shard.0, row.position)
    );
    assert_eq!((&record.topic, &record.key), (&row.topic, &row.account));
    let place = format!(
        r#"{{"event_id":"{}","position":{},"#,
        row.event, row.position
    );
    assert!(record.value.starts_with(&place), "{}", record.value);
    let payload = row.payload.trim_start_matches('{');
    assert!(record.value.ends_with(payload), "{}", record.value);
    let expected = [
        ("ce_specversion", "1.0"),
        ("ce_id", &row.event.to_string()),
        ("ce_type", &row.kind),
        ("ce_source", "/holdfast"),
        ("ce_subject", &row.subject),
        ("content-type", "application/json"),
        ("incarnation", &store.incarnation().to_string()),
        ("ce_incarnation", &store.incarnation().to_string()),
        ("ce_position", &row.position.to_string()),
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
