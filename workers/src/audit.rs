//! A follower of every topic, for audits: it returns what any `read_committed` consumer sees.
//!
//! It joins no group and commits nothing. It reads from the given start and returns each record as it
//! comes: in order within a partition, and partitions interleaved.

pub use holdfast_funding::journal::render_published;

use crate::WorkersError;
use crate::kafka::Kafka;
use holdfast_events::Topic;
use holdfast_ledger::shard::{Shard, ShardCount};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{Offset, TopicPartitionList};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// The longest poll of the thread, and so the longest delay until it stops.
const POLL: Duration = Duration::from_millis(100);
const RESPONSE_WITHIN: Duration = Duration::from_secs(10);

/// Where a follower starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// At the oldest record that Kafka still stores.
    Oldest,
    /// After the newest record.
    Now,
}

/// A record as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRecord {
    /// Its topic.
    pub topic: Topic,
    /// Its partition, which must be the shard of its event.
    pub shard: Shard,
    /// Its offset.
    pub offset: i64,
    /// Header `position`: the event's position in its shard.
    pub position: Option<i64>,
    /// Header `ce_id`: the event's id.
    pub event: Option<uuid::Uuid>,
    /// The key.
    pub key: Option<Vec<u8>>,
    /// The value.
    pub value: Vec<u8>,
}

/// Follows all topics from a thread of its own.
#[derive(Debug)]
pub struct Follower {
    records: mpsc::UnboundedReceiver<SeenRecord>,
    stop: Arc<AtomicBool>,
}

impl Follower {
    /// Starts following; the follower sees every record that is published after this returns.
    ///
    /// # Errors
    /// [`WorkersError::Kafka`] when Kafka does not respond or a topic is missing.
    pub async fn start(
        kafka: &Kafka,
        shards: ShardCount,
        begin: Begin,
    ) -> Result<Self, WorkersError> {
        let (sender, records) = mpsc::unbounded_channel();
        let (report, started) = oneshot::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (kafka, ends) = (kafka.clone(), Arc::clone(&stop));
        let forward = move || match assign_partitions(&kafka, shards, begin) {
            Ok(consumer) => {
                drop(report.send(Ok(())));
                forward_records(&consumer, &sender, &ends);
            }
            Err(error) => drop(report.send(Err(error))),
        };
        // A thread, not a task: the client blocks, and dropping it may hang (librdkafka issue 4884).
        let interrupted = || WorkersError::Interrupted("following the topics");
        let thread = thread::Builder::new()
            .name("audit".to_owned())
            .spawn(forward);
        thread.map_err(|_| interrupted())?;
        started.await.map_err(|_| interrupted())??;
        Ok(Self { records, stop })
    }

    /// Waits for the next record; `None` once the follower has stopped.
    pub async fn next(&mut self) -> Option<SeenRecord> {
        self.records.recv().await
    }
}

impl Drop for Follower {
    /// Stops the thread without waiting for it.
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn assign_partitions(
    kafka: &Kafka,
    shards: ShardCount,
    begin: Begin,
) -> Result<BaseConsumer, WorkersError> {
    let attempt = "following the topics";
    let config = kafka.client_config(&[
        // Required by the client; without a subscription it joins no group and commits nothing.
        ("group.id", "holdfast-audit"),
        ("enable.auto.commit", "false"),
        ("enable.auto.offset.store", "false"),
        ("isolation.level", "read_committed"),
        ("auto.offset.reset", "earliest"),
        ("fetch.wait.max.ms", "100"),
    ]);
    let consumer: BaseConsumer = config.create().map_err(WorkersError::kafka(attempt))?;
    let mut partitions = TopicPartitionList::new();
    for topic in Topic::ALL.map(Topic::name) {
        for shard in 0..shards.get() {
            let offset = match begin {
                Begin::Oldest => Offset::Beginning,
                Begin::Now => Offset::Offset(fetch_end_offset(&consumer, topic, shard)?),
            };
            let added = partitions.add_partition_offset(topic, shard, offset);
            added.map_err(WorkersError::kafka(attempt))?;
        }
    }
    consumer
        .assign(&partitions)
        .map_err(WorkersError::kafka(attempt))?;
    Ok(consumer)
}

/// Fetches the offset after the newest record. A new topic may have no leader yet, so it retries.
fn fetch_end_offset(
    consumer: &BaseConsumer,
    topic: &str,
    partition: i32,
) -> Result<i64, WorkersError> {
    let until = Instant::now() + RESPONSE_WITHIN;
    loop {
        match consumer.fetch_watermarks(topic, partition, RESPONSE_WITHIN) {
            Ok((_, end)) => return Ok(end),
            Err(error) if Instant::now() >= until => {
                return Err(WorkersError::kafka("following the topics")(error));
            }
            Err(_) => thread::sleep(POLL),
        }
    }
}

/// Sends records until the follower is dropped.
fn forward_records(
    consumer: &BaseConsumer,
    records: &mpsc::UnboundedSender<SeenRecord>,
    stop: &AtomicBool,
) {
    while !stop.load(Ordering::Relaxed) {
        match consumer.poll(POLL) {
            None => {}
            // The client reconnects by itself, and the audit finds a record that never comes.
            Some(Err(error)) => tracing::debug!(%error, "Following the topics failed, retrying"),
            Some(Ok(message)) => {
                if let Some(record) = to_seen_record(&message)
                    && records.send(record).is_err()
                {
                    return;
                }
            }
        }
    }
}

fn to_seen_record(message: &BorrowedMessage<'_>) -> Option<SeenRecord> {
    Some(SeenRecord {
        topic: Topic::from_name(message.topic())?,
        shard: Shard(message.partition()),
        offset: message.offset(),
        position: find_header(message, "position").and_then(|text| text.parse().ok()),
        event: find_header(message, "ce_id").and_then(|text| text.parse().ok()),
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().unwrap_or_default().to_vec(),
    })
}

fn find_header<'a>(message: &'a BorrowedMessage<'_>, name: &str) -> Option<&'a str> {
    let found = message
        .headers()?
        .iter()
        .find(|header| header.key == name)?;
    std::str::from_utf8(found.value?).ok()
}
