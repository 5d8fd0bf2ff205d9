//! A decision worker: it takes the waiting requests, decides them as one batch, and answers.

use super::DecisionContext;
use super::batch_connection::BatchConnection;
use super::batch_latency::{BatchLatency, SharedBatchLatency};
use super::contended::ContendedAccounts;
use super::pending_request::PendingRequest;
use super::refusals::UnstoredRefusals;
use super::retry::decide_requests;
use super::selection::{Selection, select_requests};
use holdfast_store::unit::{Locked, NextTransaction};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// After this time without a request the worker stores refusals by themselves.
const QUIET: Duration = Duration::from_millis(250);

/// One decision worker.
struct DecisionWorker {
    context: Arc<DecisionContext>,
    queue: mpsc::Receiver<PendingRequest>,
    latency: Arc<SharedBatchLatency>,
    refusals: UnstoredRefusals,
    opened: Option<NextTransaction>,
}

/// Why the worker wakes up.
enum Arrival {
    Request(Box<PendingRequest>),
    /// No request comes, and refusals wait to be stored.
    Quiet,
}

impl Arrival {
    fn of_request(request: PendingRequest) -> Self {
        Self::Request(Box::new(request))
    }
}

pub(super) async fn run_worker(
    context: Arc<DecisionContext>,
    queue: mpsc::Receiver<PendingRequest>,
    contended: ContendedAccounts,
    latency: Arc<SharedBatchLatency>,
) {
    let mut worker = DecisionWorker {
        refusals: UnstoredRefusals::new(context.options.batch),
        context,
        queue,
        latency,
        opened: None,
    };
    while let Some(arrival) = worker.next_arrival().await {
        // Requests that have come and are not read yet, such as those of callers who were just answered,
        // are read before the batch is taken. The worker does not wait for them.
        tokio::task::yield_now().await;
        let pending_requests = worker.next_batch(arrival);
        if pending_requests.is_empty() {
            // A transaction must not idle.
            drop(worker.opened.take());
            continue;
        }
        contended.enter(worker.decide_batch(pending_requests).await);
    }
}

impl DecisionWorker {
    /// `None` when the queue is closed and everything is stored.
    async fn next_arrival(&mut self) -> Option<Arrival> {
        if self.refusals.is_empty() {
            return self.queue.recv().await.map(Arrival::of_request);
        }
        let arrival = tokio::time::timeout(QUIET, self.queue.recv()).await;
        Some(
            arrival
                .ok()
                .flatten()
                .map_or(Arrival::Quiet, Arrival::of_request),
        )
    }

    /// The requests to decide, after as many refusals as there is room for. When all that waited is too
    /// late, only a pause makes room: the next request must not wait for the storing of refusals.
    fn next_batch(&mut self, arrival: Arrival) -> Vec<PendingRequest> {
        let latency = self.latency.current();
        let Arrival::Request(first) = arrival else {
            return self.refusals.take_oldest(latency.limit());
        };
        let waiting =
            std::iter::once(*first).chain(std::iter::from_fn(|| self.queue.try_recv().ok()));
        let Selection { decide, refuse } = select_requests(waiting, &latency, Instant::now());
        self.refusals.refuse_requests(refuse);
        if decide.is_empty() {
            return Vec::new();
        }
        let room = latency.limit().saturating_sub(decide.len());
        // A request that comes again after its refusal finds it.
        let mut pending_requests = self.refusals.take_oldest(room);
        pending_requests.extend(decide);
        pending_requests
    }

    /// Decides a batch; returns the requests whose accounts are contended.
    async fn decide_batch(&mut self, pending_requests: Vec<PendingRequest>) -> Vec<PendingRequest> {
        self.context.metrics.observe_batch(pending_requests.len());
        let latency = &self.latency;
        latency.update(|latency| latency.begin_batch(Instant::now()));
        let connection = BatchConnection::of_worker(&mut self.opened, &self.queue, latency);
        let undecided =
            decide_requests(&self.context, pending_requests, Locked::Skip, connection).await;
        latency.update(BatchLatency::end_batch);
        self.refusals.refuse_requests(undecided.out_of_time);
        undecided.contended
    }
}
