//! The front's settings.

use crate::decision_queue::DecisionOptions;
use clap::Args;
use holdfast_runtime::settings::{DatabaseSettings, PrivateSettings, PublicSettings};

/// The settings of the front.
#[derive(Debug, Clone, Args)]
pub struct FrontSettings {
    /// Postgres.
    #[command(flatten)]
    pub database: DatabaseSettings,

    /// The address that Marqeta calls.
    #[command(flatten)]
    pub public: PublicSettings,

    /// The address of operators.
    #[command(flatten)]
    pub private: PrivateSettings,

    /// How decisions are batched.
    #[command(flatten)]
    pub decisions: DecisionSettings,
}

/// How decisions are batched.
#[derive(Debug, Clone, Copy, Args)]
pub struct DecisionSettings {
    /// Workers that decide requests, about one a core of the database
    #[arg(long, env = "HOLDFAST_DECISION_WORKERS", value_name = "N", default_value_t = 2,
        value_parser = clap::value_parser!(u16).range(1..=64))]
    pub decision_workers: u16,

    /// Requests in one transaction at most
    #[arg(long, env = "HOLDFAST_DECISION_BATCH", value_name = "N", default_value_t = 256,
        value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub decision_batch: u16,

    /// Requests that may wait in one decision worker; more are shed by the program's timeout policy
    #[arg(long, env = "HOLDFAST_DECISION_QUEUE", value_name = "N", default_value_t = 2048,
        value_parser = clap::value_parser!(u16).range(1..))]
    pub decision_queue: u16,

    /// Locked accounts that are waited for at the same time
    #[arg(long, env = "HOLDFAST_CONTENDED_WORKERS", value_name = "N", default_value_t = 8,
        value_parser = clap::value_parser!(u16).range(1..=64))]
    pub contended_workers: u16,
}

impl From<DecisionSettings> for DecisionOptions {
    fn from(settings: DecisionSettings) -> Self {
        Self {
            workers: settings.decision_workers.into(),
            batch: settings.decision_batch.into(),
            queue: settings.decision_queue.into(),
            contended: settings.contended_workers.into(),
        }
    }
}
