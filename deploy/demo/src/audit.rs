//! The topic audit. A reader follows the topics from the start of the run, and the audit compares its
//! records with the journal: per shard exactly the committed events, each once, in order, without a gap.
//!
//! The audit compares during the run, so that memory holds only records the journal has not confirmed.

mod shard;

use crate::DemoError;
use holdfast_ledger::shard::Shard;
use holdfast_store::relay::{PositionRange, Positions};
use holdfast_store::{Store, StoreError};
use holdfast_workers::Kafka;
use holdfast_workers::audit::{Begin, Follower, SeenRecord};
use shard::ShardAudit;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// Bytes of the journal that are read at a time.
const PAGE_BYTES: i64 = 1 << 20;
const COMPARE_EVERY: Duration = Duration::from_secs(1);
/// How long the last records may take to arrive.
const ARRIVE_WITHIN: Duration = Duration::from_secs(5);
/// How long the audit waits for records after the last expected one.
const QUIET: Duration = Duration::from_millis(700);
/// Faults kept in the report; more are only counted.
const FAULTS_MAX: usize = 20;

/// What the audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AuditReport {
    /// Events that were seen exactly as they were committed.
    pub(crate) events: u64,
    /// The first faults.
    pub(crate) faults: Vec<String>,
    /// How many more faults there were.
    pub(crate) unlisted: u64,
}

impl AuditReport {
    pub(crate) fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    fn add_fault(&mut self, fault: String) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        } else {
            self.unlisted += 1;
        }
    }
}

/// A running audit.
#[derive(Debug)]
pub struct Audit {
    finish: oneshot::Sender<()>,
    task: JoinHandle<Result<AuditReport, StoreError>>,
}

impl Audit {
    /// Starts to compare the records of the topics with the journal. Must start before the workers, so
    /// that it misses nothing that they publish.
    ///
    /// # Errors
    /// When the topics cannot be followed or the database cannot be read.
    pub async fn start(kafka: &Kafka, store: &Store, begin: Begin) -> Result<Self, DemoError> {
        let follower = Follower::start(kafka, store.shards(), begin).await?;
        let floor = read_floor(store, begin).await?;
        let shards = (0..store.shards().get()).map(Shard);
        let shards = shards
            .map(|shard| ShardAudit::new(shard, floor.get(&shard).copied().unwrap_or(0)))
            .collect();
        let comparison = Comparison {
            store: store.clone(),
            follower,
            shards,
            report: AuditReport::default(),
        };
        let (finish, finished) = oneshot::channel();
        let task = tokio::spawn(comparison.compare_until(finished));
        Ok(Self { finish, task })
    }

    /// Compares the rest, once every committed event should have been published.
    pub(crate) async fn finish(self) -> Result<AuditReport, DemoError> {
        drop(self.finish);
        let ended = self.task.await;
        Ok(ended.map_err(|_| DemoError::Broken("the topic audit"))??)
    }
}

/// Reads the positions after which the run's events begin. A new broker receives every event that is not
/// known to be published. In an existing Kafka only events committed from now on are certain to be
/// published from now on.
async fn read_floor(store: &Store, begin: Begin) -> Result<Positions, StoreError> {
    let shards: Vec<Shard> = (0..store.shards().get()).map(Shard).collect();
    match begin {
        Begin::Oldest => store.published_positions(&shards).await,
        Begin::Now => store.committed_positions(&shards).await,
    }
}

struct Comparison {
    store: Store,
    follower: Follower,
    shards: Vec<ShardAudit>,
    report: AuditReport,
}

impl Comparison {
    async fn compare_until(
        mut self,
        mut finish: oneshot::Receiver<()>,
    ) -> Result<AuditReport, StoreError> {
        let mut tick = tokio::time::interval(COMPARE_EVERY);
        loop {
            tokio::select! {
                record = self.follower.next() => match record {
                    Some(record) => self.add_record(record),
                    None => break,
                },
                _ = tick.tick() => self.compare_complete().await,
                _ = &mut finish => break,
            }
        }
        self.compare_rest().await?;
        Ok(self.report)
    }

    fn add_record(&mut self, record: SeenRecord) {
        let index = usize::try_from(record.shard.0).ok();
        let Some(shard) = index.and_then(|index| self.shards.get_mut(index)) else {
            let fault = format!("{} has a partition too many", record.topic);
            return self.report.add_fault(fault);
        };
        if let Err(fault) = shard.add_record(record) {
            self.report.add_fault(fault);
        }
    }

    /// Compares the records seen without a gap. If the database does not respond, the next tick retries.
    async fn compare_complete(&mut self) {
        for index in 0..self.shards.len() {
            let Some(shard) = self.shards.get(index) else {
                return;
            };
            let until = shard.seen_without_gap();
            if let Err(error) = self.compare_shard(index, until).await {
                tracing::warn!(%error, "Cannot compare the topics with the journal yet");
                return;
            }
        }
    }

    /// Waits for the rest, compares it, and reports missing records.
    async fn compare_rest(&mut self) -> Result<(), StoreError> {
        let shards: Vec<Shard> = self.shards.iter().map(ShardAudit::shard).collect();
        let committed = self.store.committed_positions(&shards).await?;
        self.await_rest(&committed).await;
        for index in 0..self.shards.len() {
            let until = committed.values().nth(index).copied().unwrap_or(0);
            self.compare_shard(index, until).await?;
        }
        // Purchases may have been committed meanwhile: their records are no faults.
        let now = self.store.committed_positions(&shards).await?;
        for (shard, committed) in self.shards.iter().zip(now.values()) {
            shard
                .faults_beyond(*committed)
                .into_iter()
                .for_each(|fault| self.report.add_fault(fault));
        }
        Ok(())
    }

    async fn await_rest(&mut self, committed: &Positions) {
        let until = Instant::now() + ARRIVE_WITHIN;
        loop {
            let mut each = self.shards.iter().zip(committed.values());
            let is_all = each.all(|(shard, committed)| shard.seen_without_gap() >= *committed);
            let left = until.saturating_duration_since(Instant::now());
            let timeout = if is_all { QUIET.min(left) } else { left };
            match tokio::time::timeout(timeout, self.follower.next()).await {
                Ok(Some(record)) => self.add_record(record),
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// Compares the journal of one shard up to a position with the records seen.
    async fn compare_shard(&mut self, index: usize, until: i64) -> Result<(), StoreError> {
        let Some(shard) = self.shards.get_mut(index) else {
            return Ok(());
        };
        let incarnation = self.store.incarnation().to_string();
        while shard.compared() < until {
            let range = PositionRange {
                shard: shard.shard(),
                after: shard.compared(),
                until,
            };
            let rows = self.store.read_page(&[range], PAGE_BYTES).await?;
            if rows.is_empty() {
                self.report.add_fault(shard.journal_ends(until));
                return Ok(());
            }
            for row in rows {
                match shard.compare(&row, &incarnation) {
                    Ok(()) => self.report.events += 1,
                    Err(fault) => self.report.add_fault(fault),
                }
            }
        }
        Ok(())
    }
}
