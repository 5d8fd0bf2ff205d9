//! Writing: the changed books, the decisions, and the journal.

use super::Unit;
use crate::alert::NewAlert;
use crate::decision::{NewCard, NewDecision};
use crate::journal::Event;
use crate::{StoreError, json};
use holdfast_ledger::book::Account;
use holdfast_ledger::hold::Hold;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

#[derive(Default)]
struct Holds {
    shards: Vec<i32>,
    accounts: Vec<String>,
    ids: Vec<String>,
    policies: Vec<String>,
    facts: Vec<String>,
    standings: Vec<String>,
    open: Vec<bool>,
    opened: Vec<i64>,
    expires: Vec<Option<i64>>,
    merged: Vec<Option<String>>,
    unmatched: Vec<bool>,
    used: Vec<Option<i64>>,
    used_late: Vec<bool>,
}

impl Holds {
    fn push(&mut self, shard: i32, account: &Account, hold: &Hold) -> Result<(), StoreError> {
        self.shards.push(shard);
        self.accounts.push(account.token.as_str().to_owned());
        self.ids.push(hold.id.as_str().to_owned());
        self.policies.push(json::write("policy", &hold.policy)?);
        self.facts.push(json::write("facts", &hold.facts)?);
        self.standings
            .push(json::write("standing", &hold.standing)?);
        self.open.push(hold.standing.is_open());
        self.opened.push(hold.opened.0);
        self.expires.push(hold.standing.expires.map(|at| at.0));
        self.merged
            .push(hold.merged_into.as_ref().map(|id| id.as_str().to_owned()));
        self.unmatched.push(hold.unmatched_capture().is_some());
        let used = hold.used_at();
        self.used.push(used.map(|at| at.0));
        self.used_late
            .push(used.is_some_and(|at| at > hold.opened.plus_days(1)));
        Ok(())
    }
}

#[derive(Default)]
struct Keys {
    shards: Vec<i32>,
    accounts: Vec<String>,
    kinds: Vec<&'static str>,
    values: Vec<String>,
    holds: Vec<String>,
}

#[derive(Default)]
struct Balances {
    shards: Vec<i32>,
    accounts: Vec<String>,
    currencies: Vec<&'static str>,
    posted: Vec<Decimal>,
    held: Vec<Decimal>,
    pending: Vec<Decimal>,
}

#[derive(Default)]
struct Usage {
    shards: Vec<i32>,
    accounts: Vec<String>,
    meters: Vec<String>,
}

