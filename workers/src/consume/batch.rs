//! A batch of records, and where it stands in each partition.

use super::Consumer;
use crate::relay::record::INCARNATION;
use futures_util::FutureExt;
use holdfast_funding::apply::Record;
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{Offset, TopicPartitionList};
use std::collections::{BTreeMap, BTreeSet};

/// Records that are applied together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) records: Vec<Record>,
    /// Partitions that are read to their end with this batch.
    pub(super) ended: BTreeSet<i32>,
    /// When the first and the last record of each partition were written, in milliseconds since 1970.
    pub(super) written: BTreeMap<i32, (i64, i64)>,
    /// Where each partition goes on after this batch.
    next: BTreeMap<i32, i64>,
}

impl Batch {
    /// Nothing has come.
    pub(super) fn is_empty(&self) -> bool {
        self.next.is_empty() && self.ended.is_empty()
    }

    /// Takes what is ready, without waiting.
    pub(super) fn drain(&mut self, consumer: &Consumer, limit: usize) {
        while self.records.len() < limit {
            match consumer.client.recv().now_or_never() {
                Some(Ok(message)) => self.push(&message, consumer),
                Some(Err(KafkaError::PartitionEOF(partition))) => self.end_of(partition),
                // An error that lasts comes again when there is nothing else to do.
                Some(Err(_)) | None => return,
            }
        }
    }

    /// Takes a record. One that another database committed counts as done: its facts are not ours.
    pub(super) fn push(&mut self, message: &BorrowedMessage<'_>, consumer: &Consumer) {
        let partition = message.partition();
        self.next.insert(partition, message.offset() + 1);
        self.ended.remove(&partition);
        if let Some(written) = message.timestamp().to_millis() {
            self.written
                .entry(partition)
                .or_insert((written, written))
                .1 = written;
        }
        if is_foreign(message, &consumer.incarnation) {
            consumer.metrics.foreign(consumer.topic);
            let (topic, offset) = (consumer.topic, message.offset());
            tracing::debug!(
                topic,
                partition,
                offset,
                "Left a record of another database alone"
            );
        } else {
            self.records.push(record(message));
        }
    }

    /// The partition has no more records.
    pub(super) fn end_of(&mut self, partition: i32) {
        self.ended.insert(partition);
    }

    /// What to commit, of partitions that are still ours.
    pub(super) fn offsets(
        &self,
        topic: &str,
        ours: &TopicPartitionList,
    ) -> KafkaResult<TopicPartitionList> {
        let mut offsets = TopicPartitionList::new();
        for (partition, next) in &self.next {
            if ours.find_partition(topic, *partition).is_some() {
                offsets.add_partition_offset(topic, *partition, Offset::Offset(*next))?;
            }
        }
        Ok(offsets)
    }
}

fn is_foreign(message: &BorrowedMessage<'_>, incarnation: &str) -> bool {
    let headers = message.headers().into_iter().flat_map(Headers::iter);
    let mut incarnations = headers.filter(|header| header.key == INCARNATION);
    incarnations.any(|header| header.value != Some(incarnation.as_bytes()))
}

fn record(message: &BorrowedMessage<'_>) -> Record {
    Record {
        topic: message.topic().to_owned(),
        partition: message.partition(),
        offset: message.offset(),
        key: message
            .key()
            .and_then(|key| std::str::from_utf8(key).ok())
            .map(str::to_owned),
        value: message.payload().map(<[u8]>::to_vec),
    }
}
