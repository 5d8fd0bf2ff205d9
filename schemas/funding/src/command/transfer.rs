//! Transfers, adjustments and write-offs: money between the customer and the program, once per reference.

use super::adjustment_event::CommandChange;
use super::audited::{Change, CommandUnit};
use super::{ATTEMPTS, Actor, CommandError, Rejection};
use crate::retry::Attempts;
use holdfast_events::AdjustmentKind;
use holdfast_ledger::book::Account;
use holdfast_ledger::entry::{self, Entry, Layer, Side};
use holdfast_ledger::money::Signed;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, Reference};
use holdfast_store::Store;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::journal::Event;
use holdfast_store::transfer::{Transfer, TransferContent, TransferKind};
use holdfast_store::unit::{Locked, Wanted};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A transfer that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transferred {
    /// What was done.
    pub transfer: Transfer,
    /// Was it done now, or before?
    pub is_new: bool,
}

/// An order for [`transfer`], with an event of its own. Made once per request, however often it is tried.
#[must_use]
pub fn order(reference: Reference, content: TransferContent, now: Moment) -> Transfer {
    Transfer {
        reference,
        content,
        event: uuid::Uuid::now_v7(),
        made: now,
        opened_currency: false,
    }
}

/// Moves money, unless the reference was used before: the same again changes nothing, another content
/// is refused.
///
/// # Errors
/// [`CommandError`].
pub async fn transfer(
    store: &Store,
    actor: &Actor,
    account: &AccountToken,
    transfer: &Transfer,
) -> Result<Transferred, CommandError> {
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        let result = transfer_once(store, actor, account, transfer).await;
        if !attempts.wait_for_another(&result).await {
            return result;
        }
    }
}

async fn transfer_once(
    store: &Store,
    actor: &Actor,
    account: &AccountToken,
    wanted: &Transfer,
) -> Result<Transferred, CommandError> {
    let only = BTreeSet::from([account.clone()]);
    let mut unit = CommandUnit::begin(store).await?;
    if unit.lock_accounts(&only, Locked::Wait).await?.is_empty() {
        return Err(Rejection::UnknownAccount.into());
    }
    if let Some(known) = unit.transfer(account, &wanted.reference).await? {
        return repeat_transfer(known, wanted);
    }
    let mut known = unit
        .read_known(&Wanted {
            accounts: only,
            ..Wanted::default()
        })
        .await?;
    let mut book = known
        .accounts
        .remove(account)
        .ok_or(Rejection::UnknownAccount)?;
    let transfer = Transfer {
        opened_currency: !book.balances.contains_key(&wanted.content.currency),
        ..wanted.clone()
    };
    let before = describe_balance(&book, wanted)?;
    let entries = move_money(&mut book, &transfer)?;
    let event = build_event(actor, &book, &transfer, entries);
    unit.write_books([&book]).await?;
    unit.write_transfer(account, &transfer).await?;
    let change = Change {
        actor,
        action: action_of(wanted.content.kind),
        object: (AuditObject::Account, account.as_str().to_owned()),
        account: Some(account),
        before: Some(before),
        after: Some(describe_balance(&book, &transfer)?),
        reason: wanted.content.note.as_deref(),
        at: wanted.made,
    };
    unit.commit_change(change, &[event]).await?;
    Ok(Transferred {
        transfer,
        is_new: true,
    })
}

/// The event tells whether it was this very act, whose commit had no response.
fn repeat_transfer(known: Transfer, wanted: &Transfer) -> Result<Transferred, CommandError> {
    if known.content != wanted.content {
        return Err(Rejection::OtherContent.into());
    }
    let is_new = known.event == wanted.event;
    Ok(Transferred {
        transfer: known,
        is_new,
    })
}

/// Posts the money in memory, if the account allows it.
fn move_money(book: &mut Account, wanted: &Transfer) -> Result<Vec<Entry>, CommandError> {
    let content = &wanted.content;
    let side = match content.kind {
        TransferKind::Transfer | TransferKind::Adjustment => Side::ProgramFunding,
        TransferKind::WriteOff => Side::Losses,
    };
    let entries = entry::entry_pair(side, Layer::Settled, content.currency, content.amount);
    book.post_entries(&entries)?;
    let after = book.balance(content.currency);
    let takes = content.amount < Signed::ZERO;
    match content.kind {
        TransferKind::Transfer if takes && after.available()? < Signed::ZERO => {
            Err(Rejection::InsufficientFunds.into())
        }
        // What is held is not owed yet, so only what is posted counts.
        TransferKind::WriteOff if after.posted > Signed::ZERO => Err(Rejection::NothingOwed.into()),
        _ => Ok(entries),
    }
}

/// The balance that a transfer moves, and its reference.
fn describe_balance(book: &Account, wanted: &Transfer) -> Result<Value, CommandError> {
    let currency = wanted.content.currency;
    let balance = book.balance(currency);
    let (posted, available) = (balance.posted, balance.available()?);
    Ok(
        json!({"reference": wanted.reference, "currency": currency.code(),
        "posted": posted.text(currency), "available": available.text(currency)}),
    )
}

fn action_of(kind: TransferKind) -> AuditAction {
    match kind {
        TransferKind::Transfer => AuditAction::Transferred,
        TransferKind::Adjustment => AuditAction::Adjusted,
        TransferKind::WriteOff => AuditAction::WrittenOff,
    }
}

fn build_event(actor: &Actor, book: &Account, wanted: &Transfer, entries: Vec<Entry>) -> Event {
    let note = wanted.content.note.clone();
    let (kind, unsaid) = match wanted.content.kind {
        TransferKind::Transfer => (AdjustmentKind::Transferred, "transfer"),
        TransferKind::Adjustment => (AdjustmentKind::Manual, "adjustment"),
        TransferKind::WriteOff => (AdjustmentKind::WrittenOff, "write-off"),
    };
    let event = CommandChange {
        id: wanted.event,
        kind,
        key: &book.token,
        account: Some(book),
        hold: None,
        transaction: None,
        state: None,
        actor,
        reason: note.unwrap_or_else(|| unsaid.to_owned()),
        reference: Some(wanted.reference.as_str().to_owned()),
        capture: None,
        entries,
        at: wanted.made,
    };
    event.build()
}
