//! `/holds/unmatched`, `/holds/{id}/match` and `/holds/{id}/unmatch`.

use super::accounts::known;
use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::page::cut;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::command::{self, Actor, CommandError, Rejection};
use holdfast_funding::unmatched::{self, UnmatchedCapture, UnmatchedFilter};
use holdfast_funding::view::{HoldView, UnmatchedView};
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_runtime::settings::OperatorRole;
use http::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    holds: Vec<UnmatchedView>,
    cursor: Option<String>,
}

pub(super) async fn unmatched(call: Call) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let (store, now) = (&call.context.store, call.context.now());
    let query = call.query.only(&["account", "limit", "cursor"])?;
    let limit = query.limit()?;
    let filter = UnmatchedFilter {
        account: query.get("account").map(account).transpose()?,
        before: query.cursor(|cursor| HoldId::parse(cursor).ok())?,
        limit: limit.saturating_add(1),
    };
    if let Some(account) = &filter.account {
        known(store, account).await?;
    }
    let found = unmatched::list(store, &filter, now).await?;
    let name = |found: &UnmatchedCapture| found.hold.id.as_str().to_owned();
    let (found, cursor) = cut(found, limit, name);
    Reply::ok(&Page {
        holds: found.iter().filter_map(UnmatchedView::of).collect(),
        cursor,
    })
}

fn account(text: &str) -> Result<AccountToken, ApiError> {
    AccountToken::parse(text).map_err(|error| {
        let message = format!("account {error}");
        ApiError::bad("invalid_parameter", &message, Some("account"))
    })
}

pub(super) async fn match_by_hand(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    let body = call.body().await?;
    let fields = Fields::read(&body, &["capture", "reason"])?;
    let capture = fields.token("capture", HoldId::parse)?;
    let reason = fields.required("reason")?;
    let holds = (&named(&id)?, &capture);
    let done =
        command::match_by_hand(&context.store, &actor, holds, &reason, context.now()).await?;
    Reply::ok(&HoldView::of(&done.purchase))
}

pub(super) async fn unmatch(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    let body = call.body().await?;
    let reason = Fields::read(&body, &["reason"])?.required("reason")?;
    let what = (&named(&id)?, reason.as_str());
    let done = command::unmatch(&context.store, &actor, what, context.now()).await?;
    Reply::ok(&HoldView::of(&done.purchase))
}

fn named(id: &Segment) -> Result<HoldId, ApiError> {
    let unknown = |_| CommandError::Rejected(Rejection::UnknownHold).into();
    HoldId::parse(id.as_str()).map_err(unknown)
}
