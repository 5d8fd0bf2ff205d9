//! The session of a slot's owner, from fencing the predecessor to the first error.

use super::progress::{JournalPage, SlotProgress};
use super::recover;
use super::writer::EventWriter;
use super::{FAILURES, Relay};
use crate::{WorkersError, topics};
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_store::relay::{Lease, Positions};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const IDLE_MIN: Duration = Duration::from_millis(2);
/// The interval at which `published` is moved under constant load. It only shortens a recovery, so it is
/// not worth a flush per transaction.
const MOVE_PUBLISHED_EVERY: Duration = Duration::from_millis(100);
/// The shortest time between two transactions that hold all waiting events. Each costs Kafka a request, a
/// check and a marker per partition, however few its events; and Kafka refuses one that begins while it
/// still writes the markers of the last one, and the client retries after 20 ms.
const CYCLE_MIN: Duration = Duration::from_millis(20);
/// The interval at which the unpublished events are counted for the metrics.
const COUNT_EVERY: Duration = Duration::from_secs(2);

/// Publishes a slot under its lease.
pub(super) struct RelaySession<'a> {
    pub(super) relay: &'a Relay,
    pub(super) lease: Lease,
    /// Cancelled when the lease is lost.
    pub(super) lost: CancellationToken,
    /// Cancelled when the process drains.
    pub(super) draining: CancellationToken,
}

/// What a session has still to write to the database, and what it has reported.
struct SessionState {
    /// Positions that Kafka has and `published` in the database does not show yet.
    pending: Positions,
    /// When `published` was last moved.
    moved: Instant,
    /// Stopped shards that are logged.
    stopped: BTreeSet<Shard>,
    /// When the unpublished events were last counted.
    counted: Option<Instant>,
}

impl SessionState {
    /// The positions to which `published` is moved now; none if it was moved a moment ago.
    fn take_due(&mut self) -> Positions {
        if self.moved.elapsed() < MOVE_PUBLISHED_EVERY {
            return Positions::new();
        }
        self.moved = Instant::now();
        std::mem::take(&mut self.pending)
    }
}

impl RelaySession<'_> {
    /// Publishes until the process drains.
    ///
    /// # Errors
    /// [`WorkersError`]; the relay must restart from the lease then.
    pub(super) async fn publish_until_drain(&self) -> Result<(), WorkersError> {
        let relay = self.relay;
        topics::check(&relay.kafka, relay.store.shards()).await?;
        let id = relay.transactional_id();
        let writer = EventWriter::open(&relay.kafka, id, relay.store.incarnation()).await?;
        let result = self.publish_pages(&writer).await;
        writer.close().await;
        result
    }

    async fn publish_pages(&self, writer: &EventWriter) -> Result<(), WorkersError> {
        let relay = self.relay;
        let shards = &relay.slot.shards;
        let incarnation = relay.store.incarnation();
        let last = recover::recover_positions(&relay.kafka, shards, incarnation).await?;
        let mut progress = SlotProgress::begin(&relay.store, shards, &last).await?;
        let mut state = SessionState {
            // The predecessor may have died before it moved `published`.
            pending: progress.reached(),
            moved: Instant::now(),
            stopped: BTreeSet::new(),
            counted: None,
        };
        shards
            .iter()
            .for_each(|shard| relay.metrics.set_stopped(*shard, false));
        let mut page = progress.next_page(&relay.store).await?;
        let mut idle = IDLE_MIN;
        loop {
            self.report_progress(&progress, &mut state).await?;
            if self.lost.is_cancelled() {
                return Err(WorkersError::LeaseLost);
            }
            if self.draining.is_cancelled() {
                return self.move_published(&state.pending).await;
            }
            if page.rows.is_empty() {
                relay.kafka.failures().clear_denied(FAILURES);
                self.move_published(&std::mem::take(&mut state.pending))
                    .await?;
                self.wait(idle).await;
                idle = (idle * 2).min(relay.idle_wait);
                page = progress.next_page(&relay.store).await?;
            } else {
                idle = IDLE_MIN;
                page = self
                    .publish_page(writer, page, &mut progress, &mut state)
                    .await?;
            }
        }
    }

    /// Publishes a page, moves `published` after the one before, and returns the next one. Under a backlog
    /// the next page is read meanwhile. Otherwise it is read afterwards, so that it holds what was committed
    /// meanwhile: an event waits for the current transaction and its own, and not for a third one.
    async fn publish_page(
        &self,
        writer: &EventWriter,
        page: JournalPage,
        progress: &mut SlotProgress,
        state: &mut SessionState,
    ) -> Result<JournalPage, WorkersError> {
        let moments: Vec<Moment> = page.rows.iter().map(|row| row.at).collect();
        let began = Instant::now();
        let metrics = &self.relay.metrics;
        let publishing = async {
            let published = writer.publish(page.rows).await;
            let took = began.elapsed().as_secs_f64();
            metrics.transaction_seconds.observe(took);
            if published.is_ok() {
                self.relay.kafka.failures().clear_denied(FAILURES);
                metrics.observe_acknowledged(&moments);
            }
            published
        };
        let reading_ahead = async {
            match page.has_successor {
                true => Some(progress.next_page(&self.relay.store).await),
                false => None,
            }
        };
        let due = state.take_due();
        let (published, ahead, moved) =
            tokio::join!(publishing, reading_ahead, self.move_published(&due));
        published?;
        state.pending.extend(page.reached);
        moved?;
        match ahead {
            Some(next) => next,
            None => {
                self.wait(CYCLE_MIN.saturating_sub(began.elapsed())).await;
                progress.next_page(&self.relay.store).await
            }
        }
    }

    /// Moves `published` in the database.
    async fn move_published(&self, reached: &Positions) -> Result<(), WorkersError> {
        if reached.is_empty() || self.relay.store.move_published(self.lease, reached).await? {
            return Ok(());
        }
        Err(WorkersError::LeaseLost)
    }

    /// Waits; the drain or the loss of the lease ends the wait.
    async fn wait(&self, time: Duration) {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = self.draining.cancelled() => {}
            () = self.lost.cancelled() => {}
        }
    }

    /// Logs each stopped shard once, and counts the unpublished events at intervals.
    async fn report_progress(
        &self,
        progress: &SlotProgress,
        state: &mut SessionState,
    ) -> Result<(), WorkersError> {
        for (shard, reason) in progress.stopped() {
            if state.stopped.insert(*shard) {
                self.relay.metrics.set_stopped(*shard, true);
                tracing::error!(shard = shard.0, %reason, "Publishing a shard stopped");
            }
        }
        if state
            .counted
            .is_none_or(|last| last.elapsed() >= COUNT_EVERY)
        {
            state.counted = Some(Instant::now());
            self.relay
                .metrics
                .set_unpublished(&self.relay.store.count_unpublished().await?);
        }
        Ok(())
    }
}
