//! One decision worker: takes what is waiting, decides it as one batch, answers. A batch that fails is split and
//! tried again, so that one poisonous request fails alone.

use super::batch::{self, Ending, Outcome};
use super::batch_connection::BatchConnection;
use super::batch_latency::{BatchLatency, SharedBatchLatency};
use super::contended::ContendedAccounts;
use super::pending_request::{PendingRequest, Reply};
use super::refusals::UnstoredRefusals;
use super::selection::{Selection, select_requests};
use super::{DecisionContext, PAUSE, PAUSE_AWAY};
use holdfast_store::StoreError;
use holdfast_store::unit::{Locked, NextTransaction};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// So long without a request, and the worker stores refusals by themselves.
const QUIET: Duration = Duration::from_millis(250);

/// One decision worker.
struct Worker {
    context: Arc<DecisionContext>,
    queue: mpsc::Receiver<PendingRequest>,
    latency: Arc<SharedBatchLatency>,
    refusals: UnstoredRefusals,
    begun: Option<NextTransaction>,
}

/// Why the worker wakes up.
enum Arrival {
    Request(Box<PendingRequest>),
    /// No request comes, and refusals wait to be stored.
    Quiet,
}

impl Arrival {
    fn request(request: PendingRequest) -> Self {
        Self::Request(Box::new(request))
    }
}

pub(super) async fn run(
    context: Arc<DecisionContext>,
    queue: mpsc::Receiver<PendingRequest>,
    contended: ContendedAccounts,
    latency: Arc<SharedBatchLatency>,
) {
    let mut worker = Worker {
        refusals: UnstoredRefusals::new(context.options.batch),
        context,
        queue,
        latency,
        begun: None,
    };
    while let Some(arrival) = worker.next_arrival().await {
        // Requests that have come and are not read yet, such as those of callers who were just answered,
        // are read before the batch is taken: nobody waits for them, they only go first.
        tokio::task::yield_now().await;
        let pending_requests = worker.next_batch(arrival);
        if pending_requests.is_empty() {
            // A transaction must not idle.
            drop(worker.begun.take());
            continue;
        }
        contended.enter(worker.decide_batch(pending_requests).await);
    }
}

impl Worker {
    /// `None` when the queue is closed and everything is stored.
    async fn next_arrival(&mut self) -> Option<Arrival> {
        if self.refusals.is_empty() {
            return self.queue.recv().await.map(Arrival::request);
        }
        let arrival = tokio::time::timeout(QUIET, self.queue.recv()).await;
        Some(
            arrival
                .ok()
                .flatten()
                .map_or(Arrival::Quiet, Arrival::request),
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
        self.context.metrics.batch(pending_requests.len());
        let latency = &self.latency;
        latency.update(|latency| latency.begin_batch(Instant::now()));
        let connection = BatchConnection::of_worker(&mut self.begun, &self.queue, latency);
        let left = work(&self.context, pending_requests, Locked::Skip, connection).await;
        latency.update(BatchLatency::end_batch);
        self.refusals.refuse_requests(left.out_of_time);
        left.contended
    }
}

/// Requests that were not decided.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Somebody else has locked their account.
    pub(super) contended: Vec<PendingRequest>,
    /// Their time ran out while they were decided; not answered yet.
    pub(super) out_of_time: Vec<PendingRequest>,
}

/// Decides pending_requests and answers them. Returns those that it does not decide.
pub(super) async fn work(
    context: &DecisionContext,
    pending_requests: Vec<PendingRequest>,
    locked: Locked,
    mut connection: BatchConnection<'_>,
) -> Left {
    let mut parts = vec![pending_requests];
    let mut left = Left::default();
    while let Some(pending_requests) = parts.pop() {
        let began = Instant::now();
        match batch::run(context, &pending_requests, locked, &mut connection).await {
            Ok(Ending::Answered(outcome)) => {
                left.contended.extend(answer(pending_requests, outcome))
            }
            Ok(Ending::OutOfTime) => left.out_of_time.extend(pending_requests),
            Err(error) => {
                record_failure(&connection, &pending_requests, &error, began.elapsed());
                parts.extend(after_failure(context, pending_requests, &error).await);
            }
        }
    }
    left
}

/// A statement that Postgres ended because it took too long is a batch that ran out of time, too.
fn record_failure(
    connection: &BatchConnection<'_>,
    pending_requests: &[PendingRequest],
    error: &StoreError,
    took: Duration,
) {
    let is_late = pending_requests.iter().any(PendingRequest::is_late);
    if is_late && matches!(error, StoreError::Again(_)) {
        connection
            .record_latency(|latency| latency.record_out_of_time(pending_requests.len(), took));
    }
}

fn answer(pending_requests: Vec<PendingRequest>, outcome: Outcome) -> Vec<PendingRequest> {
    let mut elsewhere = Vec::new();
    for (pending, reply) in pending_requests.into_iter().zip(outcome.replies) {
        match reply {
            Some(reply) => pending.answer(reply),
            None => elsewhere.push(pending),
        }
    }
    elsewhere
}

/// What is to be tried again after a failure, in which parts.
async fn after_failure(
    context: &DecisionContext,
    pending_requests: Vec<PendingRequest>,
    error: &StoreError,
) -> Vec<Vec<PendingRequest>> {
    context.metrics.failure(error);
    let (late, mut pending_requests): (Vec<PendingRequest>, Vec<PendingRequest>) = pending_requests
        .into_iter()
        .partition(PendingRequest::is_late);
    late.into_iter().for_each(give_up);
    match error {
        // The next run locks the accounts and finds out what was committed.
        StoreError::Unknown(_) | StoreError::Again(_) => tokio::time::sleep(PAUSE).await,
        // After a restart of the database every connection of the pool is dead, and each is found out
        // only by using it. While there is time, the next one may be good.
        StoreError::Unreachable(_) => {
            tracing::warn!(%error, requests = pending_requests.len(), "The database is away, trying again");
            tokio::time::sleep(PAUSE_AWAY).await;
            return Vec::from([pending_requests])
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
        }
        _ if pending_requests.len() == 1 => {
            tracing::error!(%error, "Cannot decide a request");
            pending_requests.into_iter().for_each(give_up);
            return Vec::new();
        }
        _ => {
            tracing::error!(%error, requests = pending_requests.len(), "A batch failed, splitting it")
        }
    }
    if pending_requests.is_empty() {
        return Vec::new();
    }
    let half = pending_requests.len() / 2;
    let rest = pending_requests.split_off(half);
    // One account's requests stay in order: the first half is taken first.
    [rest, pending_requests]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect()
}

/// Where COMMIT was sent and nobody knows what became of it, no answer of ours may leave.
pub(super) fn give_up(pending: PendingRequest) {
    let reply = if pending.claim.is_committing() {
        Reply::Unknown
    } else {
        Reply::Undecided
    };
    pending.answer(reply);
}
