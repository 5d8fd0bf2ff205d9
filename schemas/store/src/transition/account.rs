//! Transitions of users and businesses. The state is on the account's row, which decisions lock and read
//! anyway; a transition that comes before the account waits for it, and never creates it.
//!
//! # The race with the account's creation
//! A row that does not exist cannot be locked. Whoever stores a transition of a missing account would not
//! see the account that another transaction is creating, which in turn would not see the transition. So
//! both lock the account's *name* first, until they commit ([`Unit::lock_missing_accounts`]): the second of
//! the two sees what the first has committed. Accounts that exist need no such lock: their row is one.

use super::{TransitionRow, created, fold_states};
use crate::unit::{Locked, Unit};
use crate::{StoreError, json};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_ledger::transition::{Subject, Transition};
use sqlx::postgres::PgBindIterExt;
use std::collections::BTreeSet;

impl Unit {
    /// Stores transitions of accounts and brings the states of those that exist up to date. Accounts that
    /// this unit has not locked must be missing as far as it knows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_account_transitions(
        &mut self,
        transitions: &[(AccountToken, Transition)],
        now: Moment,
    ) -> Result<(), StoreError> {
        if transitions.is_empty() {
            return Ok(());
        }
        let accounts: BTreeSet<AccountToken> = transitions
            .iter()
            .map(|(account, _)| account.clone())
            .collect();
        let missing: BTreeSet<AccountToken> = accounts
            .iter()
            .filter(|account| !self.has_locked(account))
            .cloned()
            .collect();
        if !missing.is_empty() {
            self.lock_missing_accounts(&missing).await?;
            // One that was created meanwhile. Out of lock order, but rare: a deadlock is tried again.
            self.lock(&missing, Locked::Wait).await?;
        }
        self.insert_account_transitions(transitions, now).await?;
        let existing = accounts
            .into_iter()
            .filter(|account| self.has_locked(account));
        let existing = existing.collect();
        self.fold_account_states(&existing).await
    }

    /// Locks the names of accounts that may not exist. Comes before their creation.
    pub(crate) async fn lock_missing_accounts(
        &mut self,
        accounts: &BTreeSet<AccountToken>,
    ) -> Result<(), StoreError> {
        let (shards, tokens) = self.columns(accounts);
        sqlx::query(include_str!("../../sql/lock_missing_accounts.sql"))
            .bind(shards)
            .bind(tokens)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn insert_account_transitions(
        &mut self,
        transitions: &[(AccountToken, Transition)],
        now: Moment,
    ) -> Result<(), StoreError> {
        let shards = self.shards;
        let accounts = || transitions.iter().map(|(account, _)| account);
        let rows = || transitions.iter().map(|(_, transition)| transition);
        sqlx::query(include_str!("../../sql/insert_account_transitions.sql"))
            .bind(accounts().map(|account| shards.of(account).0).bind_iter())
            .bind(accounts().map(AccountToken::as_str).bind_iter())
            .bind(rows().map(|row| row.token.as_str()).bind_iter())
            .bind(rows().map(|row| row.state.as_str()).bind_iter())
            .bind(rows().map(created).bind_iter())
            .bind(json::time(now))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Folds the states of accounts whose rows are locked, or created by this unit.
    pub(crate) async fn fold_account_states(
        &mut self,
        accounts: &BTreeSet<AccountToken>,
    ) -> Result<(), StoreError> {
        let (shards, tokens) = self.columns(accounts);
        let rows: Vec<TransitionRow> =
            sqlx::query_as(include_str!("../../sql/read_account_transitions.sql"))
                .bind(shards)
                .bind(tokens)
                .fetch_all(&mut *self.tx)
                .await?;
        if rows.is_empty() {
            return Ok(());
        }
        let (accounts, states) = fold_states(Subject::Account, rows);
        let shards = self.shards;
        sqlx::query(include_str!("../../sql/change_account_states.sql"))
            .bind(
                accounts
                    .iter()
                    .map(|token| shards.of_key(token).0)
                    .bind_iter(),
            )
            .bind(accounts.iter().map(String::as_str).bind_iter())
            .bind(states)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
