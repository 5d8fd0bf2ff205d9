//! A decision worker's connection from one batch to the next. While requests wait, committing a batch begins the next
//! one in the same round trip, and the connection stays in the decision worker's hand; else it goes back to the pool.

use super::batch_latency::{BatchLatency, SharedBatchLatency};
use super::pending_request::PendingRequest;
use holdfast_store::unit::{NextTransaction, Unit};
use holdfast_store::{Store, StoreError};
use tokio::sync::mpsc;

/// One batch's connection.
pub(super) struct BatchConnection<'a> {
    /// The transaction that the batch before has opened for this one, or this one for the next.
    opened: &'a mut Option<NextTransaction>,
    queue: Option<&'a mpsc::Receiver<PendingRequest>>,
    /// Batches that wait for locks are not measured.
    latency: Option<&'a SharedBatchLatency>,
}

impl<'a> BatchConnection<'a> {
    /// The connection of a decision worker, which continues with the requests in this queue.
    pub(super) fn of_worker(
        opened: &'a mut Option<NextTransaction>,
        queue: &'a mpsc::Receiver<PendingRequest>,
        latency: &'a SharedBatchLatency,
    ) -> Self {
        Self {
            opened,
            queue: Some(queue),
            latency: Some(latency),
        }
    }

    /// A connection for one batch.
    pub(super) fn for_one_batch(opened: &'a mut Option<NextTransaction>) -> Self {
        Self {
            opened,
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
        match self.opened.take() {
            Some(opened) => Ok(store.continue_with(opened)),
            None => store.begin().await,
        }
    }

    /// Commits the batch's unit. A transaction that is opened here is used at once: only the decision worker takes from
    /// its queue.
    pub(super) async fn commit(&mut self, unit: Unit) -> Result<(), StoreError> {
        if self.queue.is_some_and(|queue| !queue.is_empty()) {
            *self.opened = Some(unit.commit_and_begin().await?);
            return Ok(());
        }
        unit.commit().await
    }
}
