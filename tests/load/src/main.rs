//! `holdfast-load`: how many decisions a second, on this machine, with everything on it.
//!
//! Starts a durable Postgres and the release build of `holdfast-front`, calibrates with `pgbench`
//! (one function that locks two rows, checks, updates both, inserts one) in the same run, then asks
//! full JIT requests over HTTP in a closed loop, and verifies the books afterwards.

mod ask;
mod calibration;
mod closed;
mod limits;
mod report;
mod stage;

use anyhow::{Context, Result};
use clap::Parser;
use report::{Figure, Report};
use std::path::PathBuf;
use std::time::Duration;

/// Measures decisions a second on this machine.
///
/// Example: cargo build --release -p holdfast-front -p holdfast-load && target/release/holdfast-load
#[derive(Debug, Parser)]
#[command(name = "holdfast-load", version)]
struct Arguments {
    /// Requests in flight, one stage each
    #[arg(long, value_delimiter = ',', default_value = "1,16,64,256")]
    in_flight: Vec<usize>,

    /// Seconds a stage is measured
    #[arg(long, default_value_t = 8)]
    seconds: u64,

    /// Accounts that requests spread over
    #[arg(long, default_value_t = 10_000)]
    accounts: usize,

    /// Runs of each stage; the median is reported
    #[arg(long, default_value_t = 1)]
    runs: usize,

    /// An empty database to use instead of a Postgres of its own; there is no calibration then
    #[arg(long)]
    database_url: Option<String>,

    /// The `holdfast-front` to measure
    #[arg(long)]
    front: Option<PathBuf>,

    /// Also measure with three spending limits (day, week, month) on every account, right after each run
    /// without them
    #[arg(long)]
    limits: bool,

    /// Machine-readable output
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let stage = stage::Stage::start(
        arguments.database_url.as_ref(),
        arguments.front.as_ref(),
        arguments.accounts,
    )
    .await?;
    let mut report = Report::begin(stage.machine());
    let outcome = measure(&arguments, &stage, &mut report).await;
    report.memory = stage.resident_kib();
    let books = stage.verify().await;
    stage.stop().await?;
    outcome?;
    report.books = books.context("verifying the books")?;
    println!(
        "{}",
        if arguments.json {
            report.json()?
        } else {
            report.table()
        }
    );
    anyhow::ensure!(report.books, "the books are wrong after the run");
    Ok(())
}

async fn measure(arguments: &Arguments, stage: &stage::Stage, report: &mut Report) -> Result<()> {
    let time = Duration::from_secs(arguments.seconds);
    for &in_flight in &arguments.in_flight {
        for run in 0..arguments.runs.max(1) {
            let plain = [("many", arguments.accounts, false), ("hot", 1, false)];
            let limited = [("limited", arguments.accounts, true)];
            let limited = limited.into_iter().filter(|_| arguments.limits);
            for (name, accounts, with_limits) in plain.into_iter().chain(limited) {
                limits::set(stage.store(), with_limits).await?;
                let transfers = calibration::run(stage, in_flight, accounts == 1, time).await?;
                let heard = closed::run(&stage.door, in_flight, accounts, time).await?;
                let figure = Figure {
                    name,
                    in_flight,
                    run,
                    transfers,
                    heard,
                };
                eprintln!("{}", figure.line());
                report.figures.push(figure);
            }
        }
    }
    Ok(())
}
