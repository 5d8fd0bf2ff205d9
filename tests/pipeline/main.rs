//! The whole pipeline: front, Postgres, broker (the embedded one, or Apache Kafka with
//! `HOLDFAST_TEST_KAFKA=apache`), workers, and what Kafka's readers see.
#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod alerts;
mod deadlines;
mod matching;
mod purchases;
mod rebuild;
mod records;
mod schemas;
mod traffic;
