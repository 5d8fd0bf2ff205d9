//! The changed books of locked accounts, in one statement.

use super::Statement;
use super::decisions::Decisions;
use super::holds::HoldColumns;
use super::owner::Owner;
use crate::decision::NewDecision;
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::book::{Account, AccountBalance, RowStatus};
use holdfast_ledger::fact::Key;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::token::HoldId;
use sqlx::postgres::PgBindIterExt;

struct KeyRow<'a> {
    of: Owner<'a>,
    key: &'a Key,
    hold: &'a HoldId,
}

struct BalanceRow<'a> {
    of: Owner<'a>,
    currency: Currency,
    balance: AccountBalance,
}

struct UsageRow<'a> {
    of: Owner<'a>,
    counters: String,
}

/// Changed rows by statement: `inserts` for what is known to be new or known to exist, `upserts` for the rest.
#[derive(Default)]
struct BookChanges<'a> {
    new_holds: HoldColumns<'a>,
    changed_holds: HoldColumns<'a>,
    inserts: BookRows<'a>,
    upserts: BookRows<'a>,
}

#[derive(Default)]
struct BookRows<'a> {
    keys: Vec<KeyRow<'a>>,
    balances: Vec<BalanceRow<'a>>,
    usage: Vec<UsageRow<'a>>,
}

impl<'a> BookChanges<'a> {
    fn add_account(&mut self, shard: i32, account: &'a Account) -> Result<(), StoreError> {
        let changed = account.changed();
        let of = Owner {
            shard,
            account: account.token.as_str(),
        };
        for (id, row) in &changed.holds {
            if let Some(hold) = account.holds.get(id) {
                match row {
                    RowStatus::New => self.new_holds.push_hold(of, hold)?,
                    RowStatus::Known => self.changed_holds.push_hold(of, hold)?,
                }
            }
        }
        for (key, row) in &changed.keys {
            if let Some(hold) = account.keys.get(key) {
                let rows = self.rows_for(*row == RowStatus::New);
                rows.keys.push(KeyRow { of, key, hold });
            }
        }
        for (currency, row) in &changed.balances {
            let rows = self.rows_for(*row == RowStatus::Known);
            rows.balances.push(BalanceRow {
                of,
                currency: *currency,
                balance: account.balance(*currency),
            });
        }
        if changed.counters {
            let counters = json::write("counters", &account.counters)?;
            let rows = self.rows_for(account.has_counters);
            rows.usage.push(UsageRow { of, counters });
        }
        Ok(())
    }

    fn rows_for(&mut self, is_certain: bool) -> &mut BookRows<'a> {
        if is_certain {
            &mut self.inserts
        } else {
            &mut self.upserts
        }
    }
}

impl BookRows<'_> {
    fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.balances.is_empty() && self.usage.is_empty()
    }
}

impl Unit {
    /// Writes what has changed in these accounts, which must be locked. Nothing is sent when nothing has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write_books<'a>(
        &mut self,
        accounts: impl IntoIterator<Item = &'a Account>,
    ) -> Result<(), StoreError> {
        self.write_decided(accounts, &[]).await
    }

    /// The same, together with answers.
    ///
    /// # Errors
    /// [`StoreError::Again`] when another front has stored a response for one of the tokens meanwhile.
    pub async fn write_decided<'a>(
        &mut self,
        accounts: impl IntoIterator<Item = &'a Account>,
        decisions: &[NewDecision],
    ) -> Result<(), StoreError> {
        let decisions = Decisions::sorted_by_token(decisions);
        let mut books = BookChanges::default();
        for account in accounts {
            books.add_account(self.shards.of(&account.token).0, account)?;
        }
        self.change_holds(&books.changed_holds).await?;
        if !(books.new_holds.is_empty() && books.inserts.is_empty() && decisions.is_empty()) {
            let statement = sqlx::query(include_str!("../../../sql/write_books.sql"));
            let statement = books
                .inserts
                .bind_rows(books.new_holds.bind_new(statement)?);
            let statement = decisions.bind_decisions(statement, self.shards);
            statement.execute(&mut *self.tx).await?;
        }
        if !books.upserts.is_empty() {
            let statement = sqlx::query(include_str!("../../../sql/upsert_books.sql"));
            let statement = books.upserts.bind_rows(statement);
            statement.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

impl BookRows<'_> {
    /// Adds keys, counters and balances, in this order, to a statement's parameters.
    fn bind_rows(&self, statement: Statement) -> Statement {
        let (keys, usage, balances) = (&self.keys, &self.usage, &self.balances);
        let sum = |of: fn(&AccountBalance) -> Signed| {
            balances.iter().map(move |row| of(&row.balance).value())
        };
        statement
            .bind(keys.iter().map(|row| row.of.shard).bind_iter())
            .bind(keys.iter().map(|row| row.of.account).bind_iter())
            .bind(keys.iter().map(|row| row.key.kind()).bind_iter())
            .bind(keys.iter().map(|row| row.key.value()).bind_iter())
            .bind(keys.iter().map(|row| row.hold.as_str()).bind_iter())
            .bind(usage.iter().map(|row| row.of.shard).bind_iter())
            .bind(usage.iter().map(|row| row.of.account).bind_iter())
            .bind(usage.iter().map(|row| row.counters.as_str()).bind_iter())
            .bind(balances.iter().map(|row| row.of.shard).bind_iter())
            .bind(balances.iter().map(|row| row.of.account).bind_iter())
            .bind(balances.iter().map(|row| row.currency.code()).bind_iter())
            .bind(sum(|balance| balance.posted).bind_iter())
            .bind(sum(|balance| balance.held).bind_iter())
            .bind(sum(|balance| balance.pending_credit).bind_iter())
    }
}
