//! `/decisions` and `/transactions`: what was decided and notified, by account, card, merchant, amount and time.

use super::call::Call;
use super::error::ApiError;
use super::page::render_page;
use super::query::Query;
use super::response::ApiResponse;
use holdfast_funding::view::{FoundDecisionView, FoundTransactionView};
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_store::decision::StoredOutcome;
use holdfast_store::notification::NotificationStatus;
use holdfast_store::search::{
    DecisionFilter, FoundDecision, FoundNotification, NotificationFilter, SearchFilter,
};

/// The parameters that both lists have.
const PARAMETERS: [&str; 9] = [
    "account",
    "card",
    "merchant",
    "amount_min",
    "amount_max",
    "since",
    "until",
    "limit",
    "cursor",
];
/// How far a list goes back that names neither an account nor a time: without an account every row of the time is
/// read.
const USUAL_MILLIS: i64 = 24 * 60 * 60 * 1_000;

pub(super) async fn list_decisions(call: Call) -> Result<ApiResponse, ApiError> {
    let query = check_names(&call.query, &["outcome", "reason"])?;
    let limit = query.parse_limit()?;
    let outcomes = [
        ("approved", StoredOutcome::Approved),
        ("declined", StoredOutcome::Declined),
        ("out_of_time", StoredOutcome::OutOfTime),
    ];
    let filter = DecisionFilter {
        search: parse_search(query, call.context.now(), limit)?,
        outcome: query.parse_word("outcome", &outcomes)?,
        reason: query.get("reason").map(str::to_owned),
        before: query.get("cursor").map(str::to_owned),
    };
    let decisions = call.context.store.search_decisions(&filter).await?;
    let cursor = |decision: &FoundDecision| decision.id.clone();
    render_page(("decisions", limit), decisions, cursor, |decision| {
        Some(FoundDecisionView::from(decision))
    })
}

pub(super) async fn list_transactions(call: Call) -> Result<ApiResponse, ApiError> {
    let query = check_names(&call.query, &["type", "status"])?;
    let limit = query.parse_limit()?;
    let statuses = [
        ("waiting", NotificationStatus::Waiting),
        ("applied", NotificationStatus::Applied),
        ("parked", NotificationStatus::Parked),
    ];
    let filter = NotificationFilter {
        search: parse_search(query, call.context.now(), limit)?,
        transaction_type: query.get("type").map(str::to_owned),
        status: query.parse_word("status", &statuses)?,
        before: query.parse_cursor(|cursor| cursor.parse().ok())?,
    };
    let notifications = call.context.store.search_notifications(&filter).await?;
    let cursor = |notification: &FoundNotification| notification.event;
    render_page(
        ("transactions", limit),
        notifications,
        cursor,
        |notification| Some(FoundTransactionView::from(notification)),
    )
}

fn check_names<'a>(query: &'a Query, own: &[&str]) -> Result<&'a Query, ApiError> {
    let known: Vec<&str> = PARAMETERS.iter().chain(own).copied().collect();
    query.check_names(&known)
}

fn parse_search(query: &Query, now: Moment, limit: u32) -> Result<SearchFilter, ApiError> {
    let account = query.parse_token("account", AccountToken::parse)?;
    let until = query.parse_time("until")?;
    let since = query.parse_time("since")?;
    let usual = || Moment(until.unwrap_or(now).0.saturating_sub(USUAL_MILLIS));
    Ok(SearchFilter {
        card: query.parse_token("card", CardToken::parse)?,
        merchant: query.get("merchant").map(str::to_owned),
        amount_min: parse_amount(query, "amount_min")?,
        amount_max: parse_amount(query, "amount_max")?,
        since: since.or_else(|| account.is_none().then(usual)),
        until,
        limit: limit.saturating_add(1),
        account,
    })
}

fn parse_amount(query: &Query, name: &str) -> Result<Option<Amount>, ApiError> {
    query.parse_parameter(name, "an amount, as in 42.10", |text| {
        Amount::parse(text).ok()
    })
}
