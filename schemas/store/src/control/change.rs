//! Changing definitions and settings, in a unit: one change after another, under the lock of the program's row.

use super::{ControlRow, Put, StoredControl, read_control_row};
use crate::program::ProgramSettings;
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::control::Definition;
use holdfast_ledger::time::Moment;
use sqlx::{Executor, Postgres};

impl Unit {
    /// Locks the definitions and the settings against other changes, so that what is read here stays until the
    /// commit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lock_controls(&mut self) -> Result<(), StoreError> {
        sqlx::query(include_str!("../../sql/lock_controls.sql"))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// One definition by its kind and name; `None` also when it was deleted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn control(
        &mut self,
        kind: &str,
        token: &str,
    ) -> Result<Option<StoredControl>, StoreError> {
        find_control(&mut *self.tx, kind, token).await
    }

    /// Puts a definition, with a JSON object of the fields that are shown as they were given. It is in force
    /// in a process when that refreshes after the commit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_control(
        &mut self,
        (definition, given): (&Definition, &str),
        actor: &str,
        now: Moment,
    ) -> Result<Put, StoreError> {
        let (revision, is_new): (i64, bool) =
            sqlx::query_as(include_str!("../../sql/put_control.sql"))
                .bind(definition.kind())
                .bind(definition.name())
                .bind(json::write("control", definition)?)
                .bind(actor)
                .bind(now.0)
                .bind(given)
                .fetch_one(&mut *self.tx)
                .await?;
        Ok(Put { is_new, revision })
    }

    /// Deletes a definition: it stays in the history. `false` when there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_control(
        &mut self,
        (kind, token): (&str, &str),
        actor: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let deleted: Option<i64> = sqlx::query_scalar(include_str!("../../sql/delete_control.sql"))
            .bind(kind)
            .bind(token)
            .bind(actor)
            .bind(now.0)
            .fetch_optional(&mut *self.tx)
            .await?;
        Ok(deleted.is_some())
    }

    /// Replaces the program's settings, unless they have changed since `version`:
    /// `None` then, else the new version.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn change_settings(
        &mut self,
        settings: &ProgramSettings,
        version: i64,
    ) -> Result<Option<i64>, StoreError> {
        let changed = sqlx::query_scalar(include_str!("../../sql/change_settings.sql"))
            .bind(json::write("program settings", settings)?)
            .bind(version)
            .fetch_optional(&mut *self.tx)
            .await?;
        Ok(changed)
    }
}

/// One definition by its kind and name.
pub(super) async fn find_control<'e>(
    connection: impl Executor<'e, Database = Postgres>,
    kind: &str,
    token: &str,
) -> Result<Option<StoredControl>, StoreError> {
    let row: Option<ControlRow> = sqlx::query_as(include_str!("../../sql/read_control.sql"))
        .bind(kind)
        .bind(token)
        .fetch_optional(connection)
        .await?;
    row.map(read_control_row).transpose()
}
