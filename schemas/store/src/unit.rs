//! The unit of work: one transaction in which front and workers lock, read, decide or fold, write and
//! commit. Everything between reading and writing happens in memory.
//!
//! # Lock order
//! 1. account rows, by (shard, token): [`Unit::lock_accounts`];
//! 2. rows that belong to a locked account, in any order: no other transaction can hold them;
//! 3. unique inserts, sorted by the caller;
//! 4. states of cards, by token ([`Unit::record_card_transitions`]), then names of missing accounts
//!    ([`Unit::record_account_transitions`]): only for transitions;
//! 5. shard counters, by number: [`Unit::append_events`], the last statement before COMMIT.
//!
//! Every unit takes them in this order, so none waits in a circle. Should Postgres report a deadlock
//! all the same (an operator's session, a unique index), the unit fails with
//! [`StoreError::Again`](crate::StoreError::Again) and is tried again from the start.
//!
//! # What the statement boundaries protect (READ COMMITTED)
//! * `lock_accounts` and `read_known` are two statements: one that waits for a lock sees the locked row as it is then,
//!   but keeps its old snapshot for everything else. Balances read by the locking statement could be
//!   those from before the other unit committed.
//! * `read_known` comes after `lock_accounts`, so what it sees of a locked account cannot change until we commit.
//! * `append_events` takes positions last: from then to the end of COMMIT no other unit can take a position in
//!   these shards, which makes positions commit-ordered and gap-free.
//!
//! # Round trips of a batch, whatever its size
//! | statement | rows written |
//! |---|---|
//! | BEGIN | |
//! | `lock_accounts` | |
//! | `read_books` | |
//! | `write_books` | a new hold with its keys (three for a purchase); a balance; the account's counters if limits apply; the response |
//! | `finish_notifications` (workers) | one each |
//! | `append_journal` | one each, and a counter each shard |
//! | COMMIT, which begins the next one too while there is more to do | |
//!
//! Only when there is something of the kind in the batch:
//!
//! | statement | when |
//! |---|---|
//! | `read_accounts` | an account does not exist, or another transaction has it locked |
//! | `register_cards` | a card is used for the first time |
//! | `lock_card_states`, `insert_card_transitions`, `read_card_transitions`, `change_card_states` | a card transition |
//! | `insert_account_transitions`, `read_account_transitions`, `change_account_states` | a user or business transition |
//! | `read_holds`, `change_holds` | a message follows another one |
//! | `used_holds` | a limit is new to an account |
//! | `upsert_books` | an account's first counters or first balance in a currency; a key that leads elsewhere now |
//! | `raise_alerts` | there is something to look at |
//!
//! A test (`tests/front/budget.rs`) counts both. The fixed cost of a batch is what decides at some tens of
//! requests in flight: each statement costs as much as writing some ten rows, and a part of a statement that
//! finds nothing to do still has to be set up.

mod counters;
mod known;
mod matching;
mod write;

pub use known::{Known, KnownNotification};

use crate::notification::NotificationKey;
use crate::{Store, StoreError, account, json};
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::Key;
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use sqlx::{Postgres, Transaction};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What to do about accounts that another transaction has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// Leave them out; they are looked after elsewhere.
    Skip,
    /// Wait for them, up to the connection's lock timeout.
    Wait,
}

/// What a unit wants to know.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Accounts whose balances are read.
    pub accounts: BTreeSet<AccountToken>,
    /// Keys that may lead to holds.
    pub keys: BTreeSet<(AccountToken, Key)>,
    /// Transactions that may have been decided or notified before, under any account.
    pub tokens: BTreeSet<TransactionToken>,
    /// Cards, under any account.
    pub cards: BTreeSet<CardToken>,
}

/// One transaction. Dropping it rolls it back.
#[derive(Debug)]
pub struct Unit {
    pub(crate) tx: Transaction<'static, Postgres>,
    pub(crate) shards: ShardCount,
    /// The controls as they were when it began: one set for everything in it.
    pub(crate) controls: Arc<ControlSet>,
    /// The accounts that it has locked, as they were when it had the lock.
    locked: BTreeMap<AccountToken, LockedAccount>,
}

/// What an account's row says, as of the lock.
#[derive(Debug, Clone)]
struct LockedAccount {
    state: AccountState,
    kind: AccountKind,
    marqeta_state: Option<String>,
}

/// Columns of an account's row: token, state, kind, Marqeta's state.
type LockedAccountRow = (String, String, String, Option<String>);

impl LockedAccount {
    fn read(row: LockedAccountRow) -> Result<(AccountToken, Self), StoreError> {
        let (token, state, kind, marqeta_state) = row;
        let account = Self {
            state: account::read_state(&state)?,
            kind: account::read_kind(&kind)?,
            marqeta_state,
        };
        Ok((json::account_token(&token)?, account))
    }
}

