//! The workers against a real Postgres and a broker: the embedded one, or Apache Kafka when
//! `HOLDFAST_TEST_KAFKA=apache`.

mod consume;
mod follower;
mod journal;
mod kill;
mod place;
mod relay;
mod trouble;
