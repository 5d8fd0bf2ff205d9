//! Acknowledging an alert: a named person has reviewed it.

use super::Alert;
use super::read::AlertRow;
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::time::Moment;

impl Unit {
    /// Locks an alert. Was it acknowledged? `None` when there is none of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lock_alert(&mut self, id: uuid::Uuid) -> Result<Option<bool>, StoreError> {
        let acknowledged = sqlx::query_scalar(include_str!("../../sql/lock_alert.sql"))
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await?;
        Ok(acknowledged)
    }

    /// Acknowledges an alert unless it was before; returns it as it is then, or `None` when there is none of
    /// this name. The caller compares whose acknowledgement it shows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn acknowledge_alert(
        &mut self,
        id: uuid::Uuid,
        (by, note): (&str, &str),
        now: Moment,
    ) -> Result<Option<Alert>, StoreError> {
        let row: Option<AlertRow> = sqlx::query_as(include_str!("../../sql/acknowledge_alert.sql"))
            .bind(id)
            .bind(json::time(now))
            .bind(by)
            .bind(note)
            .fetch_optional(&mut *self.tx)
            .await?;
        row.map(Alert::from_row).transpose()
    }
}
