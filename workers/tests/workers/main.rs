//! The workers against a real Postgres and a broker: the embedded one, or Apache Kafka when
//! `HOLDFAST_TEST_KAFKA=apache`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test")]

mod cluster;
mod consume;
mod follower;
mod journal;
mod kill;
mod readiness;
mod recovery;
mod relay;
