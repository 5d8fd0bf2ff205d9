//! The operators' commands. They work on the database itself, so that they also help when no front
//! runs; every change goes through the same use cases as the private API.

mod access;
mod account;
mod alerts;
mod audit;
mod card;
mod control;
mod dlq;
mod error;
mod export;
mod hold;
mod messages;
mod migrate;
mod table;
mod transaction;
mod verify;
mod why;

use crate::up;
use clap::Subcommand;
use error::CliError;
use std::process::ExitCode;

/// The commands.
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
    /// List, show, put and delete velocity controls, authorization controls, and groups
    #[command(subcommand)]
    Control(control::Control),
    /// List, show and release holds, and match force captures to their purchases
    #[command(subcommand)]
    Hold(hold::Hold),
    /// Show everything stored about a Marqeta transaction: response, reasons, and what followed
    Transaction(transaction::ShowTransaction),
    /// Explain a decision on one page: request, response, deciding check, and what followed
    Why(why::ShowWhy),
    /// Recompute everything from the journal and compare it with what is stored
    Verify(verify::VerifyBooks),
    /// Write the events of the journal as lines of JSON, equal to the topics
    Export(export::ExportEvents),
    /// List, show and replay dead letters: messages that could not be applied
    #[command(subcommand)]
    Dlq(dlq::Dlq),
    /// List, show and acknowledge alerts
    Alerts(alerts::Alerts),
    /// List what operators changed, newest first
    Audit(audit::ListAudit),
    /// List the types of messages that Marqeta sends, and how each is booked
    Messages(messages::ListMessages),
}

/// Runs a command. A failure is printed as one sentence.
pub(crate) async fn run_command(command: Command) -> ExitCode {
    let result = match command {
        Command::Up(args) => return up::run_system(*args).await,
        Command::Migrate(command) => command.migrate().await,
        Command::Account(command) => command.run_subcommand().await,
        Command::Card(command) => command.run_subcommand().await,
        Command::Control(command) => command.run_subcommand().await,
        Command::Hold(command) => command.run_subcommand().await,
        Command::Transaction(command) => command.show_transaction().await,
        Command::Why(command) => command.show_why().await,
        Command::Verify(command) => return exit_code_of_books(command.verify_books().await),
        Command::Export(command) => command.export_events().await,
        Command::Dlq(command) => command.run_subcommand().await,
        Command::Alerts(command) => command.run_subcommand().await,
        Command::Audit(command) => command.list_audit().await,
        Command::Messages(command) => command.list_messages(),
    };
    result.map_or_else(|error| report_error(&error), |()| ExitCode::SUCCESS)
}

/// Books that do not balance are a result, not an error, but the exit code is 1.
fn exit_code_of_books(result: Result<bool, CliError>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => report_error(&error),
    }
}

fn report_error(error: &CliError) -> ExitCode {
    error.print();
    ExitCode::from(error.exit_code())
}
