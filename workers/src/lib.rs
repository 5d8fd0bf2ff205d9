//! The workers, which need Kafka: the [`relay`] publishes the journal; the consumers ([`consume`]) read
//! clearings, reversals and notices and pass them to `holdfast_funding::apply`; periodic tasks expire holds,
//! apply notifications that Kafka lost and count unconfirmed approvals.
//!
//! A process starts its roles with [`Workers::start`]: `holdfast-workers ROLE…` and `holdfast up` do.

pub mod audit;
mod backoff;
mod consume;
mod error;
mod kafka;
mod metrics;
mod options;
mod periodic;
mod relay;
pub mod topics;
mod workers;

pub use error::WorkersError;
pub use kafka::Kafka;
pub use options::{Role, WorkersOptions};
pub use workers::Workers;
