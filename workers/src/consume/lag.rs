//! The lag of a consumer, per partition: in records as the client library counts them, and in seconds. At
//! the end of a partition both are 0, even if transaction markers follow the last record.

use super::batch::RecordBatch;
use crate::metrics::{ConsumerMetrics, PartitionLabel};
use rdkafka::message::Timestamp;
use rdkafka::statistics::Partition;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The lag of one topic. Clones share their state.
#[derive(Debug, Clone)]
pub(super) struct Lag {
    topic: &'static str,
    metrics: ConsumerMetrics,
    state: Arc<Mutex<LagState>>,
}

#[derive(Debug, Default)]
struct LagState {
    /// When the oldest record of the current batch was written, in milliseconds since 1970.
    applying: BTreeMap<i32, i64>,
    /// Partitions without more records.
    ended: BTreeSet<i32>,
}

impl Lag {
    pub(super) fn new(topic: &'static str, metrics: ConsumerMetrics) -> Self {
        Self {
            topic,
            metrics,
            state: Arc::default(),
        }
    }

    /// Measures from the records of this batch until it is applied.
    pub(super) fn begin_batch(&self, batch: &RecordBatch) {
        let mut state = self.lock_state();
        for (partition, (oldest, _)) in &batch.written {
            state.ended.remove(partition);
            state.applying.insert(*partition, *oldest);
        }
    }

    /// Measures from the end of this batch, which is applied.
    pub(super) fn finish_batch(&self, batch: &RecordBatch) {
        let mut state = self.lock_state();
        state.applying.clear();
        state.ended.extend(&batch.ended);
        for (partition, (_, last)) in &batch.written {
            self.set_age(*partition, *last);
        }
        batch
            .ended
            .iter()
            .for_each(|partition| self.set_zero(*partition));
    }

    /// Records the lag that the client library reports.
    pub(super) fn record_statistics<'a>(&self, partitions: impl Iterator<Item = &'a Partition>) {
        let state = self.lock_state();
        for reported in partitions.filter(|p| p.desired && p.consumer_lag >= 0) {
            let partition = reported.partition;
            if let Some(written) = state.applying.get(&partition) {
                self.set_age(partition, *written);
            } else if state.ended.contains(&partition) {
                self.set_zero(partition);
                continue;
            }
            self.metrics
                .lag_records
                .get_or_create(&self.partition_label(partition))
                .set(reported.consumer_lag);
        }
    }

    /// Removes the metrics of partitions that are no longer assigned.
    pub(super) fn forget_partitions(&self, partitions: impl Iterator<Item = i32>) {
        let mut state = self.lock_state();
        for partition in partitions {
            state.applying.remove(&partition);
            state.ended.remove(&partition);
            self.metrics
                .lag_records
                .remove(&self.partition_label(partition));
            self.metrics
                .lag_seconds
                .remove(&self.partition_label(partition));
        }
    }

    fn set_zero(&self, partition: i32) {
        let label = self.partition_label(partition);
        self.metrics.lag_records.get_or_create(&label).set(0);
        self.metrics.lag_seconds.get_or_create(&label).set(0.0);
    }

    /// Sets the lag in seconds to the age of a record.
    fn set_age(&self, partition: i32, written: i64) {
        let now = Timestamp::now().to_millis().unwrap_or(written);
        let age = u32::try_from(now.saturating_sub(written).max(0)).unwrap_or(u32::MAX);
        let label = self.partition_label(partition);
        self.metrics
            .lag_seconds
            .get_or_create(&label)
            .set(f64::from(age) / 1000.0);
    }

    fn partition_label(&self, partition: i32) -> PartitionLabel {
        PartitionLabel {
            topic: self.topic,
            partition,
        }
    }

    fn lock_state(&self) -> std::sync::MutexGuard<'_, LagState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
