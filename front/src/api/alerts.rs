//! `/alerts`: what needs review, and acknowledging that it was reviewed.

use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::page::render_page;
use super::query::{Query, TIME, parse_parameter};
use super::response::ApiResponse;
use holdfast_events::moment;
use holdfast_funding::command::{self, AcknowledgeError};
use holdfast_funding::view::AlertView;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::alert::{Alert, AlertFilter};

const PARAMETERS: &[&str] = &[
    "kind",
    "account",
    "transaction",
    "since",
    "acknowledged",
    "limit",
    "cursor",
];

pub(super) async fn list_alerts(call: Call) -> Result<ApiResponse, ApiError> {
    let query = call.query.check_names(PARAMETERS)?;
    let limit = query.parse_limit()?;
    let filter = AlertFilter {
        limit: limit.saturating_add(1),
        ..parse_filter(query)?
    };
    let alerts = call.context.store.alerts(&filter).await?;
    let cursor = |alert: &Alert| alert.id;
    render_page(("alerts", limit), alerts, cursor, |alert| {
        Some(AlertView::from(alert))
    })
}

fn parse_filter(query: &Query) -> Result<AlertFilter, ApiError> {
    let known = "one of the kinds of schemas/alerts.md, as in unknown_type";
    let token = "a token of at most 255 characters";
    Ok(AlertFilter {
        kind: parse_parameter(query, "kind", known, AlertKind::parse)?,
        account: parse_parameter(query, "account", token, |text| {
            AccountToken::parse(text).ok()
        })?,
        transaction: parse_parameter(query, "transaction", token, |text| {
            TransactionToken::parse(text).ok()
        })?,
        since: parse_parameter(query, "since", TIME, moment::parse_time_or_date)?,
        with_acknowledged: parse_parameter(
            query,
            "acknowledged",
            "open or all",
            |text| match text {
                "open" => Some(false),
                "all" => Some(true),
                _ => None,
            },
        )?
        .unwrap_or(false),
        before: query.parse_cursor(|cursor| cursor.parse().ok())?,
        limit: 0,
    })
}

pub(super) async fn show_alert(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let alert = call.context.store.alert(parse_id(id)?).await?;
    let alert = alert.ok_or(AcknowledgeError::Unknown)?;
    ApiResponse::ok(&AlertView::from(alert))
}

pub(super) async fn acknowledge_alert(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let note = Fields::read(&body, &["note"])?.require_text("note")?;
    let which = (parse_id(id)?, note.as_str());
    let now = context.now();
    let alert = command::acknowledge_alert(&context.store, &actor, which, now).await?;
    ApiResponse::ok(&AlertView::from(alert))
}

fn parse_id(id: &str) -> Result<uuid::Uuid, ApiError> {
    let unknown = |_| AcknowledgeError::Unknown.into();
    id.parse().map_err(unknown)
}
