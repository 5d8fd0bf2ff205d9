//! The connection to Postgres.

use crate::control::Controls;
use crate::program::Program;
use crate::{StoreError, connect, program};
use holdfast_ledger::shard::{Shard, ShardCount};
use holdfast_ledger::token::AccountToken;
use sqlx::ConnectOptions;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgPool, PgPoolOptions};
use std::borrow::Cow;
use std::time::Duration;

/// How a program uses Postgres.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// `postgres://user:password@host/database`.
    pub url: String,
    /// Connections, all opened at once and kept: opening one costs more than a decision may.
    pub connections: u32,
    /// The server ends a statement that takes longer. It must lie below the caller's own deadline, so
    /// that a statement ends with an error and not by being abandoned (sqlx issue 4349 leaks those).
    pub statement_timeout: Duration,
    /// The server gives up waiting for a lock after this.
    pub lock_timeout: Duration,
    /// How statements are planned.
    pub plans: Plans,
    /// Shown in `pg_stat_activity`.
    pub name: &'static str,
}

/// How Postgres plans the statements of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plans {
    /// As it thinks best: reports, verification.
    #[default]
    Free,
    /// By key, through indexes: units of work touch a handful of rows by their keys, in whatever table.
    /// A young table has no statistics yet, and the planner would read all of it for each batch until
    /// the first ANALYZE (measured: 1,300 instead of 4,000 decisions a second at 64 in flight). Nothing is
    /// compiled to machine code: a way that is switched off but the only one counts as endlessly dear, so
    /// that Postgres would compile the statement again for each batch (measured: two thirds of its time).
    ByKey,
}

impl Plans {
    fn settings(self) -> Vec<(&'static str, String)> {
        let off = |name| (name, "off".to_owned());
        match self {
            Self::Free => Vec::new(),
            Self::ByKey => [
                "enable_seqscan",
                "enable_hashjoin",
                "enable_mergejoin",
                "jit",
            ]
            .map(off)
            .into_iter()
            .chain([("plan_cache_mode", "force_generic_plan".to_owned())])
            .collect(),
        }
    }
}

impl StoreOptions {
    /// Options with bounds that fit everything but the decision path.
    #[must_use]
    pub fn new(url: String, name: &'static str) -> Self {
        Self {
            url,
            connections: 4,
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(5),
            plans: Plans::Free,
            name,
        }
    }
}

/// A database of ours: a pool of connections, and what never changes about it.
#[derive(Debug, Clone)]
pub struct Store {
    pool: PgPool,
    shards: ShardCount,
    incarnation: uuid::Uuid,
    controls: Controls,
}

impl Store {
    /// Connects to a migrated database.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], or [`StoreError::Unfit`] when the database is not migrated or is
    /// older than Postgres 14.
    pub async fn connect(options: &StoreOptions) -> Result<Self, StoreError> {
        let pool = pool(options).await?;
        let Program {
            shards,
            incarnation,
        } = program::read_identity(&pool).await?;
        Ok(Self {
            pool,
            shards,
            incarnation,
            controls: Controls::default(),
        })
    }

    /// Brings the schema up to date, creating it in an empty database with this many shards. Migrations
    /// only add, and are safe while older programs run.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] when the database has another number of shards, or a newer schema.
    pub async fn migrate(options: &StoreOptions, shards: ShardCount) -> Result<Self, StoreError> {
        let pool = pool(options).await?;
        migrator().run(&pool).await.map_err(failed_migration)?;
        program::create_program(&pool, shards).await?;
        let Program {
            shards: found,
            incarnation,
        } = program::read_identity(&pool).await?;
        if found != shards {
            return Err(StoreError::Unfit(format!(
                "the database has {} shards, not {}: their number is fixed when it is created",
                found.get(),
                shards.get()
            )));
        }
        Ok(Self {
            pool,
            shards,
            incarnation,
            controls: Controls::default(),
        })
    }

    /// The number of shards.
    #[must_use]
    pub fn shards(&self) -> ShardCount {
        self.shards
    }

    /// Which database this is; a restored copy that was given a new one is another.
    #[must_use]
    pub fn incarnation(&self) -> uuid::Uuid {
        self.incarnation
    }

    /// The shard of an account.
    #[must_use]
    pub fn shard(&self, account: &AccountToken) -> Shard {
        self.shards.of(account)
    }

    /// The same database, with the controls that `controls` follows: units keep the counters by them.
    #[must_use]
    pub fn with_controls(self, controls: &Controls) -> Self {
        Self {
            controls: controls.clone(),
            ..self
        }
    }

    /// The controls by which units of this store keep the counters.
    #[must_use]
    pub fn controls(&self) -> &Controls {
        &self.controls
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Does the database respond?
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Connections in all, and those that are idle.
    #[must_use]
    pub fn connections(&self) -> (u32, usize) {
        (self.pool.size(), self.pool.num_idle())
    }

    /// Closes the connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

async fn pool(options: &StoreOptions) -> Result<PgPool, StoreError> {
    let millis = |bound: Duration| bound.as_millis().to_string();
    let connect = connect::read_url(&options.url)?
        .application_name(options.name)
        .options([
            ("statement_timeout", millis(options.statement_timeout)),
            ("lock_timeout", millis(options.lock_timeout)),
            (
                "idle_in_transaction_session_timeout",
                millis(Duration::from_secs(30)),
            ),
            ("timezone", "UTC".to_owned()),
        ])
        .options(options.plans.settings())
        // It is not read, and each statement would be looked through for it.
        .disable_statement_logging();
    let opened = PgPoolOptions::new()
        .max_connections(options.connections)
        .min_connections(options.connections)
        .acquire_timeout(Duration::from_secs(5))
        .max_lifetime(None)
        .idle_timeout(None)
        .test_before_acquire(false)
        .connect_with(connect.clone())
        .await;
    let pool = match opened {
        Ok(pool) => pool,
        Err(error) => return Err(connect::explain_failure(&connect, error).await),
    };
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&pool)
        .await?;
    if version < 140_000 {
        return Err(StoreError::Unfit(format!(
            "postgres 14 or newer is needed, this server is {}",
            version / 10_000
        )));
    }
    Ok(pool)
}

fn failed_migration(error: MigrateError) -> StoreError {
    let why = match error {
        MigrateError::VersionMismatch(_) => {
            "it was created by an unreleased build with another schema; use an \
            empty database, or another `--data-dir` with `holdfast up`"
                .to_owned()
        }
        MigrateError::VersionMissing(_) => {
            "it has a newer schema than this program; use the newer program".to_owned()
        }
        error => error.to_string(),
    };
    StoreError::Unfit(format!("migrating the database failed: {why}"))
}

/// The newest migration that this program knows.
pub const SCHEMA_VERSION: i64 = 1;

fn migrator() -> Migrator {
    let sql = sqlx::SqlStr::from_static(include_str!("../migrations/0001_books.sql"));
    let books = Migration::new(
        SCHEMA_VERSION,
        Cow::Borrowed("books"),
        MigrationType::Simple,
        sql,
        false,
    );
    Migrator::with_migrations(vec![books])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_planned_by_key_are_not_compiled() {
        let settings = Plans::ByKey.settings();
        assert!(settings.contains(&("jit", "off".to_owned())));
        assert_eq!(Plans::Free.settings(), []);
    }
}
