//! A database for each test, cloned from one that was migrated once.

use holdfast_ledger::shard::ShardCount;
use holdfast_local::{Durability, EmbeddedPostgres};
use holdfast_store::{Store, StoreOptions};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::{Mutex, OnceCell, Semaphore, SemaphorePermit};

/// Shards, and so partitions, of every database here.
pub const SHARDS: i32 = 16;

/// Tests with a database at once: each front takes 14 of the server's 200 connections.
static AT_ONCE: Semaphore = Semaphore::const_new(5);
/// Never dropped: its guard stops it when this process ends, however it ends.
static SERVER: OnceCell<EmbeddedPostgres> = OnceCell::const_new();
/// Postgres clones one database at a time.
static CLONING: Mutex<()> = Mutex::const_new(());
static COUNT: AtomicU32 = AtomicU32::new(0);

const TEMPLATE: &str = "migrated";

/// One test's own database.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    _turn: SemaphorePermit<'static>,
}

impl TestDatabase {
    /// A fresh, migrated, empty database.
    pub async fn create() -> Self {
        let turn = AT_ONCE.acquire().await.unwrap();
        let server = SERVER.get_or_init(start).await;
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let cloning = CLONING.lock().await;
        run(
            &server.database_url("postgres"),
            &format!("create database {name} template {TEMPLATE}"),
        )
        .await;
        drop(cloning);
        let url = server.database_url(&name);
        // A clone is another database, and says so in its records.
        run(&url, "update program set incarnation = gen_random_uuid()").await;
        Self { url, _turn: turn }
    }

    /// Its address, as superuser.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection that no program of ours has a part in.
    pub async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.unwrap()
    }

    /// The store, as our programs open it.
    pub async fn store(&self) -> Store {
        Store::connect(&StoreOptions::new(self.url.clone(), "holdfast-tests"))
            .await
            .unwrap()
    }

    /// From now on Postgres refuses the first statement that raises alerts as a conflict, as if another
    /// database transaction were in the way. The sequence `alert_attempts` counts such statements.
    pub async fn conflict_on_first_alert(&self) {
        run(
            &self.url,
            "create sequence alert_attempts;
             create function refuse_first_alert() returns trigger language plpgsql as $$
             begin
                 if nextval('alert_attempts') = 1 then
                     raise exception 'conflict' using errcode = 'serialization_failure';
                 end if;
                 return null;
             end $$;
             create trigger refuse_first_alert after insert on alert for each statement
                 execute function refuse_first_alert();",
        )
        .await;
    }

    /// How many rows a query counts.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query)
            .fetch_one(&mut self.connect().await)
            .await
            .unwrap()
    }

    /// A text that the database finds.
    ///
    /// # Panics
    /// When it finds none.
    pub async fn text(&self, query: &'static str) -> String {
        let mut connection = self.connect().await;
        sqlx::query_scalar(query)
            .fetch_one(&mut connection)
            .await
            .unwrap()
    }
}

async fn start() -> EmbeddedPostgres {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests)
        .await
        .unwrap();
    run(
        &server.database_url("postgres"),
        &format!("create database {TEMPLATE}"),
    )
    .await;
    let options = StoreOptions::new(server.database_url(TEMPLATE), "holdfast-tests");
    let store = Store::migrate(&options, ShardCount::new(SHARDS).unwrap())
        .await
        .unwrap();
    // Postgres clones only a database without connections.
    store.close().await;
    server
}

async fn run(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    connection
        .execute(AssertSqlSafe(statement.to_owned()))
        .await
        .unwrap();
    connection.close().await.unwrap();
}
