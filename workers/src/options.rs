//! What the workers do, and how.

use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::Properties;
use std::time::Duration;

/// What a workers' process does. Every role scales by starting more processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Role {
    /// Publishes what was committed, in commit order.
    Relay,
    /// Applies `jit.clearings.v1`.
    Clearing,
    /// Applies `jit.reversals.v1`.
    Reversal,
    /// Applies `jit.notices.v1`.
    Notice,
    /// Closes holds past their time, and applies notifications that Kafka lost.
    Expiry,
    /// Counts approvals that no notification has confirmed, for an alert.
    Unconfirmed,
    /// All of these.
    All,
}

/// How the workers reach Kafka, and how often they look.
#[derive(Debug, Clone)]
pub struct WorkersOptions {
    /// Bootstrap servers, `host:port,…`.
    pub brokers: String,
    /// Further client properties; they win over ours.
    pub kafka: Properties,
    /// The consumer groups are named `PREFIX-clearing` and so on. Two databases on one cluster need
    /// different ones.
    pub group_prefix: String,
    /// How long a relay that has nothing to publish waits at most before it looks again.
    pub idle_wait: Duration,
    /// How often holds past their time are looked for.
    pub expiry_every: Duration,
    /// How often notifications are looked for that Kafka lost.
    pub reconcile_every: Duration,
    /// Interval at which unconfirmed approvals are counted.
    pub unconfirmed_every: Duration,
    /// Where the workers' metrics are registered.
    pub metrics: Metrics,
}

impl WorkersOptions {
    /// The consumer groups' prefix unless told otherwise.
    pub const GROUP_PREFIX: &'static str = "holdfast";

    /// Options that fit every size, for these brokers.
    #[must_use]
    pub fn new(brokers: impl Into<String>, metrics: Metrics) -> Self {
        Self {
            brokers: brokers.into(),
            kafka: Properties::default(),
            group_prefix: Self::GROUP_PREFIX.to_owned(),
            idle_wait: Duration::from_millis(20),
            expiry_every: Duration::from_secs(5),
            reconcile_every: Duration::from_secs(10),
            unconfirmed_every: Duration::from_secs(60),
            metrics,
        }
    }
}
