//! Servers on this machine, for `holdfast up` and for the tests: Postgres, a broker in the
//! process, and Apache Kafka. Nothing here is used in production.

pub mod apache;
pub mod broker;
pub mod postgres;

mod guarded_server;
mod ports;
mod process;

pub use apache::{ApacheError, ApacheKafka};
pub use broker::{BrokerError, EmbeddedBroker};
pub use postgres::{Binaries, Durability, EmbeddedPostgres, Options, PostgresError};
