//! A consumer that notes when it was handed each authorization's record, on a thread of its own.

use crate::tokens;
use anyhow::{Context, Result};
use holdfast_events::Topic;
use holdfast_ledger::shard::ShardCount;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The header that carries the transaction's token.
const SUBJECT: &str = "ce_subject";

/// When records were seen, by token.
pub(super) type Seen = HashMap<u128, Instant>;

/// A consumer that runs.
#[derive(Debug)]
pub(super) struct Watcher {
    thread: JoinHandle<Result<Seen>>,
    count: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Watcher {
    /// Reads the topic of authorizations from its beginning, committed records only.
    pub(super) fn start(servers: &str, shards: ShardCount) -> Result<Self> {
        let consumer: BaseConsumer = ClientConfig::new()
            .set("bootstrap.servers", servers)
            .set("group.id", "holdfast-load")
            .set("isolation.level", "read_committed")
            .set("enable.auto.commit", "false")
            .create()?;
        let mut partitions = TopicPartitionList::new();
        for shard in 0..shards.get() {
            let topic = Topic::Authorizations.name();
            partitions.add_partition_offset(topic, shard, Offset::Beginning)?;
        }
        consumer.assign(&partitions)?;
        let (count, is_over) = (Arc::default(), Arc::default());
        let (counting, stopping) = (Arc::clone(&count), Arc::clone(&is_over));
        let builder = std::thread::Builder::new().name("watcher".to_owned());
        let thread = builder.spawn(move || watch(&consumer, &counting, &stopping))?;
        Ok(Self {
            thread,
            count,
            is_over,
        })
    }

    /// Stops as soon as there are so many records, or the time is up.
    pub(super) async fn stop_after(self, records: usize, within: Duration) -> Result<Seen> {
        let began = Instant::now();
        while self.count.load(Ordering::Relaxed) < records && began.elapsed() < within {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.is_over.store(true, Ordering::Relaxed);
        let joined = tokio::task::spawn_blocking(|| self.thread.join()).await?;
        joined.ok().context("the consumer broke off")?
    }
}

fn watch(consumer: &BaseConsumer, count: &AtomicUsize, is_over: &AtomicBool) -> Result<Seen> {
    let mut seen = Seen::new();
    while !is_over.load(Ordering::Relaxed) {
        if let Some(message) = consumer.poll(Duration::from_millis(100)) {
            let at = Instant::now();
            if let Some(token) = token(&message?) {
                seen.insert(token, at);
                count.store(seen.len(), Ordering::Relaxed);
            }
        }
    }
    Ok(seen)
}

fn token(message: &BorrowedMessage<'_>) -> Option<u128> {
    let headers = message.headers()?;
    let subject = headers.iter().find(|header| header.key == SUBJECT)?;
    tokens::parse(std::str::from_utf8(subject.value?).ok()?)
}
