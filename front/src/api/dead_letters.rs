//! `/dead-letters`.

use super::call::Call;
use super::error::ApiError;
use super::page::{Query, cut};
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::command::{self, Actor, CommandError, Rejection};
use holdfast_funding::view::{DeadLetterDetailView, DeadLetterView};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::dead_letter::DeadLetter;
use http::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    dead_letters: Vec<DeadLetterView>,
    cursor: Option<uuid::Uuid>,
}

pub(super) async fn all(call: Call) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let query = call.query.only(&["state", "limit", "cursor"])?;
    let (limit, before) = (query.limit()?, query.cursor(|cursor| cursor.parse().ok())?);
    let (store, open_only) = (&call.context.store, open_only(query)?);
    let letters = store
        .dead_letters(open_only, before, limit.saturating_add(1))
        .await?;
    let (letters, cursor) = cut(letters, limit, |letter: &DeadLetter| letter.id);
    let dead_letters = letters.into_iter().map(DeadLetterView::from).collect();
    Reply::ok(&Page {
        dead_letters,
        cursor,
    })
}

/// Those that still wait for somebody, unless all are asked for.
fn open_only(query: &Query) -> Result<bool, ApiError> {
    match query.get("state") {
        None | Some("open") => Ok(true),
        Some("all") => Ok(false),
        Some(_) => {
            let message = "state must be open or all";
            Err(ApiError::bad("invalid_parameter", message, Some("state")))
        }
    }
}

pub(super) async fn one(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let letter = call.context.store.dead_letter(named(&id)?).await?;
    let letter = letter.ok_or(CommandError::Rejected(Rejection::UnknownDeadLetter))?;
    Reply::ok(&DeadLetterDetailView::from(letter))
}

pub(super) async fn replay(call: Call, id: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    let (context, actor) = (call.context, Actor(call.operator.name));
    let letter = command::replay(&context.store, &actor, named(&id)?, context.now()).await?;
    Reply::ok(&DeadLetterView::from(letter))
}

fn named(id: &Segment) -> Result<uuid::Uuid, ApiError> {
    let unknown = |_| CommandError::Rejected(Rejection::UnknownDeadLetter).into();
    id.as_str().parse().map_err(unknown)
}
