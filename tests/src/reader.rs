//! A data team: reads all topics from the start, `read_committed`, in no group.

use crate::database::SHARDS;
use holdfast_events::Topic;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{Headers, Message};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// One record, as it is in Kafka.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its topic.
    pub topic: String,
    /// Its partition.
    pub partition: i32,
    /// Its key.
    pub key: String,
    /// Its headers.
    pub headers: BTreeMap<String, String>,
    /// Its value.
    pub value: String,
}

/// Reads records.
#[derive(Debug)]
pub struct Reader;

impl Reader {
    /// Reads until there are `count` records and no more come. Blocks: call it from a blocking thread.
    ///
    /// # Panics
    /// When they have not come within three minutes.
    #[must_use]
    pub fn read(servers: &str, count: usize) -> Vec<Record> {
        let consumer = consumer(servers);
        let (began, mut records) = (Instant::now(), Vec::new());
        // A little longer, for records that should not be there.
        let mut rest = 5;
        while rest > 0 {
            match consumer.poll(Duration::from_millis(100)) {
                Some(message) => records.push(record(&message.unwrap())),
                None if records.len() >= count => rest -= 1,
                None => {}
            }
            let waited = began.elapsed();
            assert!(
                waited < Duration::from_secs(180),
                "{} of {count} records came",
                records.len()
            );
        }
        records
    }
}

fn consumer(servers: &str) -> BaseConsumer {
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", servers)
        .set("group.id", "data-team");
    config
        .set("isolation.level", "read_committed")
        .set("enable.auto.commit", "false");
    let consumer: BaseConsumer = config.create().unwrap();
    let mut everything = TopicPartitionList::new();
    for topic in Topic::ALL {
        for partition in 0..SHARDS {
            let added = everything.add_partition_offset(topic.name(), partition, Offset::Beginning);
            added.unwrap();
        }
    }
    consumer.assign(&everything).unwrap();
    consumer
}

fn record(message: &impl Message) -> Record {
    let text =
        |bytes: Option<&[u8]>| String::from_utf8(bytes.unwrap_or_default().to_vec()).unwrap();
    let headers = message
        .headers()
        .into_iter()
        .flat_map(|headers| headers.iter());
    Record {
        topic: message.topic().to_owned(),
        partition: message.partition(),
        key: text(message.key()),
        headers: headers
            .map(|header| (header.key.to_owned(), text(header.value)))
            .collect(),
        value: text(message.payload()),
    }
}
