//! `holdfast-front`: the front alone.

use clap::Parser;
use holdfast_front::{Front, FrontError, FrontSettings};
use holdfast_marqeta::Marqeta;
use holdfast_runtime::build::describe_build;
use holdfast_runtime::health::Health;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::{LogSettings, parse_or_exit};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{SCHEMA_VERSION, StoreError};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// The front that Marqeta calls during a purchase.
///
/// Example: HOLDFAST_DATABASE_URL=postgres://… HOLDFAST_GATEWAY_CREDENTIALS=user:password
/// HOLDFAST_WEBHOOK_CREDENTIALS=user:password HOLDFAST_OPERATOR_TOKEN=$(openssl rand -hex 32) holdfast-front
#[derive(Debug, Parser)]
#[command(name = "holdfast-front", version = describe_build(SCHEMA_VERSION))]
struct Arguments {
    #[command(flatten)]
    front: FrontSettings,
    #[command(flatten)]
    logs: LogSettings,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Arguments = parse_or_exit();
    if let Err(error) = holdfast_runtime::logs::start_logging(&arguments.logs) {
        eprintln!("holdfast-front: {error}");
        return ExitCode::from(78);
    }
    let shutdown = Shutdown::new(Health::new());
    if let Err(error) = shutdown.listen_for_signals() {
        tracing::error!(%error, "Cannot listen for signals");
        return ExitCode::FAILURE;
    }
    match Front::start(
        Arc::new(Marqeta),
        arguments.front,
        Metrics::of_build(SCHEMA_VERSION),
        &shutdown,
    )
    .await
    {
        Ok(front) => {
            tracing::info!(public = %front.public, private = %front.private, "Front started")
        }
        Err(error) => return refuse(&error),
    }
    shutdown.draining().await;
    let outcome = shutdown.drain(Duration::from_secs(15)).await;
    tracing::info!(?outcome, "Front stopped");
    ExitCode::SUCCESS
}

/// One sentence; 78 for a wrong setting.
fn refuse(error: &FrontError) -> ExitCode {
    eprintln!("holdfast-front: {error}");
    match error {
        FrontError::Setting(error) => ExitCode::from(error.exit_code()),
        FrontError::Store(StoreError::WrongUrl(_)) => ExitCode::from(78),
        _ => ExitCode::FAILURE,
    }
}
