//! The harness of the system tests: a database for each test, the programs that use it, and callers
//! that speak to them from the outside.
//!
//! * [`database`]: one Postgres a test process, one database a test;
//! * [`broker`]: the embedded broker, or Apache Kafka with `HOLDFAST_TEST_KAFKA=apache`;
//! * [`proxy`]: the connection to Postgres, which a test can pull; [`statement_counter`]: counts what passes there;
//! * [`test_front`]: a front in this process; [`process`]: our programs as processes of their own;
//! * [`system`]: front, workers and broker together, as they run in production;
//! * [`caller`]: HTTP with the right credentials; [`bank`]: accounts with money; [`message`]: what
//!   Marqeta sends.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

pub mod bank;
pub mod binary;
pub mod broker;
pub mod caller;
pub mod database;
pub mod eventually;
pub mod message;
pub mod process;
pub mod proxy;
pub mod raw;
pub mod reader;
pub mod response;
pub mod statement_counter;
pub mod system;
pub mod test_front;

pub use bank::Bank;
pub use broker::TestBroker;
pub use caller::{Caller, Secrets};
pub use database::TestDatabase;
pub use eventually::eventually;
pub use message::Messages;
pub use process::Process;
pub use proxy::DatabaseProxy;
pub use reader::Reader;
pub use response::HttpResponse;
pub use statement_counter::StatementCounter;
pub use system::System;
pub use test_front::{TestFront, TestFrontOptions};
