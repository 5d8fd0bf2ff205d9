//! Lists of cards.

use super::CardRow;
use crate::json;
use crate::{Store, StoreError};
use holdfast_ledger::token::{AccountToken, CardToken};

/// Which cards are listed.
#[derive(Debug, Clone, Default)]
pub struct CardFilter {
    /// Those of this account.
    pub account: Option<AccountToken>,
    /// Those after this one.
    pub after: Option<CardToken>,
    /// At most so many.
    pub limit: u32,
}

type ListedCard = (String, Option<String>, Option<String>, Option<String>);

impl Store {
    /// Registered cards by a filter, in order of their tokens.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cards(&self, filter: &CardFilter) -> Result<Vec<CardRow>, StoreError> {
        let rows: Vec<ListedCard> = sqlx::query_as(include_str!("../../sql/list_cards.sql"))
            .bind(filter.account.as_ref().map(AccountToken::as_str))
            .bind(filter.after.as_ref().map(CardToken::as_str))
            .bind(i64::from(filter.limit))
            // A prepared statement would be planned once for all filters, and read the whole table.
            .persistent(false)
            .fetch_all(self.pool())
            .await?;
        rows.into_iter().map(read_listed_card).collect()
    }
}

fn read_listed_card(row: ListedCard) -> Result<CardRow, StoreError> {
    let (token, account, operator_state, marqeta_state) = row;
    let token =
        CardToken::parse(&token).map_err(|error| json::unreadable_value("card token", &error))?;
    CardRow::read(token, account, operator_state, marqeta_state)
}
