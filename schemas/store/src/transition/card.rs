//! Card transitions. They belong to the card alone: its account need not exist, nor the card be registered.

use super::{TransitionRow, created, fold_states};
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::CardToken;
use holdfast_ledger::transition::{Subject, Transition};
use sqlx::postgres::PgBindIterExt;
use std::collections::BTreeSet;

impl Unit {
    /// Stores card transitions and brings the states of their cards up to date. Comes after the account
    /// locks; the cards' states are locked in the order of their tokens.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_card_transitions(
        &mut self,
        transitions: &[(CardToken, Transition)],
        now: Moment,
    ) -> Result<(), StoreError> {
        if transitions.is_empty() {
            return Ok(());
        }
        let cards: BTreeSet<&str> = transitions.iter().map(|(card, _)| card.as_str()).collect();
        let cards: Vec<&str> = cards.into_iter().collect();
        sqlx::query(include_str!("../../sql/lock_card_states.sql"))
            .bind(&cards)
            .execute(&mut *self.tx)
            .await?;
        self.insert_card_transitions(transitions, now).await?;
        self.fold_card_states(&cards).await
    }

    async fn insert_card_transitions(
        &mut self,
        transitions: &[(CardToken, Transition)],
        now: Moment,
    ) -> Result<(), StoreError> {
        let rows = || transitions.iter().map(|(_, transition)| transition);
        sqlx::query(include_str!("../../sql/insert_card_transitions.sql"))
            .bind(
                transitions
                    .iter()
                    .map(|(card, _)| card.as_str())
                    .bind_iter(),
            )
            .bind(rows().map(|row| row.token.as_str()).bind_iter())
            .bind(rows().map(|row| row.state.as_str()).bind_iter())
            .bind(rows().map(created).bind_iter())
            .bind(json::time(now))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Reads in a statement of its own: a snapshot from before the lock could miss another writer's rows.
    async fn fold_card_states(&mut self, cards: &[&str]) -> Result<(), StoreError> {
        let rows: Vec<TransitionRow> =
            sqlx::query_as(include_str!("../../sql/read_card_transitions.sql"))
                .bind(cards)
                .fetch_all(&mut *self.tx)
                .await?;
        let (cards, states) = fold_states(Subject::Card, rows);
        sqlx::query(include_str!("../../sql/change_card_states.sql"))
            .bind(cards)
            .bind(states)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
