//! Everything behind the front that needs Kafka: the [`relay`], which publishes the journal; the
//! consumers ([`consume`]), which read clearings, reversals and notices and hand them to `holdfast_funding::apply`; and
//! the periodic work on expired holds and on notifications that Kafka lost.
//!
//! A program starts what it wants with [`Workers::start`]; `holdfast-workers ROLE…` is one, `holdfast
//! up` another.

pub mod audit;
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
