//! Metrics of the consumers.

use holdfast_runtime::metrics::Metrics;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Unit;
use std::sync::atomic::AtomicU64;

/// A partition of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct PartitionLabel {
    pub(crate) topic: &'static str,
    pub(crate) partition: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TopicLabel {
    topic: &'static str,
}

/// Lag, records and retries of the roles `clearing`, `reversal` and `notice`.
#[derive(Debug, Clone)]
pub(crate) struct ConsumerMetrics {
    pub(crate) lag_records: Family<PartitionLabel, Gauge>,
    pub(crate) lag_seconds: Family<PartitionLabel, Gauge<f64, AtomicU64>>,
    applied: Family<TopicLabel, Counter>,
    retries: Family<TopicLabel, Counter>,
    other_database: Family<TopicLabel, Counter>,
}

impl ConsumerMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self {
            lag_records: Family::default(),
            lag_seconds: Family::default(),
            applied: Family::default(),
            retries: Family::default(),
            other_database: Family::default(),
        };
        metrics.register(|registry| {
            let help =
                "Records of a partition that are not applied yet, transaction markers included";
            registry.register("consumer_lag_records", help, new.lag_records.clone());
            let help = "Age of the record at which a partition stands, 0 at its end";
            let seconds = new.lag_seconds.clone();
            registry.register_with_unit("consumer_lag", help, Unit::Seconds, seconds);
            let help = "Records that were applied or parked";
            registry.register("consumer_records", help, new.applied.clone());
            let help = "Batches that were retried because the database failed";
            registry.register("consumer_retries", help, new.retries.clone());
            let help = "Records of another database, skipped";
            registry.register(
                "consumer_other_database_records",
                help,
                new.other_database.clone(),
            );
        });
        new
    }

    /// Creates the counters of a topic, so that they exist before its first record.
    pub(crate) fn declare_topic(&self, topic: &'static str) {
        let label = TopicLabel { topic };
        for counters in [&self.applied, &self.retries, &self.other_database] {
            drop(counters.get_or_create(&label));
        }
    }

    pub(crate) fn count_applied(&self, topic: &'static str, records: usize) {
        let records = u64::try_from(records).unwrap_or(u64::MAX);
        self.applied
            .get_or_create(&TopicLabel { topic })
            .inc_by(records);
    }

    pub(crate) fn count_retry(&self, topic: &'static str) {
        self.retries.get_or_create(&TopicLabel { topic }).inc();
    }

    pub(crate) fn count_other_database(&self, topic: &'static str) {
        self.other_database
            .get_or_create(&TopicLabel { topic })
            .inc();
    }
}
