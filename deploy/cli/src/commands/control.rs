//! `holdfast control`: limits, where may be spent, and groups, in Marqeta's shape.

mod put;
mod usage;

use super::access::{Access, By};
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
    List(List),
    /// Show a control or a group
    Show(Show),
    /// Create a control or a group, or replace it
    Put(put::Put),
    /// Delete a control, or a group that no control names
    Delete(Delete),
    /// Show what is used of a spending limit
    Usage(usage::Usage),
}

/// Which control or group.
#[derive(Debug, Args)]
struct Named {
    /// velocity, authorization, mcc-group, merchant-group or exempt-mid
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Kind,
    /// Its token
    #[arg(value_name = "TOKEN")]
    token: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  holdfast control list\n  holdfast control list velocity --json"
)]
pub(crate) struct List {
    #[command(flatten)]
    access: Access,
    /// velocity, authorization, mcc-group, merchant-group or exempt-mid [default: all]
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast control show velocity daily")]
pub(crate) struct Show {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    named: Named,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast control delete mcc-group fuel")]
pub(crate) struct Delete {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    named: Named,
}

impl Control {
    pub(super) async fn run(self) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.run().await,
            Self::Show(command) => command.run().await,
            Self::Put(command) => command.run().await,
            Self::Delete(command) => command.run().await,
            Self::Usage(command) => command.run().await,
        }
    }
}

impl Show {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let printed = command::control(&store, self.named.kind, &self.named.token).await?;
        show(&self.access, &printed)
    }
}

/// What was deleted.
#[derive(Serialize)]
struct Deleted {
    deleted: String,
}

impl Delete {
    async fn run(self) -> Result<(), CliError> {
        let (store, Named { kind, token }) = (self.access.open().await?, self.named);
        command::delete_control(&store, &self.by.actor(), (kind, &token), now()).await?;
        let what = kind.text();
        self.access.print(&Deleted { deleted: token }, |told| {
            format!("the {what} {} is deleted", told.deleted)
        })
    }
}

/// JSON for machines, a field in each line for people.
fn show(access: &Access, printed: &RawValue) -> Result<(), CliError> {
    access.print(&printed, |printed| {
        let fields = pairs(printed.get()).unwrap_or_default();
        let lines = fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}"));
        lines.collect::<Vec<String>>().join("\n")
    })
}

/// A control in a list of several kinds.
#[derive(Serialize)]
struct Listed {
    kind: &'static str,
    control: Box<RawValue>,
}

impl List {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let kinds = self.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
        let mut listed = Vec::new();
        let headings = [
            "kind", "token", "name", "active", "what", "for", "where", "changed",
        ];
        let mut table = Table::new(&headings, &[]);
        for kind in kinds {
            for stored in store.controls_of(Some(kind.stored())).await? {
                row(&mut table, kind, &stored);
            }
            let printed = command::controls(&store, kind).await?;
            listed.extend(printed.into_iter().map(|control| Listed {
                kind: word(kind),
                control,
            }));
        }
        self.access.print(&listed, |_| table.text("no controls"))
    }
}

fn row(table: &mut Table, kind: Kind, stored: &StoredControl) {
    let (token, changed) = (stored.definition.name(), moment::text(stored.changed));
    let whom = |applies: &Applies| applies.text();
    let place = |merchants: &MerchantScope| merchants.text();
    let none = || "-".to_owned();
    let (name, active, what, applies, merchants) = match &stored.definition {
        Definition::Velocity(control) => (
            control.name.as_deref().unwrap_or("-"),
            control.active,
            limit(control),
            whom(&control.applies),
            place(&control.merchants),
        ),
        Definition::Authorization(control) | Definition::Exemption(control) => (
            control.name.as_str(),
            control.active,
            none(),
            whom(&control.applies),
            place(&control.merchants),
        ),
        Definition::MccGroup(group) => (
            group.name.as_str(),
            group.active,
            mccs(group),
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
    table.row([
        word(kind),
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
fn limit(control: &VelocityControl) -> String {
    let amount = control.limit.amount.text(control.currency);
    let uses = control
        .limit
        .uses
        .map_or_else(String::new, |uses| format!(", {uses} uses"));
    let window = control.window.as_str();
    format!("{amount} {}{uses} each {window}", control.currency)
}

fn mccs(group: &MccGroup) -> String {
    let mccs: Vec<String> = group.mccs.iter().map(ToString::to_string).collect();
    mccs.join(" ")
}

/// As it is written on the command line.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Velocity => "velocity",
        Kind::Authorization => "authorization",
        Kind::Exemption => "exempt-mid",
        Kind::MccGroup => "mcc-group",
        Kind::MerchantGroup => "merchant-group",
    }
}

fn kind(text: &str) -> Result<Kind, String> {
    let found = Kind::ALL.into_iter().find(|kind| word(*kind) == text);
    found.ok_or_else(|| format!("it must be one of {}", Kind::ALL.map(word).join(", ")))
}
