//! Everything that a stage needs, started for it alone: a durable Postgres with accounts, the front,
//! and, where the stage asks for them, Apache Kafka and workers.

mod grow;
mod kafka;
mod metrics;
mod program;
mod seed;

use crate::cpu::{self, Cpu, CpuReader, Part};
use crate::http1::{Certificate, FrontClient};
use crate::message::{CREDENTIALS, Messages};
use crate::tokens::Series;
use crate::{calibration, limits, progress};
use anyhow::{Context, Result};
use holdfast_kafka::ApacheKafka;
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{Durability, EmbeddedPostgres};
use holdfast_store::{Store, StoreOptions};
use std::cell::Cell;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) use program::{Program, free_address};

/// What is started.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) accounts: u32,
    /// Three spending limits on every account.
    pub(crate) limits: bool,
    /// Further settings of the front.
    pub(crate) front: Vec<(&'static str, String)>,
    pub(crate) tls: bool,
    /// The calibration's tables.
    pub(crate) calibration: bool,
    /// Roles of a workers' process, and Kafka with it; none are started when it is empty.
    pub(crate) workers: &'static [&'static str],
}

/// Our programs as files.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    pub(crate) front: PathBuf,
    pub(crate) workers: PathBuf,
}

/// Everything that runs.
pub(crate) struct System {
    pub(crate) client: FrontClient,
    pub(crate) store: Store,
    pub(crate) database: sqlx::PgPool,
    pub(crate) cpu_reader: CpuReader,
    pub(crate) kafka: Option<ApacheKafka>,
    programs: Programs,
    workers: Vec<Program>,
    front: Program,
    postgres: EmbeddedPostgres,
    series: Cell<u64>,
    folder: tempfile::TempDir,
}

/// Time for the books of a long run.
const VERIFIED_WITHIN: Duration = Duration::from_secs(1_800);

