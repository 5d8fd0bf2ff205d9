//! What the consumers tell.

use holdfast_runtime::metrics::Metrics;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Unit;
use std::sync::atomic::AtomicU64;

/// One partition of one topic.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct PartitionLabel {
    pub(crate) topic: &'static str,
    pub(crate) partition: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TopicLabel {
    topic: &'static str,
}

/// Metrics of the clearing, reversal and notice workers.
#[derive(Debug, Clone)]
pub(crate) struct ConsumerMetrics {
    pub(crate) lag_records: Family<PartitionLabel, Gauge>,
    pub(crate) lag_seconds: Family<PartitionLabel, Gauge<f64, AtomicU64>>,
    applied: Family<TopicLabel, Counter>,
    retries: Family<TopicLabel, Counter>,
    foreign: Family<TopicLabel, Counter>,
}

impl ConsumerMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self {
            lag_records: Family::default(),
            lag_seconds: Family::default(),
            applied: Family::default(),
            retries: Family::default(),
            foreign: Family::default(),
        };
        metrics.register(|registry| {
            let help =
                "Records of a partition that are not applied yet, transaction markers included";
            registry.register("consumer_lag_records", help, new.lag_records.clone());
            let help = "Age of the record that a partition is at, 0 at its end";
            let seconds = new.lag_seconds.clone();
            registry.register_with_unit("consumer_lag", help, Unit::Seconds, seconds);
            let help = "Records that were applied or parked";
            registry.register("consumer_records", help, new.applied.clone());
            let help = "Batches that were tried again because the database was not well";
            registry.register("consumer_retries", help, new.retries.clone());
            let help = "Records of another database, left alone";
            registry.register("consumer_foreign_records", help, new.foreign.clone());
        });
        new
    }

    pub(crate) fn applied(&self, topic: &'static str, records: usize) {
        let records = u64::try_from(records).unwrap_or(u64::MAX);
        self.applied
            .get_or_create(&TopicLabel { topic })
            .inc_by(records);
    }

    pub(crate) fn retried(&self, topic: &'static str) {
        self.retries.get_or_create(&TopicLabel { topic }).inc();
    }

    pub(crate) fn foreign(&self, topic: &'static str) {
        self.foreign.get_or_create(&TopicLabel { topic }).inc();
    }
}
