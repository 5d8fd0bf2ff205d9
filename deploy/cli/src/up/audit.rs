//! The topic audit: a reader follows the topics from the start of the run, and what it sees is held
//! against the journal: per shard exactly the events that were committed, each once, in order, no gap.
//!
//! It compares while the run lasts, so that it keeps in memory only what the journal has not confirmed.

mod shard;

use holdfast_ledger::shard::Shard;
use holdfast_store::relay::{Positions, Stretch};
use holdfast_store::{Store, StoreError};
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
/// After the last expected record nothing more may come; so long it is waited for.
const QUIET: Duration = Duration::from_millis(700);
/// Nobody reads more.
const FAULTS_MAX: usize = 20;

/// What the audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AuditReport {
    /// Events that were seen exactly as they were committed.
    pub(super) events: u64,
    /// The first of what was wrong.
    pub(super) faults: Vec<String>,
    /// How much more was wrong.
    pub(super) unlisted: u64,
}

impl AuditReport {
    pub(super) fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, fault: String) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        } else {
            self.unlisted += 1;
        }
    }
}

/// A running audit.
#[derive(Debug)]
pub(super) struct Audit {
    finish: oneshot::Sender<()>,
    work: JoinHandle<Result<AuditReport, StoreError>>,
}

impl Audit {
    /// Begins to compare what the follower sees with everything that is published from `floor` on.
    pub(super) fn start(store: Store, follower: Follower, floor: &Positions) -> Self {
        let shards = (0..store.shards().get()).map(Shard);
        let shards = shards
            .map(|shard| ShardAudit::new(shard, floor.get(&shard).copied().unwrap_or(0)))
            .collect();
        let comparison = Comparison {
            store,
            follower,
            shards,
            report: AuditReport::default(),
        };
        let (finish, finished) = oneshot::channel();
        let work = tokio::spawn(comparison.run(finished));
        Self { finish, work }
    }

    /// Compares the rest. Everything that was committed should have been published by now.
    pub(super) async fn finish(self) -> Result<AuditReport, super::UpError> {
        drop(self.finish);
        let ended = self.work.await;
        Ok(ended.map_err(|_| super::UpError::Broken("the topic audit"))??)
    }
}

/// Where the run's events begin: a new broker gets all that was not known to be published; in a Kafka
/// that was there before, only what is committed from now on is surely published from now on.
pub(super) async fn floor(store: &Store, begin: Begin) -> Result<Positions, StoreError> {
    let shards: Vec<Shard> = (0..store.shards().get()).map(Shard).collect();
    match begin {
        Begin::Oldest => store.published(&shards).await,
        Begin::Now => store.committed(&shards).await,
    }
}

struct Comparison {
    store: Store,
    follower: Follower,
    shards: Vec<ShardAudit>,
    report: AuditReport,
}

impl Comparison {
    async fn run(mut self, mut finish: oneshot::Receiver<()>) -> Result<AuditReport, StoreError> {
        let mut look = tokio::time::interval(COMPARE_EVERY);
        loop {
            tokio::select! {
                record = self.follower.next() => match record {
                    Some(record) => self.take(record),
                    None => break,
                },
                _ = look.tick() => self.compare_complete().await,
                _ = &mut finish => break,
            }
        }
        self.complete().await?;
        Ok(self.report)
    }

    fn take(&mut self, record: SeenRecord) {
        let place = usize::try_from(record.shard.0).ok();
        let Some(shard) = place.and_then(|place| self.shards.get_mut(place)) else {
            let fault = format!("{} has a partition too many", record.topic);
            return self.report.fault(fault);
        };
        if let Err(fault) = shard.take(record) {
            self.report.fault(fault);
        }
    }

    /// Compares what has been seen without a gap. A database that does not answer now will later.
    async fn compare_complete(&mut self) {
        for place in 0..self.shards.len() {
            let Some(shard) = self.shards.get(place) else {
                return;
            };
            let until = shard.seen_without_gap();
            if let Err(error) = self.compare(place, until).await {
                tracing::warn!(%error, "Cannot compare the topics with the journal yet");
                return;
            }
        }
    }

    /// Waits for the rest, compares it, and finds out what never came.
    async fn complete(&mut self) -> Result<(), StoreError> {
        let shards: Vec<Shard> = self.shards.iter().map(ShardAudit::shard).collect();
        let committed = self.store.committed(&shards).await?;
        self.await_rest(&committed).await;
        for place in 0..self.shards.len() {
            let until = committed.values().nth(place).copied().unwrap_or(0);
            self.compare(place, until).await?;
        }
        // Somebody may have gone on buying meanwhile: that is no fault.
        let now = self.store.committed(&shards).await?;
        for (shard, committed) in self.shards.iter().zip(now.values()) {
            shard
                .beyond(*committed)
                .into_iter()
                .for_each(|fault| self.report.fault(fault));
        }
        Ok(())
    }

    async fn await_rest(&mut self, committed: &Positions) {
        let until = Instant::now() + ARRIVE_WITHIN;
        loop {
            let mut each = self.shards.iter().zip(committed.values());
            let is_all = each.all(|(shard, committed)| shard.seen_without_gap() >= *committed);
            let left = until.saturating_duration_since(Instant::now());
            let patience = if is_all { QUIET.min(left) } else { left };
            match tokio::time::timeout(patience, self.follower.next()).await {
                Ok(Some(record)) => self.take(record),
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// Reads the journal of one shard up to a position and holds it against what was seen.
    async fn compare(&mut self, place: usize, until: i64) -> Result<(), StoreError> {
        let Some(shard) = self.shards.get_mut(place) else {
            return Ok(());
        };
        while shard.compared() < until {
            let stretch = Stretch {
                shard: shard.shard(),
                after: shard.compared(),
                until,
            };
            let rows = self.store.read_page(&[stretch], PAGE_BYTES).await?;
            if rows.is_empty() {
                self.report.fault(shard.journal_ends(until));
                return Ok(());
            }
            for row in rows {
                match shard.compare(&row) {
                    Ok(()) => self.report.events += 1,
                    Err(fault) => self.report.fault(fault),
                }
            }
        }
        Ok(())
    }
}
