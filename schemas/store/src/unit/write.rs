//! Writing: the changed books, the decisions, the journal, and alerts.

mod books;
mod decisions;
mod holds;
mod journal;
mod owner;

use super::Unit;
use crate::alert::NewAlert;
use crate::{StoreError, json};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use sqlx::Postgres;
use sqlx::postgres::{PgArguments, PgBindIterExt};

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
        let text = |column: fn(&NewAlert) -> Option<&str>| alerts.iter().map(column);
        let amounts = || alerts.iter().map(|alert| alert.amounts);
        let expected = amounts().map(|of| Some(of?.expected?.value()));
        let booked = amounts().map(|of| Some(of?.booked?.value()));
        sqlx::query(include_str!("../../sql/raise_alerts.sql"))
            .bind(ids)
            .bind(text(|alert| Some(alert.kind.as_str())).bind_iter())
            .bind(text(|alert| Some(alert.kind.severity().as_str())).bind_iter())
            .bind(text(|alert| alert.account.as_ref().map(|token| token.as_str())).bind_iter())
            .bind(text(|alert| alert.token.as_deref()).bind_iter())
            .bind(text(|alert| alert.transaction_type.as_deref()).bind_iter())
            .bind(text(|alert| alert.state.as_deref()).bind_iter())
            .bind(
                amounts()
                    .map(|of| of.map(|of| of.currency.code()))
                    .bind_iter(),
            )
            .bind(expected.bind_iter())
            .bind(booked.bind_iter())
            .bind(text(|alert| Some(&alert.detail)).bind_iter())
            .bind(alerts.iter().map(|alert| json::time(alert.at)).bind_iter())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Resolves open alerts of a kind about these transactions: a later message explains them. Nothing is sent
    /// for none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn resolve_alerts(
        &mut self,
        kind: AlertKind,
        tokens: &[&str],
        note: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        if tokens.is_empty() {
            return Ok(());
        }
        sqlx::query(include_str!("../../sql/resolve_alerts.sql"))
            .bind(kind.as_str())
            .bind(tokens)
            .bind(json::time(now))
            .bind(note)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
