//! The settings of `holdfast up`, and how missing ones are generated.

use super::UpError;
use super::credentials::{Configured, GeneratedCredentials};
use clap::Args;
use holdfast_front::FrontSettings;
use holdfast_ledger::shard::ShardCount;
use holdfast_runtime::settings::{KafkaSettings, SettingError, parse_duration};
use holdfast_workers::Kafka;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Options and settings of `holdfast up`. All are optional: missing ones are generated.
#[derive(Debug, Clone, Args)]
pub(crate) struct UpArgs {
    /// Start empty and wait: no demo accounts, no simulated traffic
    #[arg(long)]
    pub(crate) no_traffic: bool,

    /// Stop by itself after this time, such as 20s or 5m
    #[arg(long = "for", value_name = "TIME", value_parser = parse_duration)]
    pub(crate) run_for: Option<Duration>,

    /// Folder of everything that stays between runs
    #[arg(
        long,
        env = "HOLDFAST_DATA_DIR",
        value_name = "DIR",
        default_value = ".holdfast"
    )]
    pub(crate) data_dir: PathBuf,

    /// Purchases that the simulated network begins each second
    #[arg(long, value_name = "N", default_value_t = 25,
        value_parser = clap::value_parser!(u32).range(1..=2000))]
    pub(crate) rate: u32,

    /// Shards of a new database [default: 16]; a database keeps the number it was created with
    #[arg(long, value_name = "N", value_parser = crate::values::parse_shards)]
    pub(crate) shards: Option<ShardCount>,

    /// The front's own settings.
    #[command(flatten)]
    pub(crate) front: FrontSettings,

    /// Kafka; embedded unless configured.
    #[command(flatten)]
    pub(crate) kafka: KafkaSettings,

    /// What to log, such as info or warn,holdfast_front=debug [default: warn, into DIR/holdfast.log]
    #[arg(long, env = "HOLDFAST_LOG", value_name = "FILTER")]
    pub(crate) log: Option<String>,
}

/// The resolved settings.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) args: UpArgs,
    /// The data folder.
    pub(super) folder: PathBuf,
    /// Credentials that were generated here, and so may be shown.
    pub(super) generated: GeneratedCredentials,
}

impl Settings {
    /// Creates the data folder, and makes the credentials that were not configured.
    pub(super) fn resolve(mut args: UpArgs) -> Result<Self, UpError> {
        refuse_tls_with_traffic(&args)?;
        Kafka::check_options(&args.kafka.options)?;
        let folder = args.data_dir.clone();
        std::fs::create_dir_all(&folder).map_err(UpError::file("creating the folder", &folder))?;
        let configured = Configured {
            gateway: args.front.public.gateway_credentials.is_some(),
            webhook: args.front.public.webhook_credentials.is_some(),
            operator_token: args.front.private.operator_token.is_some(),
        };
        let generated = GeneratedCredentials::open(&folder, configured)?;
        generated.add_to(&mut args.front)?;
        Ok(Self {
            args,
            folder,
            generated,
        })
    }

    /// Whether the books are checked at the end. Only an endless run without traffic is not.
    pub(super) fn is_checked(&self) -> bool {
        !self.args.no_traffic || self.args.run_for.is_some()
    }

    /// Where the logs go when a screen is drawn.
    pub(super) fn log_file(&self) -> PathBuf {
        self.folder.join("holdfast.log")
    }

    /// The file with which operators' commands find the running system.
    pub(super) fn running_file(&self) -> PathBuf {
        running_file(&self.folder)
    }
}

fn running_file(folder: &Path) -> PathBuf {
    folder.join("running.env")
}

fn refuse_tls_with_traffic(args: &UpArgs) -> Result<(), SettingError> {
    if args.no_traffic || args.front.public.tls.tls_files()?.is_none() {
        return Ok(());
    }
    let reason = "the simulated traffic speaks plain HTTP; add --no-traffic, or leave TLS out";
    Err(SettingError::wrong(
        "HOLDFAST_TLS_CERT",
        "--tls-cert",
        reason,
    ))
}

#[cfg(test)]
mod tests;
