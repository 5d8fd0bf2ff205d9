//! The operators' commands. They work on the database itself, so that they also help when no front
//! runs; what they change goes through the same acts as the private API.

mod access;
mod account;
mod alerts;
mod card;
mod control;
mod dlq;
mod error;
mod hold;
mod messages;
mod migrate;
mod table;
mod transaction;
mod values;
mod verify;
mod why;

use crate::up;
use clap::Subcommand;
use error::CliError;
use std::process::ExitCode;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the whole system on this machine, from nothing
    Up(Box<up::UpArgs>),
    /// Create or update the database, and the topics when Kafka is given
    Migrate(migrate::Migrate),
    /// List, show and change accounts, and move their money
    #[command(subcommand)]
    Account(account::Account),
    /// Show and change cards
    #[command(subcommand)]
    Card(card::Card),
    /// List, show, put and delete spending limits, where may be spent, and groups of merchants
    #[command(subcommand)]
    Control(control::Control),
    /// List, show and release holds, and match force captures to their purchases
    #[command(subcommand)]
    Hold(hold::Hold),
    /// Everything known of one Marqeta transaction: the answer, why, and what followed
    Transaction(transaction::Transaction),
    /// One page for whoever answers a customer: what was asked and answered, which check decided, and since
    Why(why::Why),
    /// Recompute everything from the journal and compare it with what is stored
    Verify(verify::Verify),
    /// List, show and replay what could not be applied
    #[command(subcommand)]
    Dlq(dlq::Dlq),
    /// List, show and acknowledge what needs review
    Alerts(alerts::Alerts),
    /// Every message that Marqeta sends, and what is made of it
    Messages(messages::Messages),
}

/// Runs a command, and tells in one sentence why it failed.
pub(crate) async fn run(command: Command) -> ExitCode {
    let result = match command {
        Command::Up(args) => return up::run_system(*args).await,
        Command::Migrate(command) => command.run().await,
        Command::Account(command) => command.run().await,
        Command::Card(command) => command.run().await,
        Command::Control(command) => command.run().await,
        Command::Hold(command) => command.run().await,
        Command::Transaction(command) => command.run().await,
        Command::Why(command) => command.run().await,
        Command::Verify(command) => return found(command.run().await),
        Command::Dlq(command) => command.run().await,
        Command::Alerts(command) => command.run().await,
        Command::Messages(command) => command.run(),
    };
    result.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

/// Books that do not balance are no failure of the command, but its exit code tells of them.
fn found(result: Result<bool, CliError>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn failed(error: &CliError) -> ExitCode {
    error.print();
    ExitCode::from(error.exit_code())
}
