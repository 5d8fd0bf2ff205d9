//! `holdfast audit`: who changed what by a command.

use super::access::StoreAccess;
use super::error::CliError;
use crate::values;
use clap::Args;
use holdfast_funding::view::AuditView;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::audit::{AuditAction, AuditFilter, AuditObject};
use std::fmt::Write;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  holdfast audit --account alice
  holdfast audit --operator olga --action released --since 2026-11-30
  holdfast audit --kind settings --json")]
pub(crate) struct ListAudit {
    #[command(flatten)]
    access: StoreAccess,
    /// Only about this account
    #[arg(long, value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: Option<AccountToken>,
    /// Only by the operator of this name
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    /// Only this action, as in created, changed, deleted, transferred, released
    #[arg(long, value_name = "ACTION", value_parser = parse_action)]
    action: Option<AuditAction>,
    /// Only this kind of object, as in account, card, velocity_control, rules, settings
    #[arg(long = "kind", value_name = "KIND", value_parser = parse_object)]
    object: Option<AuditObject>,
    /// Only changes at this date or time (UTC) or later
    #[arg(long, value_name = "TIME", value_parser = values::parse_time_or_date)]
    since: Option<Moment>,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Continue after this row, the last one of the previous list
    #[arg(long, value_name = "ID")]
    after: Option<uuid::Uuid>,
}

impl ListAudit {
    pub(super) async fn list_audit(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let filter = AuditFilter {
            account: self.account,
            operator: self.operator,
            action: self.action,
            object: self.object,
            since: self.since,
            before: self.after,
            limit: self.limit,
        };
        let rows = store.audit(&filter).await?;
        let views: Vec<AuditView> = rows.into_iter().map(AuditView::from).collect();
        self.access.print_result(&views, |views| render_list(views))
    }
}

fn parse_action(text: &str) -> Result<AuditAction, String> {
    let words = AuditAction::ALL.iter().map(|one| one.as_str());
    AuditAction::parse(text).ok_or_else(|| one_of(words.collect()))
}

fn parse_object(text: &str) -> Result<AuditObject, String> {
    let words = AuditObject::ALL.iter().map(|one| one.as_str());
    AuditObject::parse(text).ok_or_else(|| one_of(words.collect()))
}

fn one_of(words: Vec<&str>) -> String {
    format!("it must be one of {}", words.join(", "))
}

fn render_list(rows: &[AuditView]) -> String {
    if rows.is_empty() {
        return "no changes".to_owned();
    }
    rows.iter().map(render_row).collect::<Vec<_>>().join("\n")
}

/// A sentence of who did what, and a line for each thing that is known of it.
fn render_row(row: &AuditView) -> String {
    let (action, object, name) = (&row.action, &row.object, &row.name);
    let mut text = format!("{}  {}: {object} {name} {action}", row.at, row.operator);
    let from = row.address.as_ref();
    let from = from.map_or_else(String::new, |address| format!(" from {address}"));
    let known = [
        ("by", Some(format!("{}{from}", row.role))),
        ("before", row.before.as_ref().map(ToString::to_string)),
        ("after", row.after.as_ref().map(ToString::to_string)),
        ("reason", row.reason.clone()),
    ];
    for (heading, value) in known {
        if let Some(value) = value {
            // Writing to a text cannot fail.
            let _ = write!(text, "\n    {heading:<7}{value}");
        }
    }
    text
}
