//! Reading: what the database knows about a unit's accounts, holds, tokens and cards.

mod columns;
mod rows;

use super::{Unit, Wanted};
use crate::card::CardRow;
use crate::decision::StoredDecision;
use crate::hold::HoldJson;
use crate::json::JsonColumn;
use crate::{StoreError, json};
use holdfast_ledger::book::Account;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::token::{AccountToken, CardToken, HoldId, TransactionToken};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is known, as of the locks.
#[derive(Debug, Default)]
pub struct Known {
    /// The accounts that exist, locked or not, with their balances and the holds that the keys lead to.
    pub accounts: BTreeMap<AccountToken, Account>,
    /// Earlier decisions, by transaction. More than one only where a token was used under two accounts.
    pub decisions: BTreeMap<TransactionToken, Vec<StoredDecision>>,
    /// Notifications that have come, by transaction.
    pub notifications: BTreeMap<TransactionToken, Vec<KnownNotification>>,
    /// Cards, also those that only transitions know.
    pub cards: BTreeMap<CardToken, Vec<CardRow>>,
}

/// A notification that has come.
#[derive(Debug, Clone, Deserialize)]
pub struct KnownNotification {
    /// The transaction.
    pub token: TransactionToken,
    /// Marqeta's state.
    pub state: String,
    /// The account it was stored for.
    pub account: AccountToken,
    /// `waiting`, `applied` or `parked`.
    pub status: String,
    /// What it says, normalised, JSON.
    pub message: String,
}

impl Unit {
    /// Reads in one statement what the unit wants to know. Comes after [`Unit::lock_accounts`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_known(&mut self, wanted: &Wanted) -> Result<Known, StoreError> {
        let mut known = self.read_rows(wanted).await?;
        for (account, key) in &wanted.keys {
            if let Some(account) = known.accounts.get_mut(account) {
                account.sought.push(key.clone());
            }
        }
        self.follow_keys(&mut known).await?;
        Ok(known)
    }

    /// Reads holds by name into accounts that are locked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_holds(
        &mut self,
        ids: &[(AccountToken, HoldId)],
    ) -> Result<Vec<(AccountToken, Hold)>, StoreError> {
        let shards: Vec<i32> = ids
            .iter()
            .map(|(account, _)| self.shards.of(account).0)
            .collect();
        let accounts: Vec<&str> = ids.iter().map(|(account, _)| account.as_str()).collect();
        let names: Vec<&str> = ids.iter().map(|(_, id)| id.as_str()).collect();
        let found: JsonColumn = sqlx::query_scalar(include_str!("../../sql/read_holds.sql"))
            .bind(shards)
            .bind(accounts)
            .bind(names)
            .fetch_one(&mut *self.tx)
            .await?;
        let rows: Vec<HoldJson> = json::read_column("hold", &found)?;
        Ok(rows.into_iter().map(HoldJson::into_hold).collect())
    }

    /// The holds that the keys lead to, and those that took them over. A new purchase's keys lead nowhere,
    /// so they are read in a statement of their own.
    async fn follow_keys(&mut self, known: &mut Known) -> Result<(), StoreError> {
        loop {
            let accounts = known.accounts.values();
            let missing: Vec<(AccountToken, HoldId)> = accounts.flat_map(unread_holds).collect();
            if missing.is_empty() {
                break;
            }
            let found = self.read_holds(&missing).await?;
            if found.is_empty() {
                return Err(json::unreadable_value(
                    "hold",
                    &"one that a key leads to is gone",
                ));
            }
            for (account, hold) in found {
                if let Some(account) = known.accounts.get_mut(&account) {
                    account.holds.insert(hold.id.clone(), hold);
                }
            }
        }
        known.accounts.values_mut().for_each(follow_merges);
        Ok(())
    }
}

/// The holds that a key leads to, or that took one over, and that are not read yet.
fn unread_holds(account: &Account) -> impl Iterator<Item = (AccountToken, HoldId)> + use<'_> {
    let merged = account
        .holds
        .values()
        .filter_map(|hold| hold.merged_into.as_ref());
    let named: BTreeSet<&HoldId> = account.keys.values().chain(merged).collect();
    let unread = named
        .into_iter()
        .filter(|id| !account.holds.contains_key(*id));
    unread.map(|id| (account.token.clone(), id.clone()))
}

/// Lets every key lead to the hold at the end of its chain of merges.
fn follow_merges(account: &mut Account) {
    for target in account.keys.values_mut() {
        while let Some(next) = account
            .holds
            .get(target)
            .and_then(|hold| hold.merged_into.clone())
        {
            *target = next;
        }
    }
    account.holds.retain(|_, hold| hold.merged_into.is_none());
}
