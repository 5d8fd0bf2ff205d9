//! How far behind a consumer is, for each partition: in records as the client library counts them, and in
//! seconds. At the end of a partition both are 0, whatever transaction markers lie behind the last record.

use super::batch::Batch;
use crate::metrics::{ConsumerMetrics, PartitionLabel};
use rdkafka::message::Timestamp;
use rdkafka::statistics::Partition;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The lag of one topic. All clones are one.
#[derive(Debug, Clone)]
pub(super) struct Lag {
    topic: &'static str,
    metrics: ConsumerMetrics,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// When the oldest record was written that is being applied.
    in_hand: BTreeMap<i32, i64>,
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

    /// This batch is being applied from now on.
    pub(super) fn in_hand(&self, batch: &Batch) {
        let mut state = self.state();
        for (partition, (oldest, _)) in &batch.written {
            state.ended.remove(partition);
            state.in_hand.insert(*partition, *oldest);
        }
    }

    /// It is applied.
    pub(super) fn done(&self, batch: &Batch) {
        let mut state = self.state();
        state.in_hand.clear();
        state.ended.extend(&batch.ended);
        for (partition, (_, last)) in &batch.written {
            self.seconds(*partition, *last);
        }
        batch
            .ended
            .iter()
            .for_each(|partition| self.none(*partition));
    }

    /// What the client library measured just now.
    pub(super) fn measured<'a>(&self, partitions: impl Iterator<Item = &'a Partition>) {
        let state = self.state();
        for measured in partitions.filter(|p| p.desired && p.consumer_lag >= 0) {
            let partition = measured.partition;
            if let Some(written) = state.in_hand.get(&partition) {
                self.seconds(partition, *written);
            } else if state.ended.contains(&partition) {
                self.none(partition);
                continue;
            }
            self.metrics
                .lag_records
                .get_or_create(&self.label(partition))
                .set(measured.consumer_lag);
        }
    }

    /// These partitions are not ours any more.
    pub(super) fn gone(&self, partitions: impl Iterator<Item = i32>) {
        let mut state = self.state();
        for partition in partitions {
            state.in_hand.remove(&partition);
            state.ended.remove(&partition);
            self.metrics.lag_records.remove(&self.label(partition));
            self.metrics.lag_seconds.remove(&self.label(partition));
        }
    }

    fn none(&self, partition: i32) {
        let label = self.label(partition);
        self.metrics.lag_records.get_or_create(&label).set(0);
        self.metrics.lag_seconds.get_or_create(&label).set(0.0);
    }

    /// The lag is the age of a record written then.
    fn seconds(&self, partition: i32, written: i64) {
        let now = Timestamp::now().to_millis().unwrap_or(written);
        let age = u32::try_from(now.saturating_sub(written).max(0)).unwrap_or(u32::MAX);
        let label = self.label(partition);
        self.metrics
            .lag_seconds
            .get_or_create(&label)
            .set(f64::from(age) / 1000.0);
    }

    fn label(&self, partition: i32) -> PartitionLabel {
        PartitionLabel {
            topic: self.topic,
            partition,
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
