//! What workers look for on their own: holds whose time has run out, unconfirmed approvals.

use crate::{Store, StoreError, json};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};

impl Store {
    /// Holds whose deadline has passed, the longest overdue first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_holds(
        &self,
        now: Moment,
        limit: i64,
    ) -> Result<Vec<(AccountToken, HoldId)>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(include_str!("../sql/due_holds.sql"))
            .bind(now.0)
            .bind(limit)
            .fetch_all(self.pool())
            .await?;
        rows.into_iter()
            .map(|(account, hold)| {
                let unreadable = |error| json::unreadable_value("token", &error);
                let account = AccountToken::parse(&account).map_err(unreadable)?;
                Ok((account, HoldId::parse(&hold).map_err(unreadable)?))
            })
            .collect()
    }

    /// How many approvals from before `before` have no notification, and the age of the oldest in seconds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_unconfirmed(&self, before: Moment) -> Result<(i64, i64), StoreError> {
        let row = sqlx::query_as(include_str!("../sql/unconfirmed.sql"))
            .bind(before.0)
            .fetch_one(self.pool())
            .await?;
        Ok(row)
    }
}
