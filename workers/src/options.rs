//! Roles and options of the workers.

use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::{Compression, Properties};
use std::time::Duration;

/// A role of a workers' process. Every role scales by starting more processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Role {
    /// Publishes committed events, in commit order.
    Relay,
    /// Applies `jit.clearings.v1`.
    Clearing,
    /// Applies `jit.reversals.v1`.
    Reversal,
    /// Applies `jit.notices.v1`.
    Notice,
    /// Expires holds, and applies notifications that Kafka lost.
    Expiry,
    /// Counts approvals that no notification has confirmed, for an alert.
    Unconfirmed,
    /// All of these.
    All,
}

/// Connection to Kafka, and the intervals of the periodic tasks.
#[derive(Debug, Clone)]
pub struct WorkersOptions {
    /// Bootstrap servers, `host:port,…`.
    pub brokers: String,
    /// Further client properties; they override ours.
    pub kafka: Properties,
    /// Compression of the records that the relay publishes.
    pub compression: Compression,
    /// Prefix of the consumer groups' names (`PREFIX-clearing` and so on). Two databases on one cluster
    /// need different ones.
    pub group_prefix: String,
    /// Longest wait of an idle relay between two reads of the journal.
    pub idle_wait: Duration,
    /// Interval at which due holds are expired.
    pub expiry_every: Duration,
    /// Interval at which notifications that Kafka lost are looked up.
    pub reconcile_every: Duration,
    /// Interval at which unconfirmed approvals are counted.
    pub unconfirmed_every: Duration,
    /// Where the workers' metrics are registered.
    pub metrics: Metrics,
}

impl WorkersOptions {
    /// The default prefix of the consumer groups.
    pub const GROUP_PREFIX: &'static str = "holdfast";

    /// The default options for these brokers.
    #[must_use]
    pub fn new(brokers: impl Into<String>, metrics: Metrics) -> Self {
        Self {
            brokers: brokers.into(),
            kafka: Properties::default(),
            compression: Compression::default(),
            group_prefix: Self::GROUP_PREFIX.to_owned(),
            idle_wait: Duration::from_millis(20),
            expiry_every: Duration::from_secs(5),
            reconcile_every: Duration::from_secs(10),
            unconfirmed_every: Duration::from_secs(60),
            metrics,
        }
    }
}
