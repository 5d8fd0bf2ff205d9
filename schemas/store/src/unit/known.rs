//! Reading: what the database knows about a unit's accounts, holds, tokens and cards.

mod columns;

use super::{Unit, Wanted};
use crate::card::CardRow;
use crate::decision::StoredDecision;
use crate::{StoreError, json};
use columns::KeyColumns;
use holdfast_ledger::book::{Account, AccountKind, AccountState, Balance};
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::{Fact, Key};
use holdfast_ledger::fold::Standing;
use holdfast_ledger::hold::{Hold, Policy};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, HoldId, TransactionToken};
use holdfast_ledger::usage::Meters;
use serde::Deserialize;
use serde_json::value::RawValue;
use sqlx::types::Json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known, as of the locks.
#[derive(Debug, Default)]
pub struct Known {
    /// The accounts that exist, locked or not, with their balances and the holds that the keys lead to.
    pub accounts: BTreeMap<AccountToken, Account>,
    /// Earlier decisions, by transaction. More than one only where a token was used under two accounts.
    pub decisions: BTreeMap<TransactionToken, Vec<StoredDecision>>,
    /// Notifications that have come, by transaction.
    pub notifications: BTreeMap<TransactionToken, Vec<KnownNotification>>,
    /// Cards.
    pub cards: BTreeMap<CardToken, Vec<CardRow>>,
    /// Marqeta's word on cards from before they were registered.
    pub transitions: BTreeMap<CardToken, String>,
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
    /// The item as it came.
    pub raw: String,
}

#[derive(Deserialize)]
struct AccountRow {
    token: AccountToken,
    state: AccountState,
    kind: AccountKind,
}

#[derive(Deserialize)]
struct BalanceRow {
    account: AccountToken,
    currency: String,
    posted: String,
    held: String,
    pending_credit: String,
}

#[derive(Deserialize)]
struct MetersRow {
    account: AccountToken,
    meters: Option<Meters>,
    fresh: bool,
}

#[derive(Deserialize)]
struct KeyRow {
    account: AccountToken,
    kind: String,
    value: String,
    hold: HoldId,
}

#[derive(Deserialize)]
pub(crate) struct HoldRow {
    pub(crate) account: AccountToken,
    id: HoldId,
    policy: Policy,
    facts: Vec<Fact>,
    standing: Standing,
    merged_into: Option<HoldId>,
    opened: i64,
}

impl HoldRow {
    pub(crate) fn hold(self) -> Hold {
        Hold {
            id: self.id,
            policy: self.policy,
            opened: Moment(self.opened),
            facts: self.facts,
            standing: self.standing,
            merged_into: self.merged_into,
        }
    }
}

type Column = Option<Json<Box<RawValue>>>;

