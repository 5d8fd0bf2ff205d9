//! What the one reading statement returns, put together by account.

use super::columns::KeyColumns;
use super::{Known, KnownNotification};
use crate::card::CardRow;
use crate::decision::StoredDecision;
use crate::unit::{LockedAccount, LockedAccountRow, Unit, Wanted};
use crate::{StoreError, json};
use holdfast_ledger::book::{Account, Balance};
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
    fn all<T>(&self, name: &'static str) -> Result<Vec<T>, StoreError>
    where
        T: PgHasArrayType + Type<Postgres> + for<'r> Decode<'r, Postgres>,
    {
        let column: Option<Vec<T>> = self.0.try_get(name)?;
        Ok(column.unwrap_or_default())
    }

    fn json<T: DeserializeOwned + Default>(&self, name: &'static str) -> Result<T, StoreError> {
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
            .bind(keys.accounts().map(|token| shards.of(token).0).bind_iter())
            .bind(keys.accounts().map(AccountToken::as_str).bind_iter())
            .bind(keys.kinds().bind_iter())
            .bind(keys.values().bind_iter())
            .bind(wanted.tokens.iter().map(|t| t.as_str()).bind_iter())
            .bind(wanted.cards.iter().map(|t| t.as_str()).bind_iter())
            .fetch_one(&mut *self.tx)
            .await?;
        let mut known = Known::default();
        self.read_accounts(wanted, &mut known).await?;
        assemble(&mut known, &ArrayColumns(row))?;
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
                Some(account) => self.know(known, token.clone(), account.clone()),
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
            self.know(known, token, account);
        }
        Ok(())
    }

    fn know(&self, known: &mut Known, token: AccountToken, row: LockedAccount) {
        let mut account = Account::new(token.clone(), row.state, row.kind);
        account.marqeta_state = row.marqeta_state;
        account.controls = self.controls.clone();
        known.accounts.insert(token, account);
    }
}

/// The account that a row belongs to.
fn whose<'a>(
    accounts: &'a mut BTreeMap<AccountToken, Account>,
    token: &str,
) -> Result<Option<&'a mut Account>, StoreError> {
    Ok(accounts.get_mut(&json::account_token(token)?))
}

fn assemble(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    read_books(known, columns)?;
    read_keys(known, columns)?;
    for row in columns.json::<Vec<StoredDecision>>("decisions")? {
        let same = known.decisions.entry(row.token.clone());
        same.or_default().push(row);
    }
    for row in columns.json::<Vec<KnownNotification>>("notifications")? {
        let same = known.notifications.entry(row.token.clone());
        same.or_default().push(row);
    }
    read_cards(known, columns)
}

/// Balances and meters. An account with several balances has its meters once for each.
fn read_books(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    let accounts = columns.all::<String>("account")?;
    let currencies = columns.all::<Option<String>>("currency")?;
    let [posted, held, pending] = ["posted", "held", "pending"].map(|name| columns.all(name));
    let sums = sums(posted?, held?, pending?);
    let meters = columns.all::<Option<String>>("meters")?;
    let meters = meters.into_iter().zip(columns.all::<bool>("fresh")?);
    let balances = currencies.iter().zip(sums);
    for ((token, (currency, balance)), (meters, fresh)) in accounts.iter().zip(balances).zip(meters)
    {
        let Some(account) = whose(&mut known.accounts, token)? else {
            continue;
        };
        if let Some(currency) = currency {
            account.balances.insert(json::currency(currency)?, balance);
        }
        account.is_fresh = fresh;
        if let Some(meters) = meters.filter(|_| !account.is_metered) {
            account.is_metered = true;
            account.meters = json::parse("meters", &meters)?;
        }
    }
    Ok(())
}

fn sums(
    posted: Vec<Option<Decimal>>,
    held: Vec<Option<Decimal>>,
    pending: Vec<Option<Decimal>>,
) -> impl Iterator<Item = Balance> {
    let sum = |value: Option<Decimal>| Signed::new(value.unwrap_or_default());
    let rows = posted.into_iter().zip(held).zip(pending);
    rows.map(move |((posted, held), pending)| Balance {
        posted: sum(posted),
        held: sum(held),
        pending_credit: sum(pending),
    })
}

fn read_keys(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    let names = ["key_account", "key_kind", "key_value", "key_hold"];
    let [accounts, kinds, values, holds] = names.map(|name| columns.all::<String>(name));
    let keys = kinds?.into_iter().zip(values?).zip(holds?);
    for (account, ((kind, value), hold)) in accounts?.iter().zip(keys) {
        let hold = json::hold_id(&hold)?;
        let key = Key::from_parts(&kind, &value);
        if let (Some(key), Some(account)) = (key, whose(&mut known.accounts, account)?) {
            account.keys.insert(key, hold);
        }
    }
    Ok(())
}

fn read_cards(known: &mut Known, columns: &ArrayColumns) -> Result<(), StoreError> {
    let tokens = columns.all::<String>("card_token")?;
    let names = ["card_account", "card_operator", "card_marqeta"];
    let [accounts, operator, marqeta] = names.map(|name| columns.all::<Option<String>>(name));
    let owned = tokens.into_iter().zip(accounts?);
    for ((token, account), (operator, marqeta)) in owned.zip(operator?.into_iter().zip(marqeta?)) {
        let row = CardRow::read(card(&token)?, account, operator, marqeta)?;
        known.cards.entry(row.token.clone()).or_default().push(row);
    }
    Ok(())
}

fn card(token: &str) -> Result<CardToken, StoreError> {
    CardToken::parse(token).map_err(|error| json::unreadable("card token", &error))
}
