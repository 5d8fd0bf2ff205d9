//! The program: what the database is, and the settings that operators change while everything runs.

mod settings;

pub use settings::{
    ControlDefault, MerchantDeclineReason, ProductInquiry, ProgramSettings, TimeoutPolicy, ZoneName,
};

use crate::{Store, StoreError, json};
use holdfast_ledger::shard::ShardCount;
use sqlx::postgres::PgPool;

/// What never changes about a database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Program {
    pub(crate) shards: ShardCount,
    pub(crate) incarnation: uuid::Uuid,
}

pub(crate) async fn create_program(pool: &PgPool, shards: ShardCount) -> Result<(), StoreError> {
    sqlx::query(include_str!("../sql/create_program.sql"))
        .bind(shards.get())
        .bind(uuid::Uuid::now_v7())
        .execute(pool)
        .await?;
    sqlx::query(include_str!("../sql/create_shards.sql"))
        .execute(pool)
        .await?;
    Ok(())
}

pub(crate) async fn read_identity(pool: &PgPool) -> Result<Program, StoreError> {
    let row: Option<(i32, uuid::Uuid)> = sqlx::query_as("select shards, incarnation from program")
        .fetch_optional(pool)
        .await
        .map_err(without_tables)?;
    let (shards, incarnation) = row.ok_or_else(|| {
        StoreError::Unfit("the database was never finished: run `holdfast migrate`".to_owned())
    })?;
    let shards = ShardCount::new(shards)
        .ok_or_else(|| json::unreadable_value("number of shards", &shards))?;
    Ok(Program {
        shards,
        incarnation,
    })
}

fn without_tables(error: sqlx::Error) -> StoreError {
    let undefined_table = "42P01";
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    if code.as_deref() == Some(undefined_table) {
        let advice = "the database has no tables of holdfast: run `holdfast migrate`";
        return StoreError::Unfit(advice.to_owned());
    }
    error.into()
}

impl Store {
    /// The program's settings, and their version.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settings(&self) -> Result<(ProgramSettings, i64), StoreError> {
        let (settings, version): (String, i64) =
            sqlx::query_as("select settings::text, settings_version from program")
                .fetch_one(self.pool())
                .await?;
        Ok((json::parse("program settings", &settings)?, version))
    }

    /// [`Unit::change_settings`](crate::unit::Unit::change_settings) without a record of who did it: for tests and
    /// tools.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn change_settings(
        &self,
        settings: &ProgramSettings,
        version: i64,
    ) -> Result<Option<i64>, StoreError> {
        let mut unit = self.begin().await?;
        let changed = unit.change_settings(settings, version).await?;
        unit.commit().await?;
        Ok(changed)
    }
}
