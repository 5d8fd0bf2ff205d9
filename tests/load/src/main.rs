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
use std::ops::Range;
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

    /// Also measure as many accounts with three spending limits each (day, week, month), beside each run
    /// without
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
        &[0..arguments.accounts, limited(&arguments)],
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

/// The accounts under limits; none unless they are asked for.
fn limited(arguments: &Arguments) -> Range<usize> {
    let accounts = if arguments.limits {
        arguments.accounts
    } else {
        0
    };
    limits::FIRST..limits::FIRST + accounts
}

async fn measure(arguments: &Arguments, stage: &stage::Stage, report: &mut Report) -> Result<()> {
    let time = Duration::from_secs(arguments.seconds);
    for &in_flight in &arguments.in_flight {
        for run in 0..arguments.runs.max(1) {
            let spreads = [
                ("many", 0..arguments.accounts),
                ("limited", limited(arguments)),
                ("hot", 0..1),
            ];
            for (name, accounts) in spreads {
                if accounts.is_empty() {
                    continue;
                }
                let is_hot = accounts.len() == 1;
                let transfers = calibration::run(stage, in_flight, is_hot, time).await?;
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
