//! `holdfast-load`: how fast Holdfast is on this machine, with everything on it.
//!
//! Each stage starts what it needs for itself alone (`system`), sends messages as Marqeta does
//! (`message`, `template`) over lean connections (`http1`), in a closed loop (`closed`) or an open one
//! (`open`), and verifies the books afterwards. The result is a table and JSON (`report`).

mod arguments;
mod calibration;
mod closed;
mod cpu;
mod http1;
mod lifecycle;
mod limits;
mod machine;
mod message;
mod mixer;
mod open;
mod programs;
mod progress;
mod purchaser;
mod report;
mod spread;
mod stages;
mod system;
mod tally;
mod template;
mod tokens;

use anyhow::{Context, Result};
use arguments::{Arguments, Command, RunArguments};
use clap::Parser;
use machine::Machine;
use report::Report;
use stages::StageContext;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::LocalSet;

fn main() -> ExitCode {
    begin(&Arguments::parse()).unwrap_or_else(|error| {
        progress::say(format!("FAILED: {error:#}"));
        ExitCode::FAILURE
    })
}

fn begin(arguments: &Arguments) -> Result<ExitCode> {
    if let Some(Command::Compare { first, second }) = &arguments.command {
        let (first, second) = (Report::read(first)?, Report::read(second)?);
        print!("{}", report::compare(&first, &second));
        return Ok(ExitCode::SUCCESS);
    }
    // One thread: the generator takes as little as it can of what it measures.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let work = async {
        tokio::select! {
            done = run(&arguments.run) => done,
            stopped = interrupted() => stopped,
        }
    };
    LocalSet::new().block_on(&runtime, work)
}

async fn run(arguments: &RunArguments) -> Result<ExitCode> {
    let programs = programs::find(arguments)?;
    progress::say("looking at the machine");
    let mut report = Report {
        machine: Machine::look().await?,
        ..Report::default()
    };
    eprintln!("{}", report.machine.lines());
    let context = StageContext {
        arguments: arguments.clone(),
        programs,
    };
    for stage in arguments.stages() {
        progress::say(format!("stage {}", stage.name()));
        let (figures, outcome) = context.run(stage).await;
        figures
            .all
            .iter()
            .for_each(|figure| eprint!("{}", figure.row()));
        report.figures.extend(figures.all);
        if let Err(error) = outcome {
            progress::say(format!("FAILED: {}: {error:#}", stage.name()));
            let failure = format!("{error:#}");
            report.failures.insert(stage.name().to_owned(), failure);
        }
    }
    print!("{}", report.table());
    if let Some(path) = &arguments.json {
        report.write(path)?;
    }
    Ok(match report.failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// Whatever runs is dropped then, and with it every process that it started.
async fn interrupted() -> Result<ExitCode> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.context("waiting for Ctrl-C")?,
        _ = terminate.recv() => {}
    }
    anyhow::bail!("interrupted")
}
