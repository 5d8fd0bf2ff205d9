//! Why a command failed.

use holdfast_funding::command::{AcknowledgeError, CommandError, ControlError};
use holdfast_ledger::money::Overflow;
use holdfast_ledger::token::TransactionToken;
use holdfast_runtime::settings::SettingError;
use holdfast_store::StoreError;
use holdfast_workers::WorkersError;
use std::io;

/// Exit code for a transaction that is unknown here (`EX_NOINPUT`).
const UNKNOWN_TRANSACTION: u8 = 66;

/// Why a command failed, one sentence for the operator each.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A setting or the command line is wrong.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The command was refused, or failed.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// An alert was not acknowledged.
    #[error(transparent)]
    Acknowledge(#[from] AcknowledgeError),
    /// A control was refused, or could not be stored.
    #[error(transparent)]
    Control(#[from] ControlError),
    /// Kafka cannot be used.
    #[error(transparent)]
    Workers(#[from] WorkersError),
    /// A named thing does not exist, or is not in the required state.
    #[error("{0}")]
    Rejected(String),
    /// No request and no notification names the transaction.
    #[error(
        "transaction {0} is unknown: no request and no notification names it; compare the token \
         with Marqeta's dashboard"
    )]
    UnknownTransaction(TransactionToken),
    /// A stored sum cannot be shown.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// The result cannot be written as JSON.
    #[error("writing the result failed: {0}")]
    Json(#[from] serde_json::Error),
    /// The result cannot be written.
    #[error("writing the result failed: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    /// A named thing does not exist.
    pub(super) fn unknown(what: &str, name: impl std::fmt::Display) -> Self {
        Self::Rejected(format!("there is no {what} {name}"))
    }

    /// An argument that does not fit another one.
    pub(super) fn argument(message: impl std::fmt::Display) -> Self {
        let error = clap::Error::raw(
            clap::error::ErrorKind::ValueValidation,
            format!("{message}\n"),
        );
        Self::Setting(SettingError::CommandLine(error))
    }

    /// 64 for a wrong command line, 66 for an unknown transaction, 78 for a wrong setting, 1 for everything else.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Setting(error) => error.exit_code(),
            Self::Workers(error) => error.exit_code(),
            Self::Store(StoreError::WrongUrl(_)) => holdfast_runtime::settings::SETTING,
            Self::UnknownTransaction(_) => UNKNOWN_TRANSACTION,
            // `holdfast account list | head` is no failure.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            _ => 1,
        }
    }

    /// Prints the error for the operator.
    pub(super) fn print(&self) {
        match self {
            Self::Setting(error) => error.print(),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            other => eprintln!("{other}"),
        }
    }
}
