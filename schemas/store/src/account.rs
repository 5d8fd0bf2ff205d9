//! Accounts, as operators create, change and read them.

mod change;

pub use change::{AccountChange, AccountPut};

use crate::json::{self, JsonColumn};
use crate::unit::Unit;
use crate::{Store, StoreError};
use holdfast_ledger::book::{AccountBalance, AccountKind, AccountState};
use holdfast_ledger::money::Currency;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use serde::Deserialize;
use sqlx::{Executor, Postgres};
use std::collections::BTreeMap;

/// An account with its balances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// Its name.
    pub token: AccountToken,
    /// What it may do, by the operator.
    pub state: AccountState,
    /// Marqeta's state in force, as Marqeta writes it; `None` without a transition.
    pub marqeta_state: Option<String>,
    /// Who owns it.
    pub kind: AccountKind,
    /// When it was created.
    pub created: Moment,
    /// Money by currency.
    pub balances: BTreeMap<Currency, AccountBalance>,
    /// The last position of the account's shard when it was read: the balances are as of this event.
    pub position: i64,
}

/// Which accounts are listed.
#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    /// By what the operator lets them do.
    pub state: Option<AccountState>,
    /// By who owns them.
    pub kind: Option<AccountKind>,
    /// Those stored after this one.
    pub after: Option<AccountToken>,
    /// At most so many.
    pub limit: u32,
}

type AccountRow = (
    String,
    String,
    String,
    Option<String>,
    time::OffsetDateTime,
    JsonColumn,
    i64,
);

#[derive(Deserialize)]
struct BalanceRow {
    currency: Currency,
    posted: String,
    held: String,
    pending_credit: String,
}

impl Store {
    /// An account, if it exists.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn account(
        &self,
        account: &AccountToken,
    ) -> Result<Option<StoredAccount>, StoreError> {
        find_account(self.pool(), self.shard(account), account).await
    }

    /// Accounts by a filter, in the order in which they are stored.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn accounts(&self, filter: &AccountFilter) -> Result<Vec<StoredAccount>, StoreError> {
        let after = filter.after.as_ref();
        let rows: Vec<AccountRow> = sqlx::query_as(include_str!("../sql/list_accounts.sql"))
            .bind(after.map_or(-1, |account| self.shard(account).0))
            .bind(after.map_or("", |account| account.as_str()))
            .bind(i64::from(filter.limit))
            .bind(filter.state.map(change::state_text))
            .bind(filter.kind.map(change::kind_text))
            .fetch_all(self.pool())
            .await?;
        rows.into_iter().map(read_account_row).collect()
    }
}

impl Unit {
    /// An account as this unit sees it, if it exists.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stored_account(
        &mut self,
        account: &AccountToken,
    ) -> Result<Option<StoredAccount>, StoreError> {
        find_account(&mut *self.tx, self.shards.of(account), account).await
    }
}

pub(crate) async fn find_account<'e>(
    connection: impl Executor<'e, Database = Postgres>,
    shard: Shard,
    account: &AccountToken,
) -> Result<Option<StoredAccount>, StoreError> {
    let row: Option<AccountRow> = sqlx::query_as(include_str!("../sql/read_account.sql"))
        .bind(shard.0)
        .bind(account.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(read_account_row).transpose()
}

fn read_account_row(row: AccountRow) -> Result<StoredAccount, StoreError> {
    let (token, state, kind, marqeta_state, created, balances, position) = row;
    let rows: Vec<BalanceRow> = json::read_column("balance", &balances)?;
    let balance = |row: BalanceRow| {
        let balance = AccountBalance {
            posted: json::signed(&row.posted)?,
            held: json::signed(&row.held)?,
            pending_credit: json::signed(&row.pending_credit)?,
        };
        Ok((row.currency, balance))
    };
    Ok(StoredAccount {
        token: json::account_token(&token)?,
        state: read_state(&state)?,
        marqeta_state,
        kind: read_kind(&kind)?,
        created: json::moment(created),
        balances: rows
            .into_iter()
            .map(balance)
            .collect::<Result<_, StoreError>>()?,
        position,
    })
}

pub(crate) fn read_state(text: &str) -> Result<AccountState, StoreError> {
    match text {
        "active" => Ok(AccountState::Active),
        "suspended" => Ok(AccountState::Suspended),
        "closed" => Ok(AccountState::Closed),
        "unregistered" => Ok(AccountState::Unregistered),
        other => Err(json::unreadable_value("account state", &other)),
    }
}

pub(crate) fn read_kind(text: &str) -> Result<AccountKind, StoreError> {
    match text {
        "user" => Ok(AccountKind::User),
        "business" => Ok(AccountKind::Business),
        other => Err(json::unreadable_value("account kind", &other)),
    }
}
