//! Registering cards and changing their states.

use super::Actor;
use super::audited::{Change, CommandUnit};
use crate::program_change::describe_card;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::card::{CardChange, CardPut, CardState};
use holdfast_store::{Store, StoreError};

/// Registers a card to an account, or changes the operator's state of it. The same again changes nothing, nor
/// does a card of another account or an account that does not exist.
///
/// # Errors
/// [`StoreError`].
pub async fn put_card(
    store: &Store,
    actor: &Actor,
    (card, account): (&CardToken, &AccountToken),
    state: Option<CardState>,
    now: Moment,
) -> Result<CardPut, StoreError> {
    let mut unit = CommandUnit::begin(store).await?;
    let put = unit.put_card(card, account, state).await?;
    let (action, done) = match put.change {
        CardChange::Created => (AuditAction::Created, "registered"),
        CardChange::Changed if put.before != put.after => (AuditAction::Changed, "changed"),
        CardChange::Changed | CardChange::OfAnother | CardChange::UnknownAccount => return Ok(put),
    };
    let registered = put.before.as_ref().filter(|row| row.is_registered());
    let change = Change {
        actor,
        action,
        object: (AuditObject::Card, card.as_str().to_owned()),
        account: Some(account),
        before: registered.map(describe_card),
        after: put.after.as_ref().map(describe_card),
        reason: None,
        at: now,
    };
    unit.commit_change(change, &[]).await?;
    tracing::info!(
        actor = %actor.name, card.token = %card, account.token = %account,
        "{} {done} card {card}", actor.name,
    );
    Ok(put)
}
