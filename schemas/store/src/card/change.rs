//! Cards in the hands of operators.

use super::{CardRow, CardState};
use crate::unit::{Locked, Unit};
use crate::{Store, StoreError};
use holdfast_ledger::token::{AccountToken, CardToken};
use sqlx::{Executor, Postgres};
use std::collections::BTreeSet;

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardChange {
    /// The card is registered now.
    Created,
    /// The card was known, and is as it should be.
    Changed,
    /// The card belongs to another account; nothing is changed.
    OfAnother,
    /// The account does not exist; nothing is changed.
    UnknownAccount,
}

/// A card that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPut {
    /// What became of it.
    pub change: CardChange,
    /// The card as it was before.
    pub before: Option<CardRow>,
    /// The card as it is now.
    pub after: Option<CardRow>,
}

impl Store {
    /// A card, if it is registered or has transitions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn card(&self, card: &CardToken) -> Result<Option<CardRow>, StoreError> {
        read_card_row(self.pool(), card).await
    }

    /// [`Unit::put_card`] without a record of who did it: for tests and tools.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_card(
        &self,
        card: &CardToken,
        account: &AccountToken,
        state: Option<CardState>,
    ) -> Result<CardChange, StoreError> {
        let mut unit = self.begin().await?;
        let put = unit.put_card(card, account, state).await?;
        unit.commit().await?;
        Ok(put.change)
    }
}

impl Unit {
    /// A card as this unit sees it, if it is registered or has transitions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stored_card(&mut self, card: &CardToken) -> Result<Option<CardRow>, StoreError> {
        read_card_row(&mut *self.tx, card).await
    }

    /// Registers a card to an account, or changes the operator's word on it. It is in force for every
    /// decision that begins after the commit, because decisions read cards under the account's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_card(
        &mut self,
        card: &CardToken,
        account: &AccountToken,
        state: Option<CardState>,
    ) -> Result<CardPut, StoreError> {
        let only = BTreeSet::from([account.clone()]);
        let locked = self.lock_accounts(&only, Locked::Wait).await?;
        let before = read_card_row(&mut *self.tx, card).await?;
        let registered = before.as_ref().filter(|row| row.is_registered());
        let change = match registered {
            _ if locked.is_empty() => CardChange::UnknownAccount,
            Some(known) if known.account.as_ref() != Some(account) => CardChange::OfAnother,
            Some(_) => CardChange::Changed,
            None => CardChange::Created,
        };
        let state = match change {
            CardChange::Created => Some(state.unwrap_or(CardState::Active)),
            CardChange::Changed => state,
            CardChange::OfAnother | CardChange::UnknownAccount => None,
        };
        if let Some(state) = state {
            let statement = match change {
                CardChange::Created => include_str!("../../sql/create_card.sql"),
                _ => include_str!("../../sql/change_card.sql"),
            };
            self.write_card(statement, card, account, state).await?;
        }
        let after = read_card_row(&mut *self.tx, card).await?;
        Ok(CardPut {
            change,
            before,
            after,
        })
    }

    async fn write_card(
        &mut self,
        statement: &'static str,
        card: &CardToken,
        account: &AccountToken,
        state: CardState,
    ) -> Result<(), StoreError> {
        sqlx::query(statement)
            .bind(card.as_str())
            .bind(account.as_str())
            .bind(self.shards.of(account).0)
            .bind(state.as_str())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

async fn read_card_row<'e>(
    connection: impl Executor<'e, Database = Postgres>,
    card: &CardToken,
) -> Result<Option<CardRow>, StoreError> {
    let row: Option<(Option<String>, Option<String>, Option<String>)> =
        sqlx::query_as(include_str!("../../sql/read_card.sql"))
            .bind(card.as_str())
            .fetch_optional(connection)
            .await?;
    row.map(|(account, operator_state, marqeta_state)| {
        CardRow::read(card.clone(), account, operator_state, marqeta_state)
    })
    .transpose()
}
