//! `/accounts/{token}/entries`.

use super::accounts::known;
use super::call::Call;
use super::error::ApiError;
use super::page::cut;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::view::EntryView;
use holdfast_ledger::token::AccountToken;
use holdfast_store::entry::{EntryPlace, StoredEntry};
use http::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    entries: Vec<EntryView>,
    cursor: Option<String>,
}

pub(super) async fn entries(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let (token, store) = (token.token(AccountToken::parse)?, &call.context.store);
    let query = call.query.only(&["limit", "cursor"])?;
    let (limit, before) = (query.limit()?, query.cursor(place)?);
    known(store, &token).await?;
    let lines = store
        .entries(&token, before, limit.saturating_add(1))
        .await?;
    let (lines, cursor) = cut(lines, limit, written);
    Reply::ok(&Page {
        entries: lines.iter().map(EntryView::from).collect(),
        cursor,
    })
}

/// A cursor is the place of the last line that was shown: `position.line`.
fn place(cursor: &str) -> Option<EntryPlace> {
    let (position, line) = cursor.split_once('.')?;
    Some(EntryPlace {
        position: position.parse().ok()?,
        line: line.parse().ok()?,
    })
}

fn written(entry: &StoredEntry) -> String {
    format!("{}.{}", entry.place.position, entry.place.line)
}