impl Unit {
    /// Writes what has changed in these accounts, which must be locked. Nothing is sent when nothing has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write_books(
        &mut self,
        accounts: impl IntoIterator<Item = &Account>,
    ) -> Result<(), StoreError> {
        let (mut holds, mut keys) = (Holds::default(), Keys::default());
        let (mut balances, mut usage) = (Balances::default(), Usage::default());
        for account in accounts {
            let shard = self.shards.of(&account.token).0;
            let changed = account.changed();
            for hold in changed.holds.iter().filter_map(|id| account.holds.get(id)) {
                holds.push(shard, account, hold)?;
            }
            for key in &changed.keys {
                let Some(hold) = account.keys.get(key) else {
                    continue;
                };
                keys.shards.push(shard);
                keys.accounts.push(account.token.as_str().to_owned());
                keys.kinds.push(key.kind());
                keys.values.push(key.value().to_owned());
                keys.holds.push(hold.as_str().to_owned());
            }
            for currency in &changed.balances {
                let balance = account.balance(*currency);
                balances.shards.push(shard);
                balances.accounts.push(account.token.as_str().to_owned());
                balances.currencies.push(currency.code());
                balances.posted.push(balance.posted.value());
                balances.held.push(balance.held.value());
                balances.pending.push(balance.pending_credit.value());
            }
            if changed.meters {
                usage.shards.push(shard);
                usage.accounts.push(account.token.as_str().to_owned());
                usage.meters.push(json::write("meters", &account.meters)?);
            }
        }
        let nothing = holds.ids.is_empty() && keys.values.is_empty();
        if nothing && balances.currencies.is_empty() && usage.accounts.is_empty() {
            return Ok(());
        }
        self.send_books(holds, keys, balances, usage).await
    }

    async fn send_books(
        &mut self,
        holds: Holds,
        keys: Keys,
        balances: Balances,
        usage: Usage,
    ) -> Result<(), StoreError> {
        sqlx::query(include_str!("../../sql/write_books.sql"))
            .bind(holds.shards)
            .bind(holds.accounts)
            .bind(holds.ids)
            .bind(holds.policies)
            .bind(holds.facts)
            .bind(holds.standings)
            .bind(holds.open)
            .bind(holds.opened)
            .bind(holds.expires)
            .bind(holds.merged)
            .bind(keys.shards)
            .bind(keys.accounts)
            .bind(keys.kinds)
            .bind(keys.values)
            .bind(keys.holds)
            .bind(balances.shards)
            .bind(balances.accounts)
            .bind(balances.currencies)
            .bind(balances.posted)
            .bind(balances.held)
            .bind(balances.pending)
            .bind(holds.unmatched)
            .bind(holds.used)
            .bind(holds.used_late)
            .bind(usage.shards)
            .bind(usage.accounts)
            .bind(usage.meters)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Stores answers, and the cards that their requests registered.
    ///
    /// # Errors
    /// [`StoreError::Again`] when another front has stored an answer for one of the tokens meanwhile.
    pub async fn write_decisions(
        &mut self,
        decisions: &[NewDecision],
        cards: &BTreeSet<NewCard>,
    ) -> Result<(), StoreError> {
        let mut sorted: Vec<&NewDecision> = decisions.iter().collect();
        sorted.sort_by(|a, b| a.token.cmp(&b.token));
        let each = |column: fn(&NewDecision) -> String| -> Vec<String> {
            sorted.iter().map(|decision| column(decision)).collect()
        };
        let optional = |column: fn(&NewDecision) -> Option<String>| -> Vec<Option<String>> {
            sorted.iter().map(|decision| column(decision)).collect()
        };
        let shards: Vec<i32> = sorted
            .iter()
            .map(|d| self.shards.of(&d.account).0)
            .collect();
        let card_shards: Vec<i32> = cards.iter().map(|c| self.shards.of(&c.account).0).collect();
        let card_accounts: Vec<&str> = cards.iter().map(|card| card.account.as_str()).collect();
        let card_tokens: Vec<&str> = cards.iter().map(|card| card.token.as_str()).collect();
        let hashes: Vec<Vec<u8>> = sorted.iter().map(|d| d.content_hash.to_vec()).collect();
        let statuses: Vec<i16> = sorted
            .iter()
            .map(|d| i16::try_from(d.status).unwrap_or(i16::MAX))
            .collect();
        sqlx::query(include_str!("../../sql/write_decisions.sql"))
            .bind(card_shards)
            .bind(card_accounts)
            .bind(card_tokens)
            .bind(shards)
            .bind(each(|d| d.account.as_str().to_owned()))
            .bind(each(|d| d.token.as_str().to_owned()))
            .bind(each(|d| d.id.clone()))
            .bind(hashes)
            .bind(each(|d| d.outcome.as_str().to_owned()))
            .bind(optional(|d| d.reason.clone()))
            .bind(statuses)
            .bind(each(|d| d.answer.clone()))
            .bind(optional(|d| {
                d.hold.as_ref().map(|id| id.as_str().to_owned())
            }))
            .bind(each(|d| d.request.clone()))
            .bind(each(|d| d.why.clone()))
            .bind(sorted.iter().map(|d| d.rules).collect::<Vec<i32>>())
            .bind(sorted.iter().map(|d| d.received.0).collect::<Vec<i64>>())
            .bind(sorted.iter().map(|d| d.decided.0).collect::<Vec<i64>>())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Raises alerts together with what the unit does.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn raise(&mut self, alerts: &[NewAlert]) -> Result<(), StoreError> {
        if alerts.is_empty() {
            return Ok(());
        }
        let ids: Vec<uuid::Uuid> = alerts.iter().map(|_| uuid::Uuid::now_v7()).collect();
        let accounts: Vec<Option<&str>> = alerts
            .iter()
            .map(|alert| alert.account.as_ref().map(|token| token.as_str()))
            .collect();
        sqlx::query(include_str!("../../sql/raise_alerts.sql"))
            .bind(ids)
            .bind(alerts.iter().map(|alert| alert.kind).collect::<Vec<&str>>())
            .bind(accounts)
            .bind(
                alerts
                    .iter()
                    .map(|alert| alert.token.clone())
                    .collect::<Vec<_>>(),
            )
            .bind(
                alerts
                    .iter()
                    .map(|alert| alert.detail.clone())
                    .collect::<Vec<_>>(),
            )
            .bind(alerts.iter().map(|alert| alert.at.0).collect::<Vec<i64>>())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Writes the unit's events with their positions; the last statement before COMMIT. Returns the
    /// positions in the order of the events.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append(&mut self, events: &[Event]) -> Result<Vec<i64>, StoreError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let entries = events
            .iter()
            .map(|event| json::write("entries", &event.entries))
            .collect::<Result<Vec<String>, StoreError>>()?;
        let texts =
            |column: fn(&Event) -> &str| -> Vec<&str> { events.iter().map(column).collect() };
        let optional = |column: fn(&Event) -> Option<&str>| -> Vec<Option<&str>> {
            events.iter().map(column).collect()
        };
        let positions = sqlx::query_scalar(include_str!("../../sql/append_journal.sql"))
            .bind(
                events
                    .iter()
                    .map(|e| self.shards.of(&e.account).0)
                    .collect::<Vec<i32>>(),
            )
            .bind(texts(|event| event.account.as_str()))
            .bind(events.iter().map(|event| event.id).collect::<Vec<_>>())
            .bind(texts(|event| event.topic))
            .bind(texts(|event| event.kind))
            .bind(texts(|event| &event.subject))
            .bind(texts(|event| &event.payload))
            .bind(entries)
            .bind(optional(|event| event.hold.as_ref().map(|id| id.as_str())))
            .bind(optional(|event| event.token.as_deref()))
            .bind(events.iter().map(|event| event.at.0).collect::<Vec<i64>>())
            .fetch_all(&mut *self.tx)
            .await?;
        Ok(positions)
    }
}
