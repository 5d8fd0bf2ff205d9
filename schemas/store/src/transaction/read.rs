//! Reading a transaction's record.

use super::TransactionRecord;
use crate::hold::HoldJson;
use crate::json::{self, JsonColumn};
use crate::{Store, StoreError};
use holdfast_ledger::token::TransactionToken;

#[derive(sqlx::FromRow)]
struct TransactionColumns {
    decisions: JsonColumn,
    notifications: JsonColumn,
    holds: JsonColumn,
    events: JsonColumn,
    alerts: JsonColumn,
    disputes: JsonColumn,
}

impl Store {
    /// Everything that is known of a transaction; empty when nothing is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn transaction(
        &self,
        token: &TransactionToken,
    ) -> Result<TransactionRecord, StoreError> {
        let columns: TransactionColumns =
            sqlx::query_as(include_str!("../../sql/read_transaction.sql"))
                .bind(token.as_str())
                .fetch_one(self.pool())
                .await?;
        let holds: Vec<HoldJson> = json::read_column("hold", &columns.holds)?;
        let holds = holds.into_iter().map(HoldJson::into_hold);
        Ok(TransactionRecord {
            decisions: json::read_column("decision", &columns.decisions)?,
            notifications: json::read_column("notification", &columns.notifications)?,
            holds: holds
                .map(|(account, hold)| (account.to_string(), hold))
                .collect(),
            events: json::read_column("event", &columns.events)?,
            alerts: json::read_column("alert", &columns.alerts)?,
            disputes: json::read_column("dispute", &columns.disputes)?,
        })
    }
}
