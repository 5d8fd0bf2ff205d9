//! Bringing a dead letter back.

use super::{DeadLetter, DeadLetterRow, read_dead_letter_row};
use crate::StoreError;
use crate::unit::Unit;
use holdfast_ledger::time::Moment;

impl Unit {
    /// A dead letter, locked against another replay.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lock_dead_letter(
        &mut self,
        id: uuid::Uuid,
    ) -> Result<Option<DeadLetter>, StoreError> {
        let row: Option<DeadLetterRow> =
            sqlx::query_as(include_str!("../../sql/lock_dead_letter.sql"))
                .bind(id)
                .fetch_optional(&mut *self.tx)
                .await?;
        Ok(row.map(read_dead_letter_row))
    }

    /// Makes the parked notification of a dead letter wait again, with its normalised message. `false`, and nothing
    /// is changed, when none is parked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn replay_notification(
        &mut self,
        letter: &DeadLetter,
        message: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let waiting = sqlx::query(include_str!("../../sql/replay_notification.sql"))
            .bind(&letter.token)
            .bind(&letter.state)
            .bind(&letter.key)
            .bind(self.shards.of_key(&letter.key).0)
            .bind(message)
            .execute(&mut *self.tx)
            .await?;
        if waiting.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(include_str!("../../sql/mark_replayed.sql"))
            .bind(letter.id)
            .bind(now.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(true)
    }
}
