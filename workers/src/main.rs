//! `holdfast-workers ROLE…`: workers as a process of their own.

use clap::Parser;
use holdfast_runtime::health::Health;
use holdfast_runtime::logs::LogError;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::serve::{BindError, Server};
use holdfast_runtime::settings::{
    DatabaseSettings, KafkaSettings, LogSettings, SETTING, WorkersSettings, or_exit, parse_or_exit,
};
use holdfast_runtime::shutdown::{DrainOutcome, Shutdown};
use holdfast_runtime::{logs, monitor};
use holdfast_store::{Plans, Store, StoreOptions};
use holdfast_workers::{Kafka, Role, Workers, WorkersError, WorkersOptions};
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

const DRAINED_WITHIN: Duration = Duration::from_secs(20);
const WATCH_EVERY: Duration = Duration::from_secs(1);

/// Publishes the journal to Kafka, and applies what the topics bring.
#[derive(Debug, Parser)]
#[command(version)]
struct Settings {
    /// What this process does
    #[arg(value_enum, required = true, value_name = "ROLE")]
    roles: Vec<Role>,

    /// Start of the consumer groups' names; databases that share a cluster need different ones
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
        return fail(&error);
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let code = match runtime.block_on(run(settings)) {
        Ok(code) => code,
        Err(error) => fail(error.as_ref()),
    };
    // A client library's thread that hangs must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

async fn run(settings: Settings) -> Result<ExitCode, Box<dyn Error>> {
    logs::start(&settings.logs)?;
    let (health, metrics) = (Health::new(), Metrics::new());
    let shutdown = Shutdown::new(health.clone());
    shutdown.listen()?;
    let server = Server::bind(settings.workers.addr, "HOLDFAST_WORKERS_ADDR").await?;
    tracing::info!(addr = %server.local_addr(), roles = ?settings.roles, "Starting the workers");
    let monitoring = monitor::serve(server, health, metrics.clone(), shutdown.clone());
    shutdown.tasks().spawn(monitoring);

    let mut database = StoreOptions::new(
        settings.database.url()?.expose().to_owned(),
        "holdfast-workers",
    );
    database.connections = Workers::CONNECTIONS;
    database.plans = Plans::ByKey;
    let store = Store::connect(&database).await?;
    shutdown
        .tasks()
        .spawn(watch(store.clone(), shutdown.clone()));

    let mut options = WorkersOptions::new(settings.kafka.brokers()?, metrics);
    options.kafka = settings.kafka.options;
    options.group_prefix = settings.group_prefix;
    Workers::start(options, store, &settings.roles, shutdown.clone()).await?;

    shutdown.draining().await;
    let outcome = shutdown.drain(DRAINED_WITHIN).await;
    tracing::info!(?outcome, "Stopped");
    Ok(match outcome {
        DrainOutcome::Finished { .. } => ExitCode::SUCCESS,
        DrainOutcome::TimedOut { .. } | DrainOutcome::CutShort { .. } => ExitCode::FAILURE,
    })
}

/// Keeps readiness true to the database.
async fn watch(store: Store, shutdown: Shutdown) {
    let database = shutdown.health().readiness("database");
    while !shutdown.is_draining() {
        match store.ping().await {
            Ok(()) => database.met(),
            Err(error) => database.unmet(error.to_string()),
        }
        tokio::select! {
            () = tokio::time::sleep(WATCH_EVERY) => {}
            () = shutdown.draining() => {}
        }
    }
}

/// One sentence on standard error; 78 when a setting or what it names is wrong.
fn fail(error: &(dyn Error + 'static)) -> ExitCode {
    eprintln!("{error}");
    let of_tls = matches!(error.downcast_ref(), Some(WorkersError::NeedsTls(_)));
    if of_tls || error.is::<LogError>() || error.is::<BindError>() {
        return ExitCode::from(SETTING);
    }
    ExitCode::FAILURE
}
