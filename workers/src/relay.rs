//! The relay: publishes what was committed, in commit order, each event once.
//!
//! One slot, a set of shards, has one owner at a time. The owner
//! 1. takes the slot's lease in Postgres, under a new epoch, and goes on renewing it;
//! 2. initialises the slot's transactional producer: its predecessor, if it is not as dead as it looks,
//!    is fenced in Kafka, and what it left open is decided;
//! 3. learns what Kafka has: the last committed position of each shard, in whichever topic;
//! 4. publishes the journal from there on, a page a transaction, to the partition with the shard's
//!    number, and moves `published` after it.
//!
//! Whatever goes wrong, it begins again at 1: a transaction whose outcome is unknown is decided by 2 and
//! looked up by 3, so nothing is published twice and nothing is left out. A shard on which Kafka and the
//! database disagree stands still, loudly, while the others go on.

mod learn;
mod lease;
mod progress;
pub(crate) mod record;
mod session;
mod stop;
mod turns;
mod writer;

use crate::WorkersError;
use crate::kafka::Kafka;
use crate::metrics::RelayMetrics;
use holdfast_ledger::shard::Shard;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use holdfast_store::relay::Lease;
use lease::{Keeper, TERM};
use session::Session;
use std::time::Duration;
use tokio::time::Instant;

/// How often a relay that waits looks whether the slot has become free.
const STAND_BY: Duration = Duration::from_millis(500);
const BACKOFF_MIN: Duration = Duration::from_millis(100);
const BACKOFF_MAX: Duration = Duration::from_secs(5);

/// The relay of one slot.
#[derive(Debug, Clone)]
pub(crate) struct Relay {
    pub(crate) store: Store,
    pub(crate) kafka: Kafka,
    pub(crate) slot: Slot,
    /// Who takes the lease: unique among all processes, for ever.
    pub(crate) owner: String,
    /// Longest wait between two looks at an idle journal.
    pub(crate) idle_wait: Duration,
    pub(crate) metrics: RelayMetrics,
}

/// A slot, and the shards that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) number: i32,
    pub(crate) shards: Vec<Shard>,
}

impl Slot {
    /// The slots of a database: its shards are dealt out to them in turn.
    pub(crate) async fn all(store: &Store) -> Result<Vec<Self>, WorkersError> {
        let numbers = store.relay_slots().await?;
        let shards = 0..store.shards().get();
        let deal = |place: usize, number: i32| Self {
            number,
            shards: shards
                .clone()
                .skip(place)
                .step_by(numbers.len())
                .map(Shard)
                .collect(),
        };
        Ok(numbers
            .iter()
            .enumerate()
            .map(|(place, number)| deal(place, *number))
            .collect())
    }
}

impl Relay {
    /// Publishes whenever the slot is ours, until the program drains.
    pub(crate) async fn run(self, shutdown: Shutdown) {
        let draining = shutdown.token();
        let mut backoff = BACKOFF_MIN;
        while !draining.is_cancelled() {
            let began = Instant::now();
            let wait = match self.turn(&shutdown).await {
                Ok(true) => BACKOFF_MIN,
                Ok(false) => STAND_BY,
                Err(error) => {
                    self.metrics.restarts.inc();
                    self.complain(&error);
                    if began.elapsed() > BACKOFF_MAX {
                        backoff = BACKOFF_MIN;
                    }
                    backoff = (backoff * 2).min(BACKOFF_MAX);
                    backoff
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = draining.cancelled() => {}
            }
        }
    }

    /// Takes the slot if it is free and publishes as long as that goes well. False when it is not free.
    async fn turn(&self, shutdown: &Shutdown) -> Result<bool, WorkersError> {
        let asked = Instant::now();
        let taken = self
            .store
            .take_slot(self.slot.number, &self.owner, TERM)
            .await?;
        let Some(lease) = taken else { return Ok(false) };
        tracing::info!(
            slot = lease.slot,
            epoch = lease.epoch,
            "Took the relay's slot"
        );
        self.metrics.owned(lease.slot, true);
        let result = self.publish(lease, asked, shutdown).await;
        self.metrics.owned(lease.slot, false);
        if let Err(error) = self.store.release_slot(lease).await {
            tracing::warn!(slot = lease.slot, %error, "Cannot give the relay's slot back, it runs out");
        }
        result.map(|()| true)
    }

    async fn publish(
        &self,
        lease: Lease,
        asked: Instant,
        shutdown: &Shutdown,
    ) -> Result<(), WorkersError> {
        let keeper = Keeper::start(self.store.clone(), lease, asked);
        let session = Session {
            relay: self,
            lease,
            lost: keeper.lost(),
            draining: shutdown.token(),
        };
        let result = session.run().await;
        keeper.stop().await;
        result
    }

    /// The same for a slot of a database, wherever its relay runs: a new owner fences the old one. Two
    /// databases on one cluster do not fence each other.
    fn transactional_id(&self) -> String {
        format!(
            "holdfast-{}-relay-{}",
            self.store.incarnation(),
            self.slot.number
        )
    }

    fn complain(&self, error: &WorkersError) {
        let slot = self.slot.number;
        match error {
            WorkersError::Fenced(_) | WorkersError::LeaseLost => {
                tracing::warn!(slot, %error, "Stopped publishing, another relay has the slot");
            }
            error if error.is_permanent() => tracing::error!(slot, %error, "Cannot publish"),
            error => tracing::warn!(slot, %error, "Publishing broke off, beginning anew"),
        }
    }
}