impl System {
    /// Starts it all.
    pub(crate) async fn start(programs: &Programs, wanted: &Wanted) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("holdfast-load-")
            .tempdir()?;
        let postgres = EmbeddedPostgres::temporary(Durability::On).await?;
        let options = StoreOptions::new(postgres.url(), "holdfast-load");
        let store = Store::migrate(&options, ShardCount::DEFAULT).await?;
        let database = sqlx::PgPool::connect(&postgres.url()).await?;
        seed::accounts(&database, store.shards(), 0..wanted.accounts).await?;
        if wanted.limits {
            limits::put(&store).await?;
        }
        if wanted.calibration {
            calibration::prepare(&database).await?;
        }
        let kafka = match wanted.workers {
            [] => None,
            _ => Some(kafka::start(store.shards()).await?),
        };
        let (front, client) = front(programs, wanted, &postgres.url(), folder.path()).await?;
        let mut cpu_reader = CpuReader::new();
        cpu_reader.watch(Part::Front, front.pid());
        cpu_reader.watch(Part::Postgres, postgres.pid());
        if let Some(kafka) = &kafka {
            cpu_reader.watch(Part::Kafka, kafka.pid());
        }
        let mut system = Self {
            client,
            store,
            database,
            cpu_reader,
            kafka,
            programs: programs.clone(),
            workers: Vec::new(),
            front,
            postgres,
            series: Cell::new(0),
            folder,
        };
        if !wanted.workers.is_empty() {
            system.start_workers(wanted.workers).await?;
        }
        Ok(system)
    }

    /// Starts a workers' process, once it is ready.
    pub(crate) async fn start_workers(&mut self, roles: &[&str]) -> Result<()> {
        let kafka = self.kafka.as_ref().context("workers need Kafka")?;
        let address = free_address()?;
        let settings = [
            ("HOLDFAST_DATABASE_URL", self.postgres.url()),
            (
                "HOLDFAST_KAFKA_BROKERS",
                kafka.bootstrap_servers().to_owned(),
            ),
            ("HOLDFAST_WORKERS_ADDR", address.to_string()),
        ];
        let log = self.folder.path().join("workers.log");
        let mut program =
            Program::start((&self.programs.workers, address), roles, &settings, &log)?;
        self.cpu_reader.watch(Part::Workers, program.pid());
        program.becomes_ready().await?;
        self.workers.push(program);
        Ok(())
    }

    /// Stops all workers' processes.
    pub(crate) async fn stop_workers(&mut self) -> Result<()> {
        for program in self.workers.drain(..) {
            program.stop().await?;
        }
        Ok(())
    }

    /// Messages with tokens that no loop on this system had before.
    pub(crate) fn messages(&self) -> Messages {
        self.series.set(self.series.get() + 1);
        Messages::new(self.client.address, Series(self.series.get()))
    }

    /// The address of the database.
    pub(crate) fn url(&self) -> String {
        self.postgres.url()
    }

    /// Where files of this run may lie.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the server's programs are.
    pub(crate) fn binaries(&self) -> &Path {
        self.postgres.programs_folder()
    }

    /// Processor time until now.
    pub(crate) fn cpu(&self) -> Cpu {
        self.cpu_reader.read()
    }

    /// Resident memory of the front in MiB: now, and at its most.
    pub(crate) fn front_mib(&self) -> (f64, f64) {
        let (now, most) = cpu::resident_kib(self.front.pid()).unwrap_or_default();
        (now as f64 / 1024.0, most as f64 / 1024.0)
    }

    /// Opens so many further accounts.
    pub(crate) async fn seed(&self, accounts: std::ops::Range<u32>) -> Result<()> {
        seed::accounts(&self.database, self.store.shards(), accounts).await
    }

    /// Checks the books and stops everything. Notifications must all be applied.
    pub(crate) async fn finish(self) -> Result<()> {
        progress::say("verifying the books");
        let owed = self.waiting().await;
        let verified = tokio::time::timeout(VERIFIED_WITHIN, self.store.verify()).await;
        self.stop().await?;
        let books = verified.context("verifying the books takes too long")??;
        anyhow::ensure!(
            books.is_balanced(),
            "the books are wrong: {} differences, the first is {:?}",
            books.differences.len(),
            books.differences.first()
        );
        anyhow::ensure!(owed? == 0, "notifications were left unapplied");
        Ok(())
    }

    /// Notifications that are not applied: still waiting, or parked.
    pub(crate) async fn waiting(&self) -> Result<i64> {
        let unapplied = "select count(*) from notification where status <> 'applied'";
        Ok(sqlx::query_scalar(unapplied)
            .fetch_one(&self.database)
            .await?)
    }

    async fn stop(self) -> Result<()> {
        self.front.stop().await?;
        for program in self.workers {
            program.stop().await?;
        }
        if let Some(kafka) = self.kafka {
            kafka.stop().await;
        }
        self.database.close().await;
        self.store.close().await;
        self.postgres.stop().await?;
        Ok(())
    }
}

async fn front(
    programs: &Programs,
    wanted: &Wanted,
    url: &str,
    folder: &Path,
) -> Result<(Program, FrontClient)> {
    let (public, private): (SocketAddr, SocketAddr) = (free_address()?, free_address()?);
    let mut settings = vec![
        ("HOLDFAST_DATABASE_URL", url.to_owned()),
        ("HOLDFAST_PUBLIC_ADDR", public.to_string()),
        ("HOLDFAST_PRIVATE_ADDR", private.to_string()),
        ("HOLDFAST_GATEWAY_CREDENTIALS", CREDENTIALS.to_owned()),
        ("HOLDFAST_WEBHOOK_CREDENTIALS", CREDENTIALS.to_owned()),
        (
            "HOLDFAST_OPERATOR_TOKEN",
            "load-load-load-load-load".to_owned(),
        ),
    ];
    settings.extend(wanted.front.iter().cloned());
    let mut connector = None;
    if wanted.tls {
        let made = Certificate::make(folder)?;
        settings.push(("HOLDFAST_TLS_CERT", made.certificate.display().to_string()));
        settings.push(("HOLDFAST_TLS_KEY", made.key.display().to_string()));
        connector = Some(made.connector);
    }
    let log = folder.join("front.log");
    let mut front = Program::start((&programs.front, private), &[], &settings, &log)?;
    front.becomes_ready().await?;
    let client = FrontClient {
        address: public,
        tls: connector,
    };
    Ok((front, client))
}
