//! `/audit`: who changed what by a command.

use super::call::Call;
use super::error::ApiError;
use super::page::render_page;
use super::query::Query;
use super::response::ApiResponse;
use holdfast_funding::view::AuditView;
use holdfast_ledger::token::AccountToken;
use holdfast_store::audit::{AuditAction, AuditFilter, AuditObject, AuditRow};

const PARAMETERS: &[&str] = &[
    "account", "operator", "action", "kind", "since", "limit", "cursor",
];

pub(super) async fn list_audit(call: Call) -> Result<ApiResponse, ApiError> {
    let query = call.query.check_names(PARAMETERS)?;
    let limit = query.parse_limit()?;
    let filter = AuditFilter {
        limit: limit.saturating_add(1),
        ..parse_filter(query)?
    };
    let rows = call.context.store.audit(&filter).await?;
    let cursor = |row: &AuditRow| row.id;
    render_page(("audit", limit), rows, cursor, |row| {
        Some(AuditView::from(row))
    })
}

fn parse_filter(query: &Query) -> Result<AuditFilter, ApiError> {
    let action = "an action of the audit, as in changed";
    let kind = "a kind of object, as in account";
    Ok(AuditFilter {
        account: query.parse_token("account", AccountToken::parse)?,
        operator: query.get("operator").map(str::to_owned),
        action: query.parse_parameter("action", action, AuditAction::parse)?,
        object: query.parse_parameter("kind", kind, AuditObject::parse)?,
        since: query.parse_time("since")?,
        before: query.parse_cursor(|cursor| cursor.parse().ok())?,
        limit: 0,
    })
}
