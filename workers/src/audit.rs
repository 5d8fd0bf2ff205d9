//! A reader that follows every topic and shows what any `read_committed` consumer sees: for audits.
//!
//! It joins no group and commits nothing. It looks from where it was told to begin, and hands out each
//! record as it comes: in order within a partition, partitions taking turns.

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

/// How long the thread sleeps in the client before it looks whether it should end.
const POLL: Duration = Duration::from_millis(100);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Where a follower begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// At the oldest record that Kafka still has.
    Oldest,
    /// Behind the newest: only what is published from now on.
    Now,
}

/// A record as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRecord {
    /// Its topic.
    pub topic: Topic,
    /// Its partition, which should be its event's shard.
    pub shard: Shard,
    /// Its offset.
    pub offset: i64,
    /// Header `position`: the event's place in its shard.
    pub position: Option<i64>,
    /// Header `ce_id`: the event's identity.
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
    /// Starts following; once this returns, nothing that is published later is missed.
    ///
    /// # Errors
    /// [`WorkersError::Kafka`] when Kafka does not answer or a topic is missing.
    pub async fn start(
        kafka: &Kafka,
        shards: ShardCount,
        begin: Begin,
    ) -> Result<Self, WorkersError> {
        let (sender, records) = mpsc::unbounded_channel();
        let (report, started) = oneshot::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (kafka, ends) = (kafka.clone(), Arc::clone(&stop));
        let follow = move || match assigned(&kafka, shards, begin) {
            Ok(consumer) => {
                drop(report.send(Ok(())));
                follow(&consumer, &sender, &ends);
            }
            Err(error) => drop(report.send(Err(error))),
        };
        // A thread, not a task: the client blocks, and its end may hang (librdkafka issue 4884).
        let interrupted = || WorkersError::Interrupted("following the topics");
        let thread = thread::Builder::new()
            .name("audit".to_owned())
            .spawn(follow);
        thread.map_err(|_| interrupted())?;
        started.await.map_err(|_| interrupted())??;
        Ok(Self { records, stop })
    }

    /// The next record; waits for it. `None` once the follower has ended.
    pub async fn next(&mut self) -> Option<SeenRecord> {
        self.records.recv().await
    }
}

impl Drop for Follower {
    /// Tells the thread to end and does not wait.
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn assigned(kafka: &Kafka, shards: ShardCount, begin: Begin) -> Result<BaseConsumer, WorkersError> {
    let attempt = "following the topics";
    let config = kafka.config(&[
        // Only a name: without a subscription nobody joins, and nothing is committed.
        ("group.id", "holdfast-audit"),
        ("enable.auto.commit", "false"),
        ("enable.auto.offset.store", "false"),
        ("isolation.level", "read_committed"),
        ("auto.offset.reset", "earliest"),
        ("fetch.wait.max.ms", "100"),
    ]);
    let consumer: BaseConsumer = config.create().map_err(WorkersError::kafka(attempt))?;
    let mut places = TopicPartitionList::new();
    for topic in Topic::ALL.map(Topic::name) {
        for shard in 0..shards.get() {
            let offset = match begin {
                Begin::Oldest => Offset::Beginning,
                Begin::Now => Offset::Offset(end(&consumer, topic, shard)?),
            };
            let added = places.add_partition_offset(topic, shard, offset);
            added.map_err(WorkersError::kafka(attempt))?;
        }
    }
    consumer
        .assign(&places)
        .map_err(WorkersError::kafka(attempt))?;
    Ok(consumer)
}

/// The offset behind the newest record. Topics that were created a moment ago may have no leader yet.
fn end(consumer: &BaseConsumer, topic: &str, partition: i32) -> Result<i64, WorkersError> {
    let until = Instant::now() + ANSWER_WITHIN;
    loop {
        match consumer.fetch_watermarks(topic, partition, ANSWER_WITHIN) {
            Ok((_, end)) => return Ok(end),
            Err(error) if Instant::now() >= until => {
                return Err(WorkersError::kafka("following the topics")(error));
            }
            Err(_) => thread::sleep(POLL),
        }
    }
}

/// Until nobody listens any more.
fn follow(consumer: &BaseConsumer, records: &mpsc::UnboundedSender<SeenRecord>, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        match consumer.poll(POLL) {
            None => {}
            // Brokers that go and come are the client's business; what never comes is found missing.
            Some(Err(error)) => tracing::debug!(%error, "Following the topics was disturbed"),
            Some(Ok(message)) => {
                if let Some(record) = seen(&message)
                    && records.send(record).is_err()
                {
                    return;
                }
            }
        }
    }
}

fn seen(message: &BorrowedMessage<'_>) -> Option<SeenRecord> {
    Some(SeenRecord {
        topic: Topic::from_name(message.topic())?,
        shard: Shard(message.partition()),
        offset: message.offset(),
        position: header(message, "position").and_then(|text| text.parse().ok()),
        event: header(message, "ce_id").and_then(|text| text.parse().ok()),
        key: message.key().map(<[u8]>::to_vec),
        value: message.payload().unwrap_or_default().to_vec(),
    })
}

fn header<'a>(message: &'a BorrowedMessage<'_>, name: &str) -> Option<&'a str> {
    let found = message
        .headers()?
        .iter()
        .find(|header| header.key == name)?;
    std::str::from_utf8(found.value?).ok()
}
