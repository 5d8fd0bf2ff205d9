//! `/holds/unmatched`, `/holds/{id}/match` and `/holds/{id}/unmatch`.

use super::accounts::find_account;
use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::holds::parse_hold_id;
use super::page::render_page;
use super::response::ApiResponse;
use holdfast_funding::command;
use holdfast_funding::unmatched::{self, UnmatchedCapture, UnmatchedFilter};
use holdfast_funding::view::{HoldView, UnmatchedView};
use holdfast_ledger::token::{AccountToken, HoldId};

pub(super) async fn list_unmatched(call: Call) -> Result<ApiResponse, ApiError> {
    let (store, now) = (&call.context.store, call.context.now());
    let query = call.query.check_names(&["account", "limit", "cursor"])?;
    let limit = query.parse_limit()?;
    let filter = UnmatchedFilter {
        account: query.get("account").map(parse_account).transpose()?,
        before: query.parse_cursor(|cursor| HoldId::parse(cursor).ok())?,
        limit: limit.saturating_add(1),
    };
    if let Some(account) = &filter.account {
        find_account(store, account).await?;
    }
    let found = unmatched::list(store, &filter, now).await?;
    let name = |found: &UnmatchedCapture| found.hold.id.as_str().to_owned();
    render_page(("holds", limit), found, name, |found| {
        UnmatchedView::of(&found)
    })
}

fn parse_account(text: &str) -> Result<AccountToken, ApiError> {
    AccountToken::parse(text).map_err(|error| {
        let message = format!("account {error}");
        ApiError::bad_request("invalid_parameter", &message, Some("account"))
    })
}

pub(super) async fn match_hold(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let fields = Fields::read(&body, &["capture", "reason"])?;
    let capture = fields.require_token("capture", HoldId::parse)?;
    let reason = fields.require_text("reason")?;
    let holds = (&parse_hold_id(id)?, &capture);
    let done =
        command::match_by_hand(&context.store, &actor, holds, &reason, context.now()).await?;
    ApiResponse::ok(&HoldView::of(&done.purchase))
}

pub(super) async fn unmatch_hold(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let reason = Fields::read(&body, &["reason"])?.require_text("reason")?;
    let what = (&parse_hold_id(id)?, reason.as_str());
    let done = command::unmatch(&context.store, &actor, what, context.now()).await?;
    ApiResponse::ok(&HoldView::of(&done.purchase))
}
