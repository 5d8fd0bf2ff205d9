//! The relay publishes the committed events in commit order, each event once.
//!
//! One slot, a set of shards, has one owner at a time. The owner
//! 1. takes the slot's lease in Postgres, under a new epoch, and renews it;
//! 2. initialises the slot's transactional producer: Kafka fences a predecessor that still runs, and
//!    commits or aborts its open transaction;
//! 3. recovers the positions in Kafka: the last committed one of each shard, over all topics;
//! 4. publishes the journal from there, one page per transaction, to the partition with the shard's
//!    number, and moves `published` after it.
//!
//! After any error the relay restarts at 1. Step 2 decides a transaction whose outcome is unknown and step 3
//! reads the result, so no event is published twice or left out. A shard on which Kafka and the database
//! disagree stops, with an error in the log and a metric, while the other shards are published.

mod lease;
mod progress;
pub(crate) mod record;
mod recover;
mod session;
mod shares;
mod stop;
mod writer;

use crate::WorkersError;
use crate::backoff::{PAUSE_MAX, PAUSE_MIN, Pauses};
use crate::kafka::Kafka;
use crate::metrics::RelayMetrics;
use holdfast_ledger::shard::Shard;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use holdfast_store::relay::Lease;
use lease::{LEASE_TERM, LeaseRenewal};
use session::RelaySession;
use std::time::Duration;
use tokio::time::Instant;

/// The interval at which a standby relay tries to take the slot.
const STANDBY_INTERVAL: Duration = Duration::from_millis(500);

/// The relay's name among the clients whose failures are kept.
const FAILURES: &str = "relay";

/// The relay of one slot.
#[derive(Debug, Clone)]
pub(crate) struct Relay {
    pub(crate) store: Store,
    pub(crate) kafka: Kafka,
    pub(crate) slot: Slot,
    /// The owner that the lease names: unique among all processes, past and present.
    pub(crate) owner: String,
    /// Longest wait between two reads of an idle journal.
    pub(crate) idle_wait: Duration,
    pub(crate) metrics: RelayMetrics,
}

/// A slot and its shards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) number: i32,
    pub(crate) shards: Vec<Shard>,
}

impl Slot {
    /// Reads the slots of a database; slot `n` of `m` has every `m`-th shard from `n` on.
    pub(crate) async fn read_all(store: &Store) -> Result<Vec<Self>, WorkersError> {
        let numbers = store.relay_slots().await?;
        let shards = 0..store.shards().get();
        let slot = |index: usize, number: i32| Self {
            number,
            shards: shards
                .clone()
                .skip(index)
                .step_by(numbers.len())
                .map(Shard)
                .collect(),
        };
        Ok(numbers
            .iter()
            .enumerate()
            .map(|(index, number)| slot(index, *number))
            .collect())
    }
}

impl Relay {
    /// Publishes whenever this relay owns the slot, until the process drains.
    pub(crate) async fn publish_until_drain(self, shutdown: Shutdown) {
        let draining = shutdown.drain_token();
        let mut pauses = Pauses::new();
        while !draining.is_cancelled() {
            let began = Instant::now();
            let wait = match self.take_slot_and_publish(&shutdown).await {
                Ok(true) => PAUSE_MIN,
                Ok(false) => STANDBY_INTERVAL,
                Err(error) => {
                    self.metrics.restarts.inc();
                    if let Some(refused) = error.client_error() {
                        self.kafka.failures().record_returned(FAILURES, refused);
                    }
                    self.log_error(&error);
                    // The relay worked for a while, so this is the first failure of a new series.
                    if began.elapsed() > PAUSE_MAX {
                        pauses = Pauses::new();
                    }
                    pauses.next_pause()
                }
            };
            let slept = draining.run_until_cancelled(tokio::time::sleep(wait));
            if slept.await.is_none() {
                return;
            }
        }
    }

    /// Takes the slot if it is free and publishes until an error or the drain. False if it is not free.
    async fn take_slot_and_publish(&self, shutdown: &Shutdown) -> Result<bool, WorkersError> {
        let requested = Instant::now();
        let taken = self
            .store
            .take_slot(self.slot.number, &self.owner, LEASE_TERM)
            .await?;
        let Some(lease) = taken else { return Ok(false) };
        tracing::info!(
            slot = lease.slot,
            epoch = lease.epoch,
            "Took the slot of the relay"
        );
        self.metrics.set_owned(lease.slot, true);
        let result = self.publish_under_lease(lease, requested, shutdown).await;
        self.metrics.set_owned(lease.slot, false);
        if let Err(error) = self.store.release_slot(lease).await {
            tracing::warn!(slot = lease.slot, %error, "Cannot release the slot, its lease will expire");
        }
        result.map(|()| true)
    }

    async fn publish_under_lease(
        &self,
        lease: Lease,
        requested: Instant,
        shutdown: &Shutdown,
    ) -> Result<(), WorkersError> {
        let renewal = LeaseRenewal::start(self.store.clone(), lease, requested);
        let session = RelaySession {
            relay: self,
            lease,
            lost: renewal.lost(),
            draining: shutdown.drain_token(),
        };
        let result = session.publish_until_drain().await;
        renewal.stop().await;
        result
    }

    /// The transactional id of a slot of a database, the same for every owner: a new owner fences the old
    /// one. Relays of two databases on one cluster do not fence each other.
    fn transactional_id(&self) -> String {
        format!(
            "holdfast-{}-relay-{}",
            self.store.incarnation(),
            self.slot.number
        )
    }

    fn log_error(&self, error: &WorkersError) {
        let slot = self.slot.number;
        match error {
            WorkersError::Fenced(_) | WorkersError::LeaseLost => {
                tracing::warn!(slot, %error, "Publishing stopped, another relay has the slot");
            }
            error if error.is_permanent() => tracing::error!(slot, %error, "Cannot publish"),
            error => tracing::warn!(slot, %error, "Publishing failed, restarting from the lease"),
        }
    }
}
