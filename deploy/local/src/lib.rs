//! Servers on this machine, for `holdfast up` and for the tests: Postgres, and a broker in the process. Nothing
//! here is used in production.

pub mod broker;
pub mod cache;
pub mod guarded_server;
pub mod ports;
pub mod postgres;

mod process;

pub use broker::{BrokerError, EmbeddedBroker};
pub use postgres::{Binaries, Durability, EmbeddedPostgres, Options, PostgresError};
