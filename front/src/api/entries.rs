//! `/accounts/{token}/entries`.

use super::accounts::find_account;
use super::call::Call;
use super::error::ApiError;
use super::page::render_page;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_funding::view::EntryView;
use holdfast_ledger::token::AccountToken;
use holdfast_store::entry::{EntryPlace, StoredEntry};

pub(super) async fn list_entries(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    let (token, store) = (
        parse_token(token, AccountToken::parse)?,
        &call.context.store,
    );
    let query = call.query.check_names(&["limit", "cursor"])?;
    let (limit, before) = (query.parse_limit()?, query.parse_cursor(parse_place)?);
    find_account(store, &token).await?;
    let lines = store
        .entries(&token, before, limit.saturating_add(1))
        .await?;
    render_page(("entries", limit), lines, render_place, |line| {
        Some(EntryView::from(&line))
    })
}

/// A cursor is the place of the last line that was shown: `position.line`.
fn parse_place(cursor: &str) -> Option<EntryPlace> {
    let (position, line) = cursor.split_once('.')?;
    Some(EntryPlace {
        position: position.parse().ok()?,
        line: line.parse().ok()?,
    })
}

fn render_place(entry: &StoredEntry) -> String {
    format!("{}.{}", entry.place.position, entry.place.line)
}
