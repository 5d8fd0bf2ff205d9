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

impl Store {
    /// A card, if it is registered or has transitions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn card(&self, card: &CardToken) -> Result<Option<CardRow>, StoreError> {
        read_card_row(self.pool(), card).await
    }

    /// Registers a card to an account, or changes the operator's word on it. It is in force for every
    /// decision that begins after this returns, because decisions read cards under the account's lock.
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
        let locked = unit
            .lock_accounts(&BTreeSet::from([account.clone()]), Locked::Wait)
            .await?;
        if locked.is_empty() {
            return Ok(CardChange::UnknownAccount);
        }
        let known = read_card_row(&mut *unit.tx, card).await?;
        let change = match known.filter(CardRow::is_registered) {
            Some(known) if known.account.as_ref() != Some(account) => {
                return Ok(CardChange::OfAnother);
            }
            Some(_) => {
                if let Some(state) = state {
                    unit.write_card(
                        include_str!("../../sql/change_card.sql"),
                        card,
                        account,
                        state,
                    )
                    .await?;
                }
                CardChange::Changed
            }
            None => {
                let state = state.unwrap_or(CardState::Active);
                unit.write_card(
                    include_str!("../../sql/create_card.sql"),
                    card,
                    account,
                    state,
                )
                .await?;
                CardChange::Created
            }
        };
        unit.commit().await?;
        Ok(change)
    }
}

impl Unit {
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
