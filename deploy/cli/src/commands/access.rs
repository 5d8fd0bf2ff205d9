//! Arguments of every command: the database, and the form of the result.

use super::error::CliError;
use clap::Args;
use holdfast_funding::command::Actor;
use holdfast_ledger::token::AccountToken;
use holdfast_runtime::settings::{DatabaseSettings, SettingError};
use holdfast_store::account::StoredAccount;
use holdfast_store::{Store, StoreOptions};
use serde::Serialize;
use std::io::Write;
use std::time::Duration;

/// A statement of an operator may take longer than one of the front: `verify` reads everything.
const STATEMENT_MAX: Duration = Duration::from_secs(300);

/// The database, and the form of the result.
#[derive(Debug, Clone, Args)]
pub(super) struct StoreAccess {
    #[command(flatten)]
    pub(super) database: DatabaseSettings,

    /// Print JSON, as the private API has it
    #[arg(long)]
    pub(super) json: bool,
}

/// The operator who changes something.
#[derive(Debug, Clone, Args)]
pub(super) struct ActorArgs {
    /// Your name, recorded with the change
    #[arg(
        long = "actor",
        env = "USER",
        value_name = "NAME",
        default_value = "unnamed"
    )]
    actor: String,
}

impl ActorArgs {
    /// The name as it is recorded. It shows that no token of the private API was checked.
    pub(super) fn actor(&self) -> Actor {
        Actor {
            address: std::env::var("HOSTNAME")
                .ok()
                .filter(|name| !name.is_empty()),
            ..Actor::new(format!("{} (command line)", self.actor), "command_line")
        }
    }
}

/// Who changes something, and why, for commands that need no reason.
#[derive(Debug, Clone, Args)]
pub(super) struct ReasonedActorArgs {
    #[command(flatten)]
    by: ActorArgs,
    /// Reason, stored in the audit
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl ReasonedActorArgs {
    /// The operator with the reason.
    pub(super) fn actor(&self) -> Actor {
        Actor {
            reason: self.reason.clone(),
            ..self.by.actor()
        }
    }
}

impl StoreAccess {
    /// How to reach the database.
    pub(super) fn store_options(&self) -> Result<StoreOptions, SettingError> {
        let url = self.database.url()?.expose();
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            let reason = "it must begin with postgres://";
            return Err(SettingError::wrong(
                "HOLDFAST_DATABASE_URL",
                "--database-url",
                reason,
            ));
        }
        Ok(StoreOptions {
            connections: 2,
            statement_timeout: STATEMENT_MAX,
            ..StoreOptions::new(url.to_owned(), "holdfast-command")
        })
    }

    /// Opens the database.
    pub(super) async fn open_store(&self) -> Result<Store, CliError> {
        Ok(Store::connect(&self.store_options()?).await?)
    }

    /// Prints a result: one line of JSON, or a text for people.
    pub(super) fn print_result<T: Serialize>(
        &self,
        result: &T,
        text: impl FnOnce(&T) -> String,
    ) -> Result<(), CliError> {
        let text = if self.json {
            serde_json::to_string(result)?
        } else {
            text(result)
        };
        print_text(&text)
    }
}

/// Reads an account, which must exist.
pub(super) async fn find_account(
    store: &Store,
    token: &AccountToken,
) -> Result<StoredAccount, CliError> {
    let account = store.account(token).await?;
    account.ok_or_else(|| CliError::unknown("account", token))
}

/// Prints a text.
pub(super) fn print_text(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end())?;
    Ok(out.flush()?)
}
