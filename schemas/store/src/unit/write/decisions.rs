//! Answers as columns, and the cards that their requests registered.

use super::Statement;
use crate::decision::{NewCard, NewDecision};
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::token::HoldId;
use sqlx::postgres::PgBindIterExt;
use std::collections::BTreeSet;

/// Decisions in the order of their tokens, in which units meet on the unique index.
pub(super) struct Decisions<'a>(Vec<&'a NewDecision>);

impl<'a> Decisions<'a> {
    pub(super) fn sorted_by_token(decisions: &'a [NewDecision]) -> Self {
        let mut sorted: Vec<&NewDecision> = decisions.iter().collect();
        sorted.sort_unstable_by(|one, other| one.token.cmp(&other.token));
        Self(sorted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds them to a statement's parameters.
    pub(super) fn bind_decisions(&self, statement: Statement, shards: ShardCount) -> Statement {
        let sorted = &self.0;
        let text = |column: fn(&NewDecision) -> &str| sorted.iter().map(move |d| column(d));
        let optional =
            |column: fn(&NewDecision) -> Option<&str>| sorted.iter().map(move |d| column(d));
        statement
            .bind(sorted.iter().map(|d| shards.of(&d.account).0).bind_iter())
            .bind(text(|d| d.account.as_str()).bind_iter())
            .bind(text(|d| d.token.as_str()).bind_iter())
            .bind(text(|d| &d.id).bind_iter())
            .bind(sorted.iter().map(|d| &d.content_hash[..]).bind_iter())
            .bind(text(|d| d.outcome.as_str()).bind_iter())
            .bind(optional(|d| d.reason.as_deref()).bind_iter())
            .bind(sorted.iter().map(|d| status_column(d.status)).bind_iter())
            .bind(text(|d| &d.response_body).bind_iter())
            .bind(optional(|d| d.hold.as_ref().map(HoldId::as_str)).bind_iter())
            .bind(text(|d| &d.request).bind_iter())
            .bind(text(|d| &d.why).bind_iter())
            .bind(sorted.iter().map(|d| d.rules).bind_iter())
            .bind(sorted.iter().map(|d| json::time(d.received)).bind_iter())
            .bind(sorted.iter().map(|d| json::time(d.decided)).bind_iter())
    }
}

impl Unit {
    /// Registers the cards that a batch's valid requests named for the first time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn register_cards(&mut self, cards: &BTreeSet<NewCard>) -> Result<(), StoreError> {
        if cards.is_empty() {
            return Ok(());
        }
        let shards = self.shards;
        sqlx::query(include_str!("../../../sql/register_cards.sql"))
            .bind(cards.iter().map(|c| shards.of(&c.account).0).bind_iter())
            .bind(cards.iter().map(|card| card.account.as_str()).bind_iter())
            .bind(cards.iter().map(|card| card.token.as_str()).bind_iter())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

fn status_column(status: u16) -> i16 {
    i16::try_from(status).unwrap_or(i16::MAX)
}
