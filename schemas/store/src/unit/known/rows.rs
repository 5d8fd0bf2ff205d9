//! What the one reading statement returns, put together by account.

use super::columns::KeyColumns;
use super::{Known, KnownNotification};
use crate::card::CardRow;
use crate::decision::StoredDecision;
use crate::unit::{LockedAccount, LockedAccountRow, Unit, Wanted};
use crate::{StoreError, json};
use holdfast_ledger::book::{Account, AccountBalance};
use holdfast_ledger::fact::Key;
use holdfast_ledger::money::Signed;
use holdfast_ledger::token::{AccountToken, CardToken};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use sqlx::postgres::{PgBindIterExt, PgHasArrayType, PgRow};
use sqlx::{Decode, Postgres, Row, Type};
use std::collections::BTreeMap;

/// One row of arrays.
struct ArrayColumns(PgRow);

impl ArrayColumns {
    /// A column of an array each; an aggregate of nothing is empty.
    fn array_column<T>(&self, name: &'static str) -> Result<Vec<T>, StoreError>
    where
        T: PgHasArrayType + Type<Postgres> + for<'r> Decode<'r, Postgres>,
    {
        let column: Option<Vec<T>> = self.0.try_get(name)?;
        Ok(column.unwrap_or_default())
    }

    fn json_column<T: DeserializeOwned + Default>(
        &self,
        name: &'static str,
    ) -> Result<T, StoreError> {
        json::read_column(name, &self.0.try_get(name)?)
    }
}

impl Unit {
    pub(super) async fn read_rows(&mut self, wanted: &Wanted) -> Result<Known, StoreError> {
        let shards = self.shards;
        let accounts = || wanted.accounts.iter();
        let keys = KeyColumns(&wanted.keys);
        let row = sqlx::query(include_str!("../../../sql/read_books.sql"))
            .bind(accounts().map(|token| shards.of(token).0).bind_iter())
            .bind(accounts().map(AccountToken::as_str).bind_iter())
            .bind(
                keys.account_column()
                    .map(|token| shards.of(token).0)
                    .bind_iter(),
            )
            .bind(keys.account_column().map(AccountToken::as_str).bind_iter())
            .bind(keys.kind_column().bind_iter())
            .bind(keys.value_column().bind_iter())
            .bind(wanted.tokens.iter().map(|t| t.as_str()).bind_iter())
            .bind(wanted.cards.iter().map(|t| t.as_str()).bind_iter())
            .fetch_one(&mut *self.tx)
            .await?;
        let mut known = Known::default();
        self.read_accounts(wanted, &mut known).await?;
        fill_known(&mut known, &ArrayColumns(row))?;
        Ok(known)
    }

    /// The accounts that are locked, and those of the others that exist.
    async fn read_accounts(
        &mut self,
        wanted: &Wanted,
        known: &mut Known,
    ) -> Result<(), StoreError> {
        let mut others = Vec::new();
        for token in &wanted.accounts {
            match self.locked.get(token) {
                Some(account) => self.add_account(known, token.clone(), account.clone()),
                None => others.push(token),
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        let shards = self.shards;
        let rows: Vec<LockedAccountRow> =
            sqlx::query_as(include_str!("../../../sql/read_accounts.sql"))
                .bind(others.iter().map(|token| shards.of(token).0).bind_iter())
                .bind(others.iter().map(|token| token.as_str()).bind_iter())
                .fetch_all(&mut *self.tx)
                .await?;
        for row in rows {
            let (token, account) = LockedAccount::read(row)?;
            self.add_account(known, token, account);
        }
        Ok(())
    }

    fn add_account(&self, known: &mut Known, token: AccountToken, row: LockedAccount) {
        let mut account = Account::new(token.clone(), row.state, row.kind);
        account.marqeta_state = row.marqeta_state;
        account.controls = self.controls.clone();
        known.accounts.insert(token, account);
    }
}

/// The account that a row belongs to.
fn account_of_row<'a>(
    accounts: &'a mut BTreeMap<AccountToken, Account>,
    token: &str,
) -> Result<Option<&'a mut Account>, StoreError> {
    Ok(accounts.get_mut(&json::account_token(token)?))
}

fn fill_known(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    read_books(known, columns)?;
    read_keys(known, columns)?;
    for row in columns.json_column::<Vec<StoredDecision>>("decisions")? {
        let same = known.decisions.entry(row.token.clone());
        same.or_default().push(row);
    }
    for row in columns.json_column::<Vec<KnownNotification>>("notifications")? {
        let same = known.notifications.entry(row.token.clone());
        same.or_default().push(row);
    }
    read_cards(known, columns)
}

/// Balances and counters. An account with several balances has its counters once for each.
fn read_books(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    let accounts = columns.array_column::<String>("account")?;
    let currencies = columns.array_column::<Option<String>>("currency")?;
    let [posted, held, pending] =
        ["posted", "held", "pending"].map(|name| columns.array_column(name));
    let sums = zip_balances(posted?, held?, pending?);
    let counters = columns.array_column::<Option<String>>("counters")?;
    let counters = counters
        .into_iter()
        .zip(columns.array_column::<bool>("fresh")?);
    let balances = currencies.iter().zip(sums);
    for ((token, (currency, balance)), (counters, fresh)) in
        accounts.iter().zip(balances).zip(counters)
    {
        let Some(account) = account_of_row(&mut known.accounts, token)? else {
            continue;
        };
        if let Some(currency) = currency {
            account.balances.insert(json::currency(currency)?, balance);
        }
        account.is_fresh = fresh;
        if let Some(counters) = counters.filter(|_| !account.has_counters) {
            account.has_counters = true;
            account.counters = json::parse("counters", &counters)?;
        }
    }
    Ok(())
}

fn zip_balances(
    posted: Vec<Option<Decimal>>,
    held: Vec<Option<Decimal>>,
    pending: Vec<Option<Decimal>>,
) -> impl Iterator<Item = AccountBalance> {
    let sum = |value: Option<Decimal>| Signed::new(value.unwrap_or_default());
    let rows = posted.into_iter().zip(held).zip(pending);
    rows.map(move |((posted, held), pending)| AccountBalance {
        posted: sum(posted),
        held: sum(held),
        pending_credit: sum(pending),
    })
}

fn read_keys(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    let names = ["key_account", "key_kind", "key_value", "key_hold"];
    let [accounts, kinds, values, holds] = names.map(|name| columns.array_column::<String>(name));
    let keys = kinds?.into_iter().zip(values?).zip(holds?);
    for (account, ((kind, value), mark_hold)) in accounts?.iter().zip(keys) {
        let hold = json::hold_id(&mark_hold)?;
        let key = Key::from_parts(&kind, &value);
        if let (Some(key), Some(account)) = (key, account_of_row(&mut known.accounts, account)?) {
            account.keys.insert(key, hold);
        }
    }
    Ok(())
}

fn read_cards(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    let tokens = columns.array_column::<String>("card_token")?;
    let names = ["card_account", "card_operator", "card_marqeta"];
    let [accounts, operator, marqeta] =
        names.map(|name| columns.array_column::<Option<String>>(name));
    let owned = tokens.into_iter().zip(accounts?);
    for ((token, account), (operator, marqeta)) in owned.zip(operator?.into_iter().zip(marqeta?)) {
        let row = CardRow::read(read_card_token(&token)?, account, operator, marqeta)?;
        known.cards.entry(row.token.clone()).or_default().push(row);
    }
    Ok(())
}

fn read_card_token(token: &str) -> Result<CardToken, StoreError> {
    CardToken::parse(token).map_err(|error| json::unreadable_value("card token", &error))
}
