//! `holdfast-workers ROLE…`: a process that runs workers alone.

use clap::Parser;
use holdfast_runtime::build::describe_build;
use holdfast_runtime::health::Health;
use holdfast_runtime::logs::LogError;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::readiness::watch_readiness;
use holdfast_runtime::serve::{BindError, Server};
use holdfast_runtime::settings::{
    DatabaseSettings, KafkaSettings, LogSettings, SETTING, WorkersSettings, or_exit, parse_or_exit,
};
use holdfast_runtime::shutdown::{DrainOutcome, Shutdown};
use holdfast_runtime::{logs, monitor};
use holdfast_store::{Plans, SCHEMA_VERSION, Store, StoreError, StoreOptions};
use holdfast_workers::{Kafka, Role, Workers, WorkersError, WorkersOptions};
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

const DRAIN_WITHIN: Duration = Duration::from_secs(20);

/// Publishes the journal to Kafka, and applies the notifications of its topics.
#[derive(Debug, Parser)]
#[command(name = "holdfast-workers", version = describe_build(SCHEMA_VERSION))]
struct Settings {
    /// What this process does
    #[arg(value_enum, required = true, value_name = "ROLE")]
    roles: Vec<Role>,

    /// Prefix of the consumer groups' names; databases that share a cluster need different ones
    #[arg(
        long,
        env = "HOLDFAST_GROUP_PREFIX",
        value_name = "NAME",
        default_value = WorkersOptions::GROUP_PREFIX
    )]
    group_prefix: String,

    #[command(flatten)]
    database: DatabaseSettings,

    #[command(flatten)]
    kafka: KafkaSettings,

    #[command(flatten)]
    workers: WorkersSettings,

    #[command(flatten)]
    logs: LogSettings,
}

fn main() -> ExitCode {
    let settings: Settings = parse_or_exit();
    or_exit(settings.database.url());
    let brokers = or_exit(settings.kafka.brokers());
    if let Err(error) = Kafka::new(brokers, settings.kafka.options.clone()) {
        return report_failure(&error);
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return report_failure(&error),
    };
    let code = match runtime.block_on(run_roles(settings)) {
        Ok(code) => code,
        Err(error) => report_failure(error.as_ref()),
    };
    // A hanging thread of the client library must not keep the process alive.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

async fn run_roles(settings: Settings) -> Result<ExitCode, Box<dyn Error>> {
    logs::start_logging(&settings.logs)?;
    let (health, metrics) = (Health::new(), Metrics::of_build(SCHEMA_VERSION));
    let shutdown = Shutdown::new(health.clone());
    shutdown.listen_for_signals()?;
    let server = Server::bind(settings.workers.addr, "HOLDFAST_WORKERS_ADDR").await?;
    tracing::info!(addr = %server.local_addr(), roles = ?settings.roles, "Starting the workers");
    let monitoring = monitor::serve_monitoring(server, health, metrics.clone(), shutdown.clone());
    shutdown.tasks().spawn(monitoring);

    let mut database = StoreOptions::new(
        settings.database.url()?.expose().to_owned(),
        "holdfast-workers",
    );
    database.connections = Workers::CONNECTIONS;
    database.plans = Plans::ByKey;
    let store = Store::connect(&database).await?;
    watch_readiness(&shutdown, "database", store.clone(), |store| async move {
        store.ping().await
    });

    let mut options = WorkersOptions::new(settings.kafka.brokers()?, metrics);
    options.compression = settings.kafka.compression;
    options.kafka = settings.kafka.options;
    options.group_prefix = settings.group_prefix;
    Workers::start(options, store, &settings.roles, shutdown.clone()).await?;

    shutdown.draining().await;
    let outcome = shutdown.drain(DRAIN_WITHIN).await;
    tracing::info!(?outcome, "Stopped");
    Ok(match outcome {
        DrainOutcome::Finished { .. } => ExitCode::SUCCESS,
        DrainOutcome::TimedOut { .. } | DrainOutcome::CutShort { .. } => ExitCode::FAILURE,
    })
}

/// Prints the error to standard error; the exit code is 78 when a setting or what it names is wrong.
fn report_failure(error: &(dyn Error + 'static)) -> ExitCode {
    eprintln!("{error}");
    if error.is::<LogError>() || error.is::<BindError>() {
        return ExitCode::from(SETTING);
    }
    if let Some(StoreError::WrongUrl(_)) = error.downcast_ref() {
        return ExitCode::from(SETTING);
    }
    let code = error.downcast_ref().map_or(1, WorkersError::exit_code);
    ExitCode::from(code)
}
