//! `/dead-letters`.

use super::call::Call;
use super::error::ApiError;
use super::page::render_page;
use super::query::Query;
use super::response::ApiResponse;
use holdfast_funding::command::{self, CommandError, Rejection};
use holdfast_funding::view::{DeadLetterDetailView, DeadLetterView};
use holdfast_store::dead_letter::DeadLetter;

pub(super) async fn list_dead_letters(call: Call) -> Result<ApiResponse, ApiError> {
    let query = call.query.check_names(&["state", "limit", "cursor"])?;
    let (limit, before) = (
        query.parse_limit()?,
        query.parse_cursor(|cursor| cursor.parse().ok())?,
    );
    let (store, open_only) = (&call.context.store, is_open_only(query)?);
    let letters = store
        .dead_letters(open_only, before, limit.saturating_add(1))
        .await?;
    let cursor = |letter: &DeadLetter| letter.id;
    render_page(("dead_letters", limit), letters, cursor, |letter| {
        Some(DeadLetterView::from(letter))
    })
}

/// Only those that still wait, unless `state` asks for all.
fn is_open_only(query: &Query) -> Result<bool, ApiError> {
    match query.get("state") {
        None | Some("open") => Ok(true),
        Some("all") => Ok(false),
        Some(_) => {
            let message = "state must be open or all";
            Err(ApiError::bad_request(
                "invalid_parameter",
                message,
                Some("state"),
            ))
        }
    }
}

pub(super) async fn show_dead_letter(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let letter = call.context.store.dead_letter(parse_id(id)?).await?;
    let letter = letter.ok_or(CommandError::Rejected(Rejection::UnknownDeadLetter))?;
    ApiResponse::ok(&DeadLetterDetailView::from(letter))
}

pub(super) async fn replay_dead_letter(call: Call, id: &str) -> Result<ApiResponse, ApiError> {
    let (actor, context) = (call.actor()?, call.context);
    let letter = command::replay(
        &context.store,
        &*context.processor,
        &actor,
        parse_id(id)?,
        context.now(),
    )
    .await?;
    ApiResponse::ok(&DeadLetterView::from(letter))
}

fn parse_id(id: &str) -> Result<uuid::Uuid, ApiError> {
    let unknown = |_| CommandError::Rejected(Rejection::UnknownDeadLetter).into();
    id.parse().map_err(unknown)
}
