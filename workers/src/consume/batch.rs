//! A batch of records, and the offsets it reaches in each partition.

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
pub(super) struct RecordBatch {
    pub(super) records: Vec<Record>,
    /// Partitions whose end this batch reaches.
    pub(super) ended: BTreeSet<i32>,
    /// When the first and the last record of each partition were written, in milliseconds since 1970.
    pub(super) written: BTreeMap<i32, (i64, i64)>,
    /// The offset after this batch in each partition.
    next: BTreeMap<i32, i64>,
}

impl RecordBatch {
    /// Does the batch hold no record and no end of a partition?
    pub(super) fn is_empty(&self) -> bool {
        self.next.is_empty() && self.ended.is_empty()
    }

    /// Adds the records that are ready, without waiting.
    pub(super) fn push_ready(&mut self, consumer: &Consumer, limit: usize) {
        while self.records.len() < limit {
            match consumer.client.recv().now_or_never() {
                Some(Ok(message)) => self.push(&message, consumer),
                Some(Err(KafkaError::PartitionEOF(partition))) => self.mark_end(partition),
                // A lasting error returns at the next poll, which handles it.
                Some(Err(_)) | None => return,
            }
        }
    }

    /// Adds a record. A record of another database only moves the offset: its facts belong there.
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
        if is_of_another_database(message, &consumer.incarnation) {
            consumer.metrics.count_other_database(consumer.topic);
            let (topic, offset) = (consumer.topic, message.offset());
            tracing::debug!(
                topic,
                partition,
                offset,
                "Skipped a record of another database"
            );
        } else {
            self.records.push(to_record(message));
        }
    }

    /// Notes that the partition has no more records.
    pub(super) fn mark_end(&mut self, partition: i32) {
        self.ended.insert(partition);
    }

    /// The offsets to commit, of partitions that are still assigned.
    pub(super) fn offsets_to_commit(
        &self,
        topic: &str,
        assigned: &TopicPartitionList,
    ) -> KafkaResult<TopicPartitionList> {
        let mut offsets = TopicPartitionList::new();
        for (partition, next) in &self.next {
            if assigned.find_partition(topic, *partition).is_some() {
                offsets.add_partition_offset(topic, *partition, Offset::Offset(*next))?;
            }
        }
        Ok(offsets)
    }
}

fn is_of_another_database(message: &BorrowedMessage<'_>, incarnation: &str) -> bool {
    let headers = message.headers().into_iter().flat_map(Headers::iter);
    let mut incarnations = headers.filter(|header| header.key == INCARNATION);
    incarnations.any(|header| header.value != Some(incarnation.as_bytes()))
}

fn to_record(message: &BorrowedMessage<'_>) -> Record {
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
