//! `/audit`: who changed what by a command.

use super::call::Call;
use super::error::ApiError;
use super::page::render_page;
use super::query::{Query, TIME, parse_parameter};
use super::response::ApiResponse;
use holdfast_events::moment;
use holdfast_funding::view::AuditView;
use holdfast_ledger::token::AccountToken;
use holdfast_store::audit::{AuditAction, AuditFilter, AuditObject, AuditRow};

const PARAMETERS: &[&str] = &[
    "account", "operator", "action", "object", "since", "limit", "cursor",
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
    let token = "a token of at most 255 characters";
    let action = "an action of the audit, as in changed";
    let object = "an object of the audit, as in account";
    Ok(AuditFilter {
        account: parse_parameter(query, "account", token, |text| {
            AccountToken::parse(text).ok()
        })?,
        operator: query.get("operator").map(str::to_owned),
        action: parse_parameter(query, "action", action, AuditAction::parse)?,
        object: parse_parameter(query, "object", object, AuditObject::parse)?,
        since: parse_parameter(query, "since", TIME, moment::parse_time_or_date)?,
        before: query.parse_cursor(|cursor| cursor.parse().ok())?,
        limit: 0,
    })
}
