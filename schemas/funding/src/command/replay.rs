//! Replaying a dead letter: its notification is normalised again and waits again, and the reconciler applies it.

use super::adjustment_event::CommandChange;
use super::audited::{Change, CommandUnit};
use super::{ATTEMPTS, Actor, CommandError, Rejection};
use crate::processor::{Processor, render_normalised};
use crate::retry::Attempts;
use holdfast_events::AdjustmentKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::Store;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::dead_letter::DeadLetter;
use holdfast_store::unit::Locked;
use serde_json::json;
use std::collections::BTreeSet;

/// Normalises a parked notification again, and makes it wait again.
///
/// # Errors
/// [`CommandError`]; [`Rejection::NotParked`] when it was replayed or applied before.
pub async fn replay(
    store: &Store,
    processor: &dyn Processor,
    actor: &Actor,
    id: uuid::Uuid,
    now: Moment,
) -> Result<DeadLetter, CommandError> {
    let event = uuid::Uuid::now_v7();
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        let is_first = attempts.is_first();
        let result = replay_once(store, processor, actor, (id, event, is_first), now).await;
        if !attempts.wait_for_another(&result).await {
            return result;
        }
    }
}

async fn replay_once(
    store: &Store,
    processor: &dyn Processor,
    actor: &Actor,
    (id, event, is_first): (uuid::Uuid, uuid::Uuid, bool),
    now: Moment,
) -> Result<DeadLetter, CommandError> {
    let known = store
        .dead_letter(id)
        .await?
        .ok_or(Rejection::UnknownDeadLetter)?;
    let key = AccountToken::parse(&known.letter.key).map_err(|_| Rejection::UnknownDeadLetter)?;
    let mut unit = CommandUnit::begin(store).await?;
    // What is stored under a card's or another token has no account, and needs no lock of one.
    unit.lock_accounts(&BTreeSet::from([key.clone()]), Locked::Wait)
        .await?;
    let mut letter = unit
        .lock_dead_letter(id)
        .await?
        .ok_or(Rejection::UnknownDeadLetter)?;
    let stored = known.family.as_deref().zip(known.raw.as_deref());
    let (family, raw) = stored.ok_or(Rejection::NotParked)?;
    let message = render_normalised(&processor.normalise(family, raw));
    if !unit.replay_notification(&letter, &message, now).await? {
        // An earlier attempt of this command, whose commit was not confirmed.
        return match letter.replayed {
            Some(at) if at == now && !is_first => Ok(letter),
            _ => Err(Rejection::NotParked.into()),
        };
    }
    let event = CommandChange {
        id: event,
        kind: AdjustmentKind::Manual,
        key: &key,
        account: None,
        hold: None,
        transaction: letter.token.clone(),
        state: letter.state.clone(),
        actor,
        reason: "dead letter replayed".to_owned(),
        reference: Some(id.to_string()),
        capture: None,
        entries: Vec::new(),
        at: now,
    };
    let change = Change {
        actor,
        action: AuditAction::Replayed,
        object: (AuditObject::DeadLetter, id.to_string()),
        account: Some(&key),
        before: Some(json!({"status": "parked"})),
        after: Some(json!({"status": "waiting"})),
        reason: None,
        at: now,
    };
    unit.commit_change(change, &[event.build()]).await?;
    letter.replayed = Some(now);
    Ok(letter)
}
