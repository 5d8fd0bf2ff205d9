//! What every long-running process of Holdfast shares: settings, logs, metrics, health, shutdown,
//! the accept loop and the monitoring address.
//!
//! It knows nothing of money, Postgres or Kafka, and depends on no other crate of ours.

mod allocator;
pub mod build;
pub mod health;
pub mod logs;
pub mod metrics;
pub mod monitor;
pub mod readiness;
pub mod serve;
pub mod settings;
pub mod shutdown;
