//! Transfers, adjustments and write-offs: money between the customer and the program, once per reference.

use super::adjustment_event::CommandChange;
use super::{ATTEMPTS, Actor, CommandError, Rejection};
use crate::retry::Attempts;
use holdfast_events::AdjustmentKind;
use holdfast_ledger::book::Account;
use holdfast_ledger::entry::{self, Entry, Layer, Side};
use holdfast_ledger::money::Signed;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, Reference};
use holdfast_store::Store;
use holdfast_store::transfer::{Transfer, TransferContent, TransferKind};
use holdfast_store::unit::{Locked, Unit, Wanted};
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
    let mut unit = store.begin().await?;
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
    let entries = move_money(&mut book, &transfer)?;
    write_transfer(&mut unit, actor, &book, &transfer, entries).await?;
    unit.commit().await?;
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

async fn write_transfer(
    unit: &mut Unit,
    actor: &Actor,
    book: &Account,
    wanted: &Transfer,
    entries: Vec<Entry>,
) -> Result<(), CommandError> {
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
    unit.write_books([book]).await?;
    unit.write_transfer(&book.token, wanted).await?;
    unit.append_events(&[event.build()]).await?;
    Ok(())
}
