//! The changed books of locked accounts, in one statement.

use super::Statement;
use super::decisions::Decisions;
use super::holds::Holds;
use super::owner::Owner;
use crate::decision::NewDecision;
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::book::{Account, Balance, Row};
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
    balance: Balance,
}

struct UsageRow<'a> {
    of: Owner<'a>,
    meters: String,
}

/// Rows that are there or not, as is known, and rows that may be there.
#[derive(Default)]
struct Books<'a> {
    new_holds: Holds<'a>,
    changed_holds: Holds<'a>,
    sure: Rows<'a>,
    unsure: Rows<'a>,
}

#[derive(Default)]
struct Rows<'a> {
    keys: Vec<KeyRow<'a>>,
    balances: Vec<BalanceRow<'a>>,
    usage: Vec<UsageRow<'a>>,
}

impl<'a> Books<'a> {
    fn add(&mut self, shard: i32, account: &'a Account) -> Result<(), StoreError> {
        let changed = account.changed();
        let of = Owner {
            shard,
            account: account.token.as_str(),
        };
        for (id, row) in &changed.holds {
            if let Some(hold) = account.holds.get(id) {
                match row {
                    Row::New => self.new_holds.push(of, hold)?,
                    Row::Known => self.changed_holds.push(of, hold)?,
                }
            }
        }
        for (key, row) in &changed.keys {
            if let Some(hold) = account.keys.get(key) {
                let rows = self.rows(*row == Row::New);
                rows.keys.push(KeyRow { of, key, hold });
            }
        }
        for (currency, row) in &changed.balances {
            let rows = self.rows(*row == Row::Known);
            rows.balances.push(BalanceRow {
                of,
                currency: *currency,
                balance: account.balance(*currency),
            });
        }
        if changed.meters {
            let meters = json::write("meters", &account.meters)?;
            let rows = self.rows(account.is_metered);
            rows.usage.push(UsageRow { of, meters });
        }
        Ok(())
    }

    fn rows(&mut self, is_sure: bool) -> &mut Rows<'a> {
        if is_sure {
            &mut self.sure
        } else {
            &mut self.unsure
        }
    }
}

impl Rows<'_> {
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
    /// [`StoreError::Again`] when another front has stored an answer for one of the tokens meanwhile.
    pub async fn write_decided<'a>(
        &mut self,
        accounts: impl IntoIterator<Item = &'a Account>,
        decisions: &[NewDecision],
    ) -> Result<(), StoreError> {
        let decisions = Decisions::of(decisions);
        let mut books = Books::default();
        for account in accounts {
            books.add(self.shards.of(&account.token).0, account)?;
        }
        self.change_holds(&books.changed_holds).await?;
        if !(books.new_holds.is_empty() && books.sure.is_empty() && decisions.is_empty()) {
            let statement = sqlx::query(include_str!("../../../sql/write_books.sql"));
            let statement = books.sure.bind(books.new_holds.bind_new(statement)?);
            let statement = decisions.bind(statement, self.shards);
            statement.execute(&mut *self.tx).await?;
        }
        if !books.unsure.is_empty() {
            let statement = sqlx::query(include_str!("../../../sql/upsert_books.sql"));
            let statement = books.unsure.bind(statement);
            statement.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

impl Rows<'_> {
    /// Adds keys, meters and balances, in this order, to a statement's parameters.
    fn bind(&self, statement: Statement) -> Statement {
        let (keys, usage, balances) = (&self.keys, &self.usage, &self.balances);
        let sum =
            |of: fn(&Balance) -> Signed| balances.iter().map(move |row| of(&row.balance).value());
        statement
            .bind(keys.iter().map(|row| row.of.shard).bind_iter())
            .bind(keys.iter().map(|row| row.of.account).bind_iter())
            .bind(keys.iter().map(|row| row.key.kind()).bind_iter())
            .bind(keys.iter().map(|row| row.key.value()).bind_iter())
            .bind(keys.iter().map(|row| row.hold.as_str()).bind_iter())
            .bind(usage.iter().map(|row| row.of.shard).bind_iter())
            .bind(usage.iter().map(|row| row.of.account).bind_iter())
            .bind(usage.iter().map(|row| row.meters.as_str()).bind_iter())
            .bind(balances.iter().map(|row| row.of.shard).bind_iter())
            .bind(balances.iter().map(|row| row.of.account).bind_iter())
            .bind(balances.iter().map(|row| row.currency.code()).bind_iter())
            .bind(sum(|balance| balance.posted).bind_iter())
            .bind(sum(|balance| balance.held).bind_iter())
            .bind(sum(|balance| balance.pending_credit).bind_iter())
    }
}
