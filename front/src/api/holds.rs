//! `/accounts/{token}/holds` and `/holds/{id}/release`.

use super::accounts::known;
use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::page::{Query, cut};
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::command::{self, Actor, Rejection};
use holdfast_funding::view::HoldView;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::hold::HoldFilter;
use http::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    holds: Vec<HoldView>,
    cursor: Option<String>,
}

pub(super) async fn of_account(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let (token, store) = (token.token(AccountToken::parse)?, &call.context.store);
    let query = call.query.only(&["state", "limit", "cursor"])?;
    let limit = query.limit()?;
    let filter = HoldFilter {
        is_open: state(query)?,
        before: query.cursor(|cursor| HoldId::parse(cursor).ok())?,
        limit: limit.saturating_add(1),
    };
    known(store, &token).await?;
    let holds = store.holds(&token, &filter).await?;
    let (holds, cursor) = cut(holds, limit, |hold: &Hold| hold.id.as_str().to_owned());
    Reply::ok(&Page {
        holds: holds.iter().filter_map(HoldView::of).collect(),
        cursor,
    })
}

fn state(query: &Query) -> Result<Option<bool>, ApiError> {
    match query.get("state") {
        None => Ok(None),
        Some("open") => Ok(Some(true)),
        Some("closed") => Ok(Some(false)),
        Some(_) => {
            let message = "state must be open or closed";
            Err(ApiError::bad("invalid_parameter", message, Some("state")))
        }
    }
}

pub(super) async fn release(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    let body = call.body().await?;
    let reason = Fields::read(&body, &["reason"])?.required("reason")?;
    let id = HoldId::parse(id.as_str())
        .map_err(|_| command::CommandError::Rejected(Rejection::UnknownHold))?;
    let released = command::release(&context.store, &actor, (&id, &reason), context.now()).await?;
    Reply::ok(&HoldView::of(&released.hold))
}
