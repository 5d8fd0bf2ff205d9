//! `/alerts`: what needs review, and acknowledging that it was reviewed.

use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::page::{Query, cut};
use super::reply::Reply;
use super::segment::Segment;
use holdfast_events::moment;
use holdfast_funding::command::{AcknowledgeError, Actor, acknowledge_alert};
use holdfast_funding::view::AlertView;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::alert::{Alert, AlertFilter};
use http::Method;
use serde::Serialize;

const PARAMETERS: &[&str] = &[
    "kind",
    "account",
    "transaction",
    "since",
    "acknowledged",
    "limit",
    "cursor",
];

#[derive(Serialize)]
struct Page {
    alerts: Vec<AlertView>,
    cursor: Option<uuid::Uuid>,
}

pub(super) async fn alerts(call: Call) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let query = call.query.only(PARAMETERS)?;
    let limit = query.limit()?;
    let filter = AlertFilter {
        limit: limit.saturating_add(1),
        ..parse_filter(query)?
    };
    let alerts = call.context.store.alerts(&filter).await?;
    let (alerts, cursor) = cut(alerts, limit, |alert: &Alert| alert.id);
    Reply::ok(&Page {
        alerts: alerts.into_iter().map(AlertView::from).collect(),
        cursor,
    })
}

fn parse_filter(query: &Query) -> Result<AlertFilter, ApiError> {
    let known = "one of the kinds of schemas/alerts.md, as in unknown_type";
    let time = "a date or a time, as in 2026-11-30 or 2026-11-30T08:00:00Z";
    let token = "a token of at most 255 characters";
    Ok(AlertFilter {
        kind: parse_parameter(query, "kind", known, AlertKind::parse)?,
        account: parse_parameter(query, "account", token, |text| {
            AccountToken::parse(text).ok()
        })?,
        transaction: parse_parameter(query, "transaction", token, |text| {
            TransactionToken::parse(text).ok()
        })?,
        since: parse_parameter(query, "since", time, moment::parse_time_or_date)?,
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
        before: query.cursor(|cursor| cursor.parse().ok())?,
        limit: 0,
    })
}

/// Reads a parameter, if it is there; what it must be is said when it is not.
fn parse_parameter<T>(
    query: &Query,
    name: &str,
    must_be: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    let Some(text) = query.get(name) else {
        return Ok(None);
    };
    parse(text).map(Some).ok_or_else(|| {
        let message = format!("{name} must be {must_be}");
        ApiError::bad("invalid_parameter", &message, Some(name))
    })
}

pub(super) async fn alert(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let alert = call.context.store.alert(parse_id(&id)?).await?;
    let alert = alert.ok_or(AcknowledgeError::Unknown)?;
    Reply::ok(&AlertView::from(alert))
}

pub(super) async fn acknowledge(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    let body = call.body().await?;
    let note = Fields::read(&body, &["note"])?.required("note")?;
    let which = (parse_id(&id)?, note.as_str());
    let alert = acknowledge_alert(&context.store, &actor, which, context.now()).await?;
    Reply::ok(&AlertView::from(alert))
}

fn parse_id(id: &Segment) -> Result<uuid::Uuid, ApiError> {
    let unknown = |_| AcknowledgeError::Unknown.into();
    id.as_str().parse().map_err(unknown)
}
