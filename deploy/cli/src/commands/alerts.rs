//! `holdfast alerts`: listing, showing and acknowledging alerts.

mod kinds;
mod text;

use super::access::{ActorArgs, StoreAccess};
use super::error::CliError;
use crate::values;
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

/// List, show and acknowledge alerts; without a subcommand it lists them
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub(crate) struct Alerts {
    #[command(subcommand)]
    command: Option<AlertCommand>,
    #[command(flatten)]
    list: ListAlerts,
}

#[derive(Debug, Subcommand)]
enum AlertCommand {
    /// List alerts, newest first
    #[command(after_help = EXAMPLES)]
    List(ListAlerts),
    /// Show one alert, with its amounts and what to do
    Show(ShowAlert),
    /// Record that an alert was reviewed, and what was found
    Acknowledge(AcknowledgeAlert),
    /// List the kinds of alerts, what happened and what to do
    Kinds(kinds::ListKinds),
}

#[derive(Debug, Args)]
struct ListAlerts {
    #[command(flatten)]
    access: StoreAccess,
    /// Only this kind; `holdfast alerts kinds` lists them
    #[arg(long, value_name = "KIND", value_parser = values::parse_alert_kind)]
    kind: Option<AlertKind>,
    /// Only about this account
    #[arg(long, value_name = "TOKEN", value_parser = AccountToken::parse)]
    account: Option<AccountToken>,
    /// Only about this Marqeta transaction
    #[arg(long, value_name = "TOKEN", value_parser = TransactionToken::parse)]
    transaction: Option<TransactionToken>,
    /// Only those raised at this date or time (UTC) or later
    #[arg(long, value_name = "TIME", value_parser = values::parse_time_or_date)]
    since: Option<Moment>,
    /// Also acknowledged alerts
    #[arg(long)]
    all: bool,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast alerts show 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11")]
struct ShowAlert {
    #[command(flatten)]
    access: StoreAccess,
    /// The alert's ID
    #[arg(value_name = "ID")]
    id: uuid::Uuid,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast alerts acknowledge 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11 --note 'receipt is right'"
)]
struct AcknowledgeAlert {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ActorArgs,
    /// The alert's ID
    #[arg(value_name = "ID")]
    id: uuid::Uuid,
    /// What was found or done
    #[arg(long, value_name = "TEXT")]
    note: String,
}

impl Alerts {
    pub(super) async fn run_subcommand(self) -> Result<(), CliError> {
        match self.command.unwrap_or(AlertCommand::List(self.list)) {
            AlertCommand::List(command) => command.list_alerts().await,
            AlertCommand::Show(command) => command.show_alert().await,
            AlertCommand::Acknowledge(command) => command.acknowledge_alert().await,
            AlertCommand::Kinds(command) => command.list_kinds(),
        }
    }
}

impl ListAlerts {
    async fn list_alerts(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
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
        self.access.print_result(&views, |views| render_list(views))
    }
}

impl ShowAlert {
    async fn show_alert(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let alert = store.alert(self.id).await?;
        let alert = alert.ok_or_else(|| CliError::unknown("alert", self.id))?;
        self.access
            .print_result(&AlertView::from(alert), render_alert)
    }
}

impl AcknowledgeAlert {
    async fn acknowledge_alert(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let (actor, which) = (self.by.actor(), (self.id, self.note.as_str()));
        let alert = acknowledge_alert(&store, &actor, which, now()).await?;
        self.access
            .print_result(&AlertView::from(alert), render_alert)
    }
}
