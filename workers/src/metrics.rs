//! The workers' metrics. Every name has the prefix `holdfast_`.

mod backlog;
mod consumer;
mod relay;
mod unconfirmed;

pub(crate) use backlog::BacklogMetrics;
pub(crate) use consumer::{ConsumerMetrics, PartitionLabel};
pub(crate) use relay::RelayMetrics;
pub(crate) use unconfirmed::UnconfirmedMetrics;
