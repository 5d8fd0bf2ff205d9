//! `/accounts/{token}/holds` and `/holds/{id}/release`.

use super::accounts::find_account;
use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::page::render_page;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_funding::command::{self, CommandError, Rejection};
use holdfast_funding::view::HoldView;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::hold::HoldFilter;

pub(super) async fn list_holds(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    let (token, store) = (
        parse_token(token, AccountToken::parse)?,
        &call.context.store,
    );
    let query = call.query.check_names(&["state", "limit", "cursor"])?;
    let limit = query.parse_limit()?;
    let filter = HoldFilter {
        is_open: query.parse_word("state", &[("open", true), ("closed", false)])?,
        before: query.parse_cursor(|cursor| HoldId::parse(cursor).ok())?,
        limit: limit.saturating_add(1),
    };
    find_account(store, &token).await?;
    let holds = store.holds(&token, &filter).await?;
    let cursor = |hold: &Hold| hold.id.as_str().to_owned();
    render_page(("holds", limit), holds, cursor, |hold| HoldView::of(&hold))
}

pub(super) async fn release_hold(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let reason = Fields::read(&body, &["reason"])?.require_text("reason")?;
    let id = parse_hold_id(id)?;
    let released = command::release(&context.store, &actor, (&id, &reason), context.now()).await?;
    ApiResponse::ok(&HoldView::of(&released.hold))
}

/// Reads the id of a hold in a path; text that is none names no hold.
pub(super) fn parse_hold_id(id: &str) -> Result<HoldId, ApiError> {
    let unknown = |_| CommandError::Rejected(Rejection::UnknownHold).into();
    HoldId::parse(id).map_err(unknown)
}
