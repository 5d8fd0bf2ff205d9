//! A decision worker's connection from one batch to the next. While requests wait, committing a batch begins the next
//! one in the same round trip, and the connection stays in the decision worker's hand; else it goes back to the pool.

use super::batch_latency::{BatchLatency, SharedBatchLatency};
use super::pending_request::PendingRequest;
use holdfast_store::unit::{NextTransaction, Unit};
use holdfast_store::{Store, StoreError};
use tokio::sync::mpsc;

/// One batch's connection.
pub(super) struct BatchConnection<'a> {
    /// What the batch before has begun for this one, or this one for the next.
    begun: &'a mut Option<NextTransaction>,
    queue: Option<&'a mpsc::Receiver<PendingRequest>>,
    /// Of batches that wait for locks nothing is learnt.
    latency: Option<&'a SharedBatchLatency>,
}

impl<'a> BatchConnection<'a> {
    /// A decision worker's, which goes on with what waits in this queue.
    pub(super) fn of_worker(
        begun: &'a mut Option<NextTransaction>,
        queue: &'a mpsc::Receiver<PendingRequest>,
        latency: &'a SharedBatchLatency,
    ) -> Self {
        Self {
            begun,
            queue: Some(queue),
            latency: Some(latency),
        }
    }

    /// Of one who has nothing to do afterwards.
    pub(super) fn alone(begun: &'a mut Option<NextTransaction>) -> Self {
        Self {
            begun,
            queue: None,
            latency: None,
        }
    }

    /// Adds a measurement to the batch latency, where one is kept.
    pub(super) fn record_latency(&self, change: impl FnOnce(&mut BatchLatency)) {
        if let Some(latency) = self.latency {
            latency.update(change);
        }
    }

    /// The batch's unit.
    pub(super) async fn begin(&mut self, store: &Store) -> Result<Unit, StoreError> {
        match self.begun.take() {
            Some(begun) => Ok(store.begin_in(begun)),
            None => store.begin().await,
        }
    }

    /// Commits the batch's unit. A transaction that is begun here is used at once: only the decision worker takes from
    /// its queue.
    pub(super) async fn commit(&mut self, unit: Unit) -> Result<(), StoreError> {
        if self.queue.is_some_and(|queue| !queue.is_empty()) {
            *self.begun = Some(unit.commit_and_begin().await?);
            return Ok(());
        }
        unit.commit().await
    }
}
