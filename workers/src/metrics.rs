//! The workers' metrics. Every name has the prefix `holdfast_`.

mod backlog;
mod consumer;
mod relay;
mod sweep;

pub(crate) use backlog::{AppliedMetrics, BacklogMetrics};
pub(crate) use consumer::{ConsumerMetrics, PartitionLabel};
pub(crate) use relay::RelayMetrics;
pub(crate) use sweep::SweepMetrics;
