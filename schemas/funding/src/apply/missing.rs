//! Accounts that do not exist yet, and that a message moves money of.

use super::effect::AppliedEffect;
use super::item::Item;
use holdfast_ledger::token::AccountToken;
use holdfast_store::StoreError;
use holdfast_store::notification::StoredNotification;
use holdfast_store::unit::{Known, Locked, Unit, Wanted};
use std::collections::BTreeSet;

/// A message that books something for an account that does not exist opens it, so that no money is
/// lost; such an account cannot approve. Returns what had come to nothing before: a message that follows it
/// must find it.
pub(super) async fn open_missing(
    unit: &mut Unit,
    items: &[Item],
    wanted: &Wanted,
    mine: &mut BTreeSet<AccountToken>,
    known: &mut Known,
    read: impl Fn(StoredNotification) -> Item,
) -> Result<Vec<Item>, StoreError> {
    let books = |item: &&Item| match &item.effect {
        AppliedEffect::Book(message) => item.may_open && !message.fact.is_cancelled(),
        AppliedEffect::Card(..)
        | AppliedEffect::Account(..)
        | AppliedEffect::Nothing
        | AppliedEffect::Park(_) => false,
    };
    let accounts = items.iter().filter(books).map(|item| &item.key.account);
    let missing: BTreeSet<AccountToken> = accounts
        .filter(|account| !known.accounts.contains_key(*account))
        .cloned()
        .collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let revived = unit.open_unregistered(&missing).await?;
    let locked = unit.lock_accounts(&missing, Locked::Wait).await?;
    let revived = unit.read_notifications(&revived).await?;
    let revived: Vec<Item> = revived.into_iter().map(read).collect();
    // Another transaction may have opened it and booked on it: all of it is read again, now under its lock.
    let of_revived = super::item::wanted(&revived);
    let keys = wanted.keys.iter().chain(&of_revived.keys);
    let keys = keys
        .filter(|(account, _)| locked.contains(account))
        .cloned()
        .collect();
    let fresh = Wanted {
        accounts: locked.clone(),
        keys,
        ..Wanted::default()
    };
    known
        .accounts
        .extend(unit.read_known(&fresh).await?.accounts);
    mine.extend(locked);
    Ok(revived)
}
