//! The front's settings.

use crate::lanes::LaneOptions;
use clap::Args;
use holdfast_runtime::settings::{DatabaseSettings, PrivateSettings, PublicSettings};

/// Everything that the front can be told.
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
    pub lanes: LaneSettings,
}

/// How decisions are batched.
#[derive(Debug, Clone, Copy, Args)]
pub struct LaneSettings {
    /// Lanes that decide side by side, about one a core of the database
    #[arg(long, env = "HOLDFAST_LANES", value_name = "N", default_value_t = 2,
        value_parser = clap::value_parser!(u16).range(1..=64))]
    pub lanes: u16,

    /// Requests in one transaction at most
    #[arg(long, env = "HOLDFAST_LANE_BATCH", value_name = "N", default_value_t = 256,
        value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub lane_batch: u16,

    /// Requests that may wait in one lane; more are shed by the program's timeout policy
    #[arg(long, env = "HOLDFAST_LANE_QUEUE", value_name = "N", default_value_t = 2048,
        value_parser = clap::value_parser!(u16).range(1..))]
    pub lane_queue: u16,

    /// Locked accounts that are waited for at the same time
    #[arg(long, env = "HOLDFAST_LANE_SIDE", value_name = "N", default_value_t = 8,
        value_parser = clap::value_parser!(u16).range(1..=64))]
    pub lane_side: u16,
}

impl From<LaneSettings> for LaneOptions {
    fn from(settings: LaneSettings) -> Self {
        Self {
            lanes: settings.lanes.into(),
            batch: settings.lane_batch.into(),
            queue: settings.lane_queue.into(),
            side: settings.lane_side.into(),
        }
    }
}
