//! One lane: takes what is waiting, decides it as one batch, answers. A batch that fails is split and
//! tried again, so that one poisonous request fails alone.

use super::batch::{self, Ending, Outcome};
use super::batch_latency::{BatchLatency, SharedBatchLatency};
use super::refusals::UnstoredRefusals;
use super::selection::{Selection, select_requests};
use super::side::Side;
use super::ticket::{Reply, Ticket};
use super::turn::Turn;
use super::{Desk, PAUSE, PAUSE_AWAY};
use holdfast_store::StoreError;
use holdfast_store::unit::{Begun, Locked};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// So long without a request, and the worker stores refusals by themselves.
const QUIET: Duration = Duration::from_millis(250);

/// One decision worker.
struct Worker {
    desk: Arc<Desk>,
    queue: mpsc::Receiver<Ticket>,
    latency: Arc<SharedBatchLatency>,
    refusals: UnstoredRefusals,
    begun: Option<Begun>,
}

/// Why the worker wakes up.
enum Arrival {
    Request(Box<Ticket>),
    /// No request comes, and refusals wait to be stored.
    Quiet,
}

impl Arrival {
    fn request(request: Ticket) -> Self {
        Self::Request(Box::new(request))
    }
}

pub(super) async fn run(
    desk: Arc<Desk>,
    queue: mpsc::Receiver<Ticket>,
    side: Side,
    latency: Arc<SharedBatchLatency>,
) {
    let mut worker = Worker {
        refusals: UnstoredRefusals::new(desk.options.batch),
        desk,
        queue,
        latency,
        begun: None,
    };
    while let Some(arrival) = worker.next_arrival().await {
        // Requests that have come and are not read yet, such as those of callers who were just answered,
        // are read before the batch is taken: nobody waits for them, they only go first.
        tokio::task::yield_now().await;
        let tickets = worker.next_batch(arrival);
        if tickets.is_empty() {
            // A transaction must not idle.
            drop(worker.begun.take());
            continue;
        }
        side.enter(worker.decide_batch(tickets).await);
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
    fn next_batch(&mut self, arrival: Arrival) -> Vec<Ticket> {
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
        let mut tickets = self.refusals.take_oldest(room);
        tickets.extend(decide);
        tickets
    }

    /// Decides a batch; returns the requests whose accounts are contended.
    async fn decide_batch(&mut self, tickets: Vec<Ticket>) -> Vec<Ticket> {
        self.desk.metrics.batch(tickets.len());
        let latency = &self.latency;
        latency.update(|latency| latency.begin_batch(Instant::now()));
        let turn = Turn::of_lane(&mut self.begun, &self.queue, latency);
        let left = work(&self.desk, tickets, Locked::Skip, turn).await;
        latency.update(BatchLatency::end_batch);
        self.refusals.refuse_requests(left.out_of_time);
        left.contended
    }
}

/// Requests that were not decided.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Somebody else has locked their account.
    pub(super) contended: Vec<Ticket>,
    /// Their time ran out while they were decided; not answered yet.
    pub(super) out_of_time: Vec<Ticket>,
}

/// Decides tickets and answers them. Returns those that it does not decide.
pub(super) async fn work(
    desk: &Desk,
    tickets: Vec<Ticket>,
    locked: Locked,
    mut turn: Turn<'_>,
) -> Left {
    let mut parts = vec![tickets];
    let mut left = Left::default();
    while let Some(tickets) = parts.pop() {
        let began = Instant::now();
        match batch::run(desk, &tickets, locked, &mut turn).await {
            Ok(Ending::Answered(outcome)) => left.contended.extend(answer(tickets, outcome)),
            Ok(Ending::OutOfTime) => left.out_of_time.extend(tickets),
            Err(error) => {
                record_failure(&turn, &tickets, &error, began.elapsed());
                parts.extend(after_failure(desk, tickets, &error).await);
            }
        }
    }
    left
}

/// A statement that Postgres ended because it took too long is a batch that ran out of time, too.
fn record_failure(turn: &Turn<'_>, tickets: &[Ticket], error: &StoreError, took: Duration) {
    let is_late = tickets.iter().any(Ticket::is_late);
    if is_late && matches!(error, StoreError::Again(_)) {
        turn.record_latency(|latency| latency.record_out_of_time(tickets.len(), took));
    }
}

fn answer(tickets: Vec<Ticket>, outcome: Outcome) -> Vec<Ticket> {
    let mut elsewhere = Vec::new();
    for (ticket, reply) in tickets.into_iter().zip(outcome.replies) {
        match reply {
            Some(reply) => ticket.answer(reply),
            None => elsewhere.push(ticket),
        }
    }
    elsewhere
}

/// What is to be tried again after a failure, in which parts.
async fn after_failure(desk: &Desk, tickets: Vec<Ticket>, error: &StoreError) -> Vec<Vec<Ticket>> {
    desk.metrics.failure(error);
    let (late, mut tickets): (Vec<Ticket>, Vec<Ticket>) =
        tickets.into_iter().partition(Ticket::is_late);
    late.into_iter().for_each(give_up);
    match error {
        // The next run locks the accounts and finds out what was committed.
        StoreError::Unknown(_) | StoreError::Again(_) => tokio::time::sleep(PAUSE).await,
        // After a restart of the database every connection of the pool is dead, and each is found out
        // only by using it. While there is time, the next one may be good.
        StoreError::Unreachable(_) => {
            tracing::warn!(%error, requests = tickets.len(), "The database is away, trying again");
            tokio::time::sleep(PAUSE_AWAY).await;
            return Vec::from([tickets])
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
        }
        _ if tickets.len() == 1 => {
            tracing::error!(%error, "Cannot decide a request");
            tickets.into_iter().for_each(give_up);
            return Vec::new();
        }
        _ => tracing::error!(%error, requests = tickets.len(), "A batch failed, splitting it"),
    }
    if tickets.is_empty() {
        return Vec::new();
    }
    let half = tickets.len() / 2;
    let rest = tickets.split_off(half);
    // One account's requests stay in order: the first half is taken first.
    [rest, tickets]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect()
}

/// Where COMMIT was sent and nobody knows what became of it, no answer of ours may leave.
pub(super) fn give_up(ticket: Ticket) {
    let reply = if ticket.claim.is_committing() {
        Reply::Unknown
    } else {
        Reply::Undecided
    };
    ticket.answer(reply);
}
