//! Creating and changing an account, under its row's lock like everything that concerns it.

use super::{StoredAccount, find_account, read_kind, read_state};
use crate::unit::Unit;
use crate::{Store, StoreError, json};
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::money::Currency;
use holdfast_ledger::token::AccountToken;
use std::collections::BTreeSet;

/// What an operator says about an account; what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// What it may do; a new account, or one that was not registered, is active.
    pub state: Option<AccountState>,
    /// Who owns it; a new account is a user's.
    pub kind: Option<AccountKind>,
    /// Currencies in which it gets a balance, if it has none; no balance is ever removed.
    pub currencies: BTreeSet<Currency>,
}

/// An account that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPut {
    /// As it was before; `None` when it is created.
    pub before: Option<StoredAccount>,
    /// As it is now.
    pub after: StoredAccount,
    /// It is new to operators: created, or registered after a final message had opened it.
    pub is_new: bool,
}

impl Store {
    /// Creates or changes an account without a record of who did it: for tests and tools. `true` when it is new to operators: created, or registered after
    /// a final message had opened it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_account(
        &self,
        account: &AccountToken,
        change: &AccountChange,
    ) -> Result<bool, StoreError> {
        let mut unit = self.begin().await?;
        let is_new = unit.put_account(account, change).await?.is_new;
        unit.commit().await?;
        Ok(is_new)
    }
}

impl Unit {
    /// Creates or changes an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_account(
        &mut self,
        account: &AccountToken,
        change: &AccountChange,
    ) -> Result<AccountPut, StoreError> {
        let (mut before, mut is_new) = (None, true);
        if !self.create_account(account, change).await? {
            let known = self.lock_account(account).await?;
            before = find_account(&mut *self.tx, self.shards.of(account), account).await?;
            is_new = self.apply_change(account, change, known).await?;
        }
        self.open_balances(account, &change.currencies).await?;
        if is_new {
            // The reconciler applies them.
            self.revive_cancelled(&BTreeSet::from([account.clone()]))
                .await?;
        }
        let after = find_account(&mut *self.tx, self.shards.of(account), account).await?;
        let gone = || json::unreadable_value("account", &"one that was just put is gone");
        Ok(AccountPut {
            before,
            after: after.ok_or_else(gone)?,
            is_new,
        })
    }

    /// Locks an account that exists, and says its state and kind.
    async fn lock_account(
        &mut self,
        account: &AccountToken,
    ) -> Result<(AccountState, AccountKind), StoreError> {
        let (state, kind): (String, String) =
            sqlx::query_as(include_str!("../../sql/lock_account.sql"))
                .bind(self.shards.of(account).0)
                .bind(account.as_str())
                .fetch_one(&mut *self.tx)
                .await?;
        Ok((read_state(&state)?, read_kind(&kind)?))
    }

    async fn create_account(
        &mut self,
        account: &AccountToken,
        change: &AccountChange,
    ) -> Result<bool, StoreError> {
        let name = BTreeSet::from([account.clone()]);
        self.lock_missing_accounts(&name).await?;
        let created = sqlx::query(include_str!("../../sql/create_account.sql"))
            .bind(self.shards.of(account).0)
            .bind(account.as_str())
            .bind(state_text(change.state.unwrap_or(AccountState::Active)))
            .bind(kind_text(change.kind.unwrap_or_default()))
            .execute(&mut *self.tx)
            .await?;
        let is_new = created.rows_affected() > 0;
        if is_new {
            self.fold_account_states(&name).await?;
        }
        Ok(is_new)
    }

    /// Changes an account that exists. `true` when this registers it.
    async fn apply_change(
        &mut self,
        account: &AccountToken,
        change: &AccountChange,
        (state, kind): (AccountState, AccountKind),
    ) -> Result<bool, StoreError> {
        let registers = state == AccountState::Unregistered;
        let known = if registers {
            AccountState::Active
        } else {
            state
        };
        let wanted = (change.state.unwrap_or(known), change.kind.unwrap_or(kind));
        if wanted != (state, kind) {
            sqlx::query(include_str!("../../sql/change_account.sql"))
                .bind(self.shards.of(account).0)
                .bind(account.as_str())
                .bind(state_text(wanted.0))
                .bind(kind_text(wanted.1))
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(registers)
    }

    async fn open_balances(
        &mut self,
        account: &AccountToken,
        currencies: &BTreeSet<Currency>,
    ) -> Result<(), StoreError> {
        if currencies.is_empty() {
            return Ok(());
        }
        let codes: Vec<&str> = currencies.iter().map(|currency| currency.code()).collect();
        sqlx::query(include_str!("../../sql/open_balances.sql"))
            .bind(self.shards.of(account).0)
            .bind(account.as_str())
            .bind(codes)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

pub(super) fn state_text(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "active",
        AccountState::Suspended => "suspended",
        AccountState::Closed => "closed",
        AccountState::Unregistered => "unregistered",
    }
}

pub(super) fn kind_text(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::User => "user",
        AccountKind::Business => "business",
    }
}