/// A database transaction without a statement so far.
#[derive(Debug)]
pub struct NextTransaction(Transaction<'static, Postgres>);

impl Store {
    /// Begins a unit.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub async fn begin(&self) -> Result<Unit, StoreError> {
        Ok(self.continue_with(NextTransaction(self.pool().begin().await?)))
    }

    /// A unit of the database transaction that [`Unit::commit_and_begin`] has opened.
    #[must_use]
    pub fn continue_with(&self, next: NextTransaction) -> Unit {
        Unit {
            tx: next.0,
            shards: self.shards(),
            controls: self.controls().current(),
            locked: BTreeMap::new(),
        }
    }
}

impl Unit {
    /// The controls as they were when it began.
    #[must_use]
    pub fn controls(&self) -> &Arc<ControlSet> {
        &self.controls
    }

    /// Locks those of the accounts that exist, and names the ones it has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lock_accounts(
        &mut self,
        accounts: &BTreeSet<AccountToken>,
        locked: Locked,
    ) -> Result<BTreeSet<AccountToken>, StoreError> {
        let statement = match locked {
            Locked::Skip => include_str!("../sql/lock_accounts.sql"),
            Locked::Wait => include_str!("../sql/lock_accounts_waiting.sql"),
        };
        let (shards, tokens) = self.account_columns(accounts);
        let rows: Vec<LockedAccountRow> = sqlx::query_as(statement)
            .bind(shards)
            .bind(tokens)
            .fetch_all(&mut *self.tx)
            .await?;
        let mut mine = BTreeSet::new();
        for row in rows {
            let (token, account) = LockedAccount::read(row)?;
            self.locked.insert(token.clone(), account);
            mine.insert(token);
        }
        Ok(mine)
    }

    /// Has this unit locked the account?
    pub(crate) fn has_locked(&self, account: &AccountToken) -> bool {
        self.locked.contains_key(account)
    }

    /// Creates accounts for final messages whose account does not exist, so that no money is lost.
    /// Comes before [`Unit::lock_accounts`]; accounts that exist stay as they are, new ones get the state of the
    /// transitions that came before them. Returns the notifications that had
    /// come to nothing before their account existed: they wait again, and are to be applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_unregistered(
        &mut self,
        accounts: &BTreeSet<AccountToken>,
    ) -> Result<Vec<NotificationKey>, StoreError> {
        self.lock_missing_accounts(accounts).await?;
        let (shards, tokens) = self.account_columns(accounts);
        let opened: Vec<String> = sqlx::query_scalar(include_str!("../sql/open_unregistered.sql"))
            .bind(shards)
            .bind(tokens)
            .fetch_all(&mut *self.tx)
            .await?;
        let opened = opened.iter().map(|token| json::account_token(token));
        let opened = opened.collect::<Result<BTreeSet<_>, StoreError>>()?;
        self.fold_account_states(&opened).await?;
        self.revive_cancelled(accounts).await
    }

    /// Lets what was cancelled before these accounts existed wait again.
    pub(crate) async fn revive_cancelled(
        &mut self,
        accounts: &BTreeSet<AccountToken>,
    ) -> Result<Vec<NotificationKey>, StoreError> {
        let (shards, tokens) = self.account_columns(accounts);
        let rows: Vec<(String, String, String)> =
            sqlx::query_as(include_str!("../sql/revive_cancelled.sql"))
                .bind(shards)
                .bind(tokens)
                .fetch_all(&mut *self.tx)
                .await?;
        rows.into_iter()
            .map(|(account, token, state)| NotificationKey::read(&account, &token, state))
            .collect()
    }

    /// Commits.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the connection broke after COMMIT was sent: only reading shows which.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await.map_err(after_commit)
    }

    /// Commits, and begins the next transaction in the same round trip. It must be used or dropped at once:
    /// Postgres ends one that idles. The new transaction has no snapshot before its first statement.
    ///
    /// # Errors
    /// As for [`Unit::commit`].
    pub async fn commit_and_begin(mut self) -> Result<NextTransaction, StoreError> {
        let committed = sqlx::raw_sql("commit and chain").execute(&mut *self.tx);
        committed.await.map_err(after_commit)?;
        Ok(NextTransaction(self.tx))
    }

    /// Gives up; nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub async fn roll_back(self) -> Result<(), StoreError> {
        Ok(self.tx.rollback().await?)
    }

    /// Accounts as the columns (shard, token), in lock order.
    pub(crate) fn account_columns(
        &self,
        accounts: &BTreeSet<AccountToken>,
    ) -> (Vec<i32>, Vec<String>) {
        accounts
            .iter()
            .map(|token| (self.shards.of(token).0, token.as_str().to_owned()))
            .unzip()
    }
}

/// When the connection breaks after COMMIT was sent, its outcome is unknown.
fn after_commit(error: sqlx::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Unreachable(error) => StoreError::Unknown(error),
        other => other,
    }
}

#[cfg(test)]
mod tests;
