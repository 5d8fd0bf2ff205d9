//! Acknowledging an alert: a named person has reviewed it.

use super::Alert;
use super::read::AlertRow;
use crate::{Store, StoreError, json};
use holdfast_ledger::time::Moment;

impl Store {
    /// Acknowledges an alert unless it was before; returns it as it is then, or `None` when there is none of
    /// this name. The caller compares whose acknowledgement it shows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn acknowledge_alert(
        &self,
        id: uuid::Uuid,
        (by, note): (&str, &str),
        now: Moment,
    ) -> Result<Option<Alert>, StoreError> {
        let row: Option<AlertRow> = sqlx::query_as(include_str!("../../sql/acknowledge_alert.sql"))
            .bind(id)
            .bind(json::time(now))
            .bind(by)
            .bind(note)
            .fetch_optional(self.pool())
            .await?;
        row.map(Alert::from_row).transpose()
    }
}
