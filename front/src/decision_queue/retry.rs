//! Deciding requests in batches until each is answered: a batch that fails is split and retried, so that one
//! poisonous request fails alone.

use super::DecisionContext;
use super::batch::{self, BatchReplies, Ending};
use super::batch_connection::BatchConnection;
use super::pending_request::{PendingRequest, Reply};
use holdfast_store::StoreError;
use holdfast_store::unit::Locked;
use std::time::{Duration, Instant};

/// The pause before a batch is retried after another transaction was in the way.
const PAUSE: Duration = Duration::from_millis(2);
/// The pause after a connection turned out to be dead.
const PAUSE_AWAY: Duration = Duration::from_millis(20);

/// Requests that were not decided.
#[derive(Debug, Default)]
pub(super) struct UndecidedRequests {
    /// Another transaction has locked their account.
    pub(super) contended: Vec<PendingRequest>,
    /// Their time ran out while they were decided; not answered yet.
    pub(super) out_of_time: Vec<PendingRequest>,
}

/// Decides requests and answers them. Returns those that it does not decide.
pub(super) async fn decide_requests(
    context: &DecisionContext,
    pending_requests: Vec<PendingRequest>,
    locked: Locked,
    mut connection: BatchConnection<'_>,
) -> UndecidedRequests {
    let mut parts = vec![pending_requests];
    let mut undecided = UndecidedRequests::default();
    while let Some(pending_requests) = parts.pop() {
        let began = Instant::now();
        match batch::decide_batch(context, &pending_requests, locked, &mut connection).await {
            Ok(Ending::Answered(batch)) => undecided
                .contended
                .extend(respond_to_requests(pending_requests, batch)),
            Ok(Ending::OutOfTime) => undecided.out_of_time.extend(pending_requests),
            Err(error) => {
                record_failure(&connection, &pending_requests, &error, began.elapsed());
                parts.extend(prepare_retry(context, pending_requests, &error).await);
            }
        }
    }
    undecided
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

/// Answers requests; returns those whose accounts are contended.
fn respond_to_requests(
    pending_requests: Vec<PendingRequest>,
    batch: BatchReplies,
) -> Vec<PendingRequest> {
    let mut contended = Vec::new();
    for (pending, reply) in pending_requests.into_iter().zip(batch.replies) {
        match reply {
            Some(reply) => pending.response(reply),
            None => contended.push(pending),
        }
    }
    contended
}

/// The parts in which requests are retried after a failure.
async fn prepare_retry(
    context: &DecisionContext,
    pending_requests: Vec<PendingRequest>,
    error: &StoreError,
) -> Vec<Vec<PendingRequest>> {
    context.metrics.count_failure(error);
    let (late, mut pending_requests): (Vec<PendingRequest>, Vec<PendingRequest>) = pending_requests
        .into_iter()
        .partition(PendingRequest::is_late);
    late.into_iter().for_each(give_up);
    match error {
        // The next attempt locks the accounts and finds out what was committed.
        StoreError::Unknown(_) | StoreError::Again(_) => tokio::time::sleep(PAUSE).await,
        // After a restart of the database every connection of the pool is dead, and each is found out
        // only by using it. While there is time, the next one may be good.
        StoreError::Unreachable(_) | StoreError::NoConnection { .. } => {
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

/// Answers that a request is undecided; if COMMIT was sent and its outcome is unknown, that it is unknown.
pub(super) fn give_up(pending: PendingRequest) {
    let reply = if pending.claim.is_committing() {
        Reply::Unknown
    } else {
        Reply::Undecided
    };
    pending.response(reply);
}
