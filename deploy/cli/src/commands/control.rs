//! `holdfast control`: velocity controls, authorization controls and groups, in Marqeta's shape.

mod put;
mod usage;

use super::access::{ReasonedActorArgs, StoreAccess};
use super::error::CliError;
use super::table::Table;
use clap::{Args, Subcommand};
use holdfast_events::control::Kind;
use holdfast_events::json::pairs;
use holdfast_events::moment;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_ledger::control::{Applies, Definition, MccGroup, MerchantScope, VelocityControl};
use holdfast_store::control::StoredControl;
use serde::Serialize;
use serde_json::value::RawValue;

/// Controls
#[derive(Debug, Subcommand)]
pub(crate) enum Control {
    /// List controls and groups, of one kind or of all
    List(ListControls),
    /// Show a control or a group
    Show(ShowControl),
    /// Create a control or a group, or replace it
    Put(put::PutControl),
    /// Delete a control, or a group that no control names
    Delete(DeleteControl),
    /// Show the usage of a velocity control
    Usage(usage::ShowUsage),
}

/// Which control or group.
#[derive(Debug, Args)]
struct NamedControl {
    /// velocity, authorization, mcc-group, merchant-group or exempt-mid
    #[arg(value_name = "KIND", value_parser = parse_kind)]
    kind: Kind,
    /// Its token
    #[arg(value_name = "TOKEN")]
    token: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  holdfast control list\n  holdfast control list velocity --json"
)]
pub(crate) struct ListControls {
    #[command(flatten)]
    access: StoreAccess,
    /// velocity, authorization, mcc-group, merchant-group or exempt-mid [default: all]
    #[arg(value_name = "KIND", value_parser = parse_kind)]
    kind: Option<Kind>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast control show velocity daily")]
pub(crate) struct ShowControl {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    named: NamedControl,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast control delete mcc-group fuel")]
pub(crate) struct DeleteControl {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ReasonedActorArgs,
    #[command(flatten)]
    named: NamedControl,
}

impl Control {
    pub(super) async fn run_subcommand(self) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.list_controls().await,
            Self::Show(command) => command.show_control().await,
            Self::Put(command) => command.put_control().await,
            Self::Delete(command) => command.delete_control().await,
            Self::Usage(command) => command.show_usage().await,
        }
    }
}

impl ShowControl {
    async fn show_control(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let printed = command::control(&store, self.named.kind, &self.named.token).await?;
        print_control(&self.access, &printed)
    }
}

/// What was deleted.
#[derive(Serialize)]
struct DeletedControl {
    deleted: String,
}

impl DeleteControl {
    async fn delete_control(self) -> Result<(), CliError> {
        let (store, NamedControl { kind, token }) = (self.access.open_store().await?, self.named);
        command::delete_control(&store, &self.by.actor(), (kind, &token), now()).await?;
        let what = kind.text();
        self.access
            .print_result(&DeletedControl { deleted: token }, |result| {
                format!("the {what} {} is deleted", result.deleted)
            })
    }
}

/// JSON for machines, a field in each line for people.
fn print_control(access: &StoreAccess, printed: &RawValue) -> Result<(), CliError> {
    access.print_result(&printed, |printed| {
        let fields = pairs(printed.get()).unwrap_or_default();
        let lines = fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}"));
        lines.collect::<Vec<String>>().join("\n")
    })
}

/// A control in a list of several kinds.
#[derive(Serialize)]
struct ListedControl {
    kind: &'static str,
    control: Box<RawValue>,
}

impl ListControls {
    async fn list_controls(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let kinds = self.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
        let mut listed = Vec::new();
        let headings = [
            "kind", "token", "name", "active", "what", "for", "where", "changed",
        ];
        let mut table = Table::new(&headings, &[]);
        for kind in kinds {
            for stored in store.controls_of(Some(kind.stored())).await? {
                add_control(&mut table, kind, &stored);
            }
            let printed = command::controls(&store, kind).await?;
            listed.extend(printed.into_iter().map(|control| ListedControl {
                kind: kind_word(kind),
                control,
            }));
        }
        self.access
            .print_result(&listed, |_| table.render_or("no controls"))
    }
}

fn add_control(table: &mut Table, kind: Kind, stored: &StoredControl) {
    let (token, changed) = (stored.definition.name(), moment::text(stored.changed));
    let subjects = |applies: &Applies| applies.text();
    let place = |merchants: &MerchantScope| merchants.text();
    let none = || "-".to_owned();
    let (name, active, what, applies, merchants) = match &stored.definition {
        Definition::Velocity(control) => (
            control.name.as_deref().unwrap_or("-"),
            control.active,
            render_limit(control),
            subjects(&control.applies),
            place(&control.merchants),
        ),
        Definition::Authorization(control) | Definition::Exemption(control) => (
            control.name.as_str(),
            control.active,
            none(),
            subjects(&control.applies),
            place(&control.merchants),
        ),
        Definition::MccGroup(group) => (
            group.name.as_str(),
            group.active,
            render_mccs(group),
            none(),
            none(),
        ),
        Definition::MerchantGroup(group) => {
            let count = format!("{} merchants", group.mids.len());
            (group.name.as_str(), true, count, none(), none())
        }
        Definition::Rules(..) => return,
    };
    let active = if active { "yes" } else { "no" };
    table.add_row([
        kind_word(kind),
        &token,
        name,
        active,
        &what,
        &applies,
        &merchants,
        &changed,
    ]);
}

/// `500.25 USD, 10 uses each DAY`.
fn render_limit(control: &VelocityControl) -> String {
    let amount = control.limit.amount.text(control.currency);
    let uses = control
        .limit
        .uses
        .map_or_else(String::new, |uses| format!(", {uses} uses"));
    let window = control.window.as_str();
    format!("{amount} {}{uses} each {window}", control.currency)
}

fn render_mccs(group: &MccGroup) -> String {
    let mccs: Vec<String> = group.mccs.iter().map(ToString::to_string).collect();
    mccs.join(" ")
}

/// As it is written on the command line.
fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Velocity => "velocity",
        Kind::Authorization => "authorization",
        Kind::Exemption => "exempt-mid",
        Kind::MccGroup => "mcc-group",
        Kind::MerchantGroup => "merchant-group",
    }
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    let found = Kind::ALL.into_iter().find(|kind| kind_word(*kind) == text);
    found.ok_or_else(|| format!("it must be one of {}", Kind::ALL.map(kind_word).join(", ")))
}
