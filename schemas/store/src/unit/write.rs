//! Writing: the changed books, the decisions, the journal, and alerts.

mod books;
mod decisions;
mod holds;
mod journal;

use super::Unit;
use crate::StoreError;
use crate::alert::NewAlert;
use sqlx::Postgres;
use sqlx::postgres::PgArguments;

type Statement = sqlx::query::Query<'static, Postgres, PgArguments>;

impl Unit {
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
}