impl Unit {
    /// Reads in one statement what the unit wants to know. Comes after [`Unit::lock`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read(&mut self, wanted: &Wanted) -> Result<Known, StoreError> {
        let (shards, accounts) = self.columns(&wanted.accounts);
        let row: [Column; 9] = {
            let keys = KeyColumns::of(self, wanted);
            let texts = |tokens: Vec<&str>| tokens.into_iter().map(str::to_owned).collect();
            let tokens: Vec<String> = texts(wanted.tokens.iter().map(|t| t.as_str()).collect());
            let cards: Vec<String> = texts(wanted.cards.iter().map(|t| t.as_str()).collect());
            let row: (
                Column,
                Column,
                Column,
                Column,
                Column,
                Column,
                Column,
                Column,
                Column,
            ) = sqlx::query_as(include_str!("../../sql/read_books.sql"))
                .bind(shards)
                .bind(accounts)
                .bind(keys.shards)
                .bind(keys.accounts)
                .bind(keys.kinds)
                .bind(keys.values)
                .bind(tokens)
                .bind(cards)
                .fetch_one(&mut *self.tx)
                .await?;
            row.into()
        };
        let mut known = assemble(&row, &self.controls)?;
        self.follow_merges(&mut known).await?;
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
        let found: Column = sqlx::query_scalar(include_str!("../../sql/read_holds.sql"))
            .bind(shards)
            .bind(accounts)
            .bind(names)
            .fetch_one(&mut *self.tx)
            .await?;
        let rows: Vec<HoldRow> = json::read("hold", found.as_ref().map(|json| &*json.0))?;
        Ok(rows
            .into_iter()
            .map(|row| (row.account.clone(), row.hold()))
            .collect())
    }

    /// Keys of a merged hold lead to the hold that took it over. Such holds are rare, so the target is
    /// read in a statement of its own.
    async fn follow_merges(&mut self, known: &mut Known) -> Result<(), StoreError> {
        loop {
            let missing: Vec<(AccountToken, HoldId)> = known
                .accounts
                .values()
                .flat_map(|account| {
                    let targets = account
                        .holds
                        .values()
                        .filter_map(|hold| hold.merged_into.clone());
                    let unknown = targets.filter(|id| !account.holds.contains_key(id));
                    unknown.map(|id| (account.token.clone(), id))
                })
                .collect();
            if missing.is_empty() {
                break;
            }
            let found = self.read_holds(&missing).await?;
            if found.is_empty() {
                return Err(json::unreadable("merged hold", &"its target is gone"));
            }
            for (account, hold) in found {
                if let Some(account) = known.accounts.get_mut(&account) {
                    account.holds.insert(hold.id.clone(), hold);
                }
            }
        }
        known.accounts.values_mut().for_each(redirect);
        Ok(())
    }
}

/// Lets every key lead to the hold at the end of its chain of merges.
fn redirect(account: &mut Account) {
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

/// Reads an account's token that was stored.
pub(super) fn account(token: &str) -> Result<AccountToken, StoreError> {
    AccountToken::parse(token).map_err(|error| json::unreadable("account token", &error))
}

fn assemble(row: &[Column; 9], controls: &Arc<ControlSet>) -> Result<Known, StoreError> {
    let [
        accounts,
        balances,
        keys,
        holds,
        decisions,
        notifications,
        cards,
        transitions,
        meters,
    ] = row
        .each_ref()
        .map(|column| column.as_ref().map(|json| &*json.0));
    let mut known = Known::default();
    for row in json::read::<Vec<AccountRow>>("account", accounts)? {
        let mut account = Account::new(row.token.clone(), row.state, row.kind);
        account.controls = Arc::clone(controls);
        known.accounts.insert(row.token, account);
    }
    for row in json::read::<Vec<BalanceRow>>("balance", balances)? {
        if let Some(account) = known.accounts.get_mut(&row.account) {
            let balance = Balance {
                posted: json::signed(&row.posted)?,
                held: json::signed(&row.held)?,
                pending_credit: json::signed(&row.pending_credit)?,
            };
            account
                .balances
                .insert(json::currency(&row.currency)?, balance);
        }
    }
    for row in json::read::<Vec<MetersRow>>("meters", meters)? {
        if let Some(account) = known.accounts.get_mut(&row.account) {
            account.meters = row.meters.unwrap_or_default();
            account.is_fresh = row.fresh;
        }
    }
    for row in json::read::<Vec<HoldRow>>("hold", holds)? {
        if let Some(account) = known.accounts.get_mut(&row.account) {
            account.holds.insert(row.id.clone(), row.hold());
        }
    }
    for row in json::read::<Vec<KeyRow>>("key", keys)? {
        let key = Key::from_parts(&row.kind, &row.value);
        if let (Some(key), Some(account)) = (key, known.accounts.get_mut(&row.account)) {
            account.keys.insert(key, row.hold);
        }
    }
    for row in json::read::<Vec<StoredDecision>>("decision", decisions)? {
        known
            .decisions
            .entry(row.token.clone())
            .or_default()
            .push(row);
    }
    for row in json::read::<Vec<KnownNotification>>("notification", notifications)? {
        known
            .notifications
            .entry(row.token.clone())
            .or_default()
            .push(row);
    }
    for row in json::read::<Vec<CardRow>>("card", cards)? {
        known.cards.entry(row.token.clone()).or_default().push(row);
    }
    known.transitions = json::read("card transition", transitions)?;
    Ok(known)
}
