//! The stage: a durable Postgres, accounts with money, and the front.

use crate::ask::Door;
use crate::{calibration, limits};
use anyhow::{Context, Result};
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{EmbeddedPostgres, Options};
use holdfast_store::{Store, StoreOptions};
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// Everything that runs.
pub(crate) struct Stage {
    pub(crate) door: Door,
    url: String,
    postgres: Option<EmbeddedPostgres>,
    store: Store,
    front: Child,
    folder: tempfile::TempDir,
}

impl Stage {
    /// Starts Postgres, makes accounts, starts the front.
    pub(crate) async fn start(
        database: Option<&String>,
        front: Option<&PathBuf>,
        accounts: &[Range<usize>],
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let postgres = match database {
            Some(_) => None,
            None => Some(EmbeddedPostgres::start(folder.path(), options()).await?),
        };
        let given = || database.cloned().unwrap_or_default();
        let url = postgres.as_ref().map_or_else(given, EmbeddedPostgres::url);
        let store = Store::migrate(
            &StoreOptions::new(url.clone(), "holdfast-load"),
            ShardCount::DEFAULT,
        )
        .await?;
        seed(&url, &store, accounts).await?;
        limits::put(&store).await?;
        let (public, private) = (free_address().await?, free_address().await?);
        let program = match front {
            Some(path) => path.clone(),
            None => std::env::current_exe()?.with_file_name("holdfast-front"),
        };
        let front = Command::new(&program)
            .env("HOLDFAST_DATABASE_URL", &url)
            .env("HOLDFAST_PUBLIC_ADDR", public.to_string())
            .env("HOLDFAST_PRIVATE_ADDR", private.to_string())
            .env("HOLDFAST_GATEWAY_CREDENTIALS", "load:load")
            .env("HOLDFAST_WEBHOOK_CREDENTIALS", "load:load")
            .env("HOLDFAST_OPERATOR_TOKEN", "load")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let door = Door {
            address: public,
            credentials: "load:load".to_owned(),
        };
        for _ in 0..200 {
            if door.connect().await.is_ok() {
                return Ok(Self {
                    door,
                    url,
                    postgres,
                    store,
                    front,
                    folder,
                });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("the front did not start within 10 s")
    }

    /// Where files of this run may lie.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where `pgbench` would be.
    pub(crate) fn postgres_binaries(&self) -> Option<&Path> {
        self.postgres.as_ref().map(EmbeddedPostgres::binaries)
    }

    /// The database.
    pub(crate) fn database_url(&self) -> &str {
        &self.url
    }

    /// What this machine is.
    pub(crate) fn machine(&self) -> String {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        format!(
            "{cores} cores, load {}",
            load.split(' ').next().unwrap_or("unknown")
        )
    }

    /// Resident memory of the front, in KiB.
    pub(crate) fn resident_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.front.id()?)).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().split(' ').next()?.parse().ok()
    }

    /// Do the books balance?
    pub(crate) async fn verify(&self) -> Result<bool> {
        Ok(self.store.verify().await?.is_balanced())
    }

    /// Stops everything.
    pub(crate) async fn stop(mut self) -> Result<()> {
        self.front.kill().await?;
        self.store.close().await;
        if let Some(postgres) = self.postgres {
            postgres.stop().await?;
        }
        Ok(())
    }
}

/// Flush on, and room for as many clients as `pgbench` may have beside the front.
fn options() -> Options {
    Options {
        max_connections: 600,
        ..Options::default()
    }
}

/// Accounts with a million each, and the journal rows that say so.
async fn seed(url: &str, store: &Store, accounts: &[Range<usize>]) -> Result<()> {
    let pool = sqlx::postgres::PgPool::connect(url).await?;
    let tokens: Vec<String> = accounts
        .iter()
        .cloned()
        .flatten()
        .map(|number| format!("load-{number}"))
        .collect();
    let shards: Vec<i32> = tokens
        .iter()
        .map(|token| store.shards().of_key(token).0)
        .collect();
    sqlx::query(
        "with one as (select * from unnest($1::int[], $2::text[]) as a (shard, token)),
         accounts as (insert into account (shard, token, state, kind)
             select shard, token, 'active', 'user' from one),
         balances as (insert into balance (shard, account, currency, posted, held, pending_credit)
             select shard, token, 'USD', 1000000, 0, 0 from one),
         numbered as (select shard, token, row_number() over (partition by shard) as place from one),
         moved as (update shard_counter c set position = n.places from
             (select shard, count(*) as places from one group by shard) n where n.shard = c.shard)
         insert into journal (shard, position, account, event, topic, type, subject, payload, entries, at)
         select shard, place, token, gen_random_uuid(), 'ledger.adjustments.v1',
             'holdfast.ledger.adjustment.v1', token, '{}',
             '[{\"side\":\"customer\",\"layer\":\"settled\",\"currency\":\"USD\",\"amount\":\"1000000\"},
               {\"side\":\"program_funding\",\"layer\":\"settled\",\"currency\":\"USD\",\"amount\":\"-1000000\"}]',
             now() from numbered",
    )
    .bind(shards)
    .bind(tokens)
    .execute(&pool)
    .await?;
    for statement in ["vacuum analyze account", "vacuum analyze balance"] {
        sqlx::query(statement).execute(&pool).await?;
    }
    sqlx::raw_sql(calibration_without_vacuum())
        .execute(&pool)
        .await?;
    sqlx::query("vacuum analyze calibration.account")
        .execute(&pool)
        .await?;
    pool.close().await;
    Ok(())
}

/// VACUUM cannot run in the one transaction of several statements.
fn calibration_without_vacuum() -> &'static str {
    calibration::SCHEMA
        .split("vacuum")
        .next()
        .unwrap_or_default()
}

async fn free_address() -> Result<SocketAddr> {
    Ok(tokio::net::TcpListener::bind("127.0.0.1:0")
        .await?
        .local_addr()?)
}
