//! `holdfast alerts`: what needs review, and acknowledging that it was reviewed.

mod kinds;
mod text;

use super::access::{Access, By};
use super::error::CliError;
use super::values;
use clap::{Args, Subcommand};
use holdfast_funding::clock::now;
use holdfast_funding::command::acknowledge_alert;
use holdfast_funding::view::AlertView;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::alert::AlertFilter;
use text::{render_alert, render_list};

const EXAMPLES: &str = "Examples:
  holdfast alerts
  holdfast alerts --kind clearing_above_hold --since 2026-11-30
  holdfast alerts --transaction 3f1c8a52 --all
  holdfast alerts acknowledge 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11 --note 'receipt is right'";

/// List, show and acknowledge what needs review; without a further word it lists
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub(crate) struct Alerts {
    #[command(subcommand)]
    command: Option<AlertCommand>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, Subcommand)]
enum AlertCommand {
    /// List alerts, newest first
    #[command(after_help = EXAMPLES)]
    List(List),
    /// Show one alert, with its amounts and what to do
    Show(Show),
    /// Record that an alert was reviewed, and what was found
    Acknowledge(Acknowledge),
    /// Every kind of alert, what happened and what to do
    Kinds(kinds::Kinds),
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    access: Access,
    /// Only of this kind; `holdfast alerts kinds` names them
    #[arg(long, value_name = "KIND", value_parser = values::alert_kind)]
    kind: Option<AlertKind>,
    /// Only about this account
    #[arg(long, value_name = "TOKEN", value_parser = values::account)]
    account: Option<AccountToken>,
    /// Only about this Marqeta transaction
    #[arg(long, value_name = "TOKEN", value_parser = values::transaction)]
    transaction: Option<TransactionToken>,
    /// Only those raised at this date or time (UTC) or later
    #[arg(long, value_name = "TIME", value_parser = values::time_or_date)]
    since: Option<Moment>,
    /// Also those that are acknowledged
    #[arg(long)]
    all: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast alerts show 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11")]
struct Show {
    #[command(flatten)]
    access: Access,
    /// The alert's name
    #[arg(value_name = "ID")]
    id: uuid::Uuid,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast alerts acknowledge 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11 --note 'receipt is right'"
)]
struct Acknowledge {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    /// The alert's name
    #[arg(value_name = "ID")]
    id: uuid::Uuid,
    /// What was found or done
    #[arg(long, value_name = "TEXT")]
    note: String,
}

impl Alerts {
    pub(super) async fn run(self) -> Result<(), CliError> {
        match self.command.unwrap_or(AlertCommand::List(self.list)) {
            AlertCommand::List(command) => command.run().await,
            AlertCommand::Show(command) => command.run().await,
            AlertCommand::Acknowledge(command) => command.run().await,
            AlertCommand::Kinds(command) => command.run(),
        }
    }
}

impl List {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let filter = AlertFilter {
            kind: self.kind,
            account: self.account,
            transaction: self.transaction,
            since: self.since,
            with_acknowledged: self.all,
            before: None,
            limit: self.limit,
        };
        let alerts = store.alerts(&filter).await?;
        let views: Vec<AlertView> = alerts.into_iter().map(AlertView::from).collect();
        self.access.print(&views, |views| render_list(views))
    }
}

impl Show {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let alert = store.alert(self.id).await?;
        let alert = alert.ok_or_else(|| CliError::unknown("alert", self.id))?;
        self.access.print(&AlertView::from(alert), render_alert)
    }
}

impl Acknowledge {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let (actor, which) = (self.by.actor(), (self.id, self.note.as_str()));
        let alert = acknowledge_alert(&store, &actor, which, now()).await?;
        self.access.print(&AlertView::from(alert), render_alert)
    }
}
