//! One lane: takes what is waiting, decides it as one batch, answers. A batch that fails is split and
//! tried again, so that one poisonous request fails alone.

use super::batch::{self, Outcome};
use super::pace::Pace;
use super::side::Side;
use super::ticket::{Reply, Ticket};
use super::turn::Turn;
use super::{Desk, PAUSE, PAUSE_AWAY};
use holdfast_store::StoreError;
use holdfast_store::unit::Locked;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc;

pub(super) async fn run(
    desk: Arc<Desk>,
    mut queue: mpsc::Receiver<Ticket>,
    side: Side,
    pace: Arc<Pace>,
) {
    let mut begun = None;
    while let Some(first) = queue.recv().await {
        // Requests that have come and are not read yet, such as those of callers who were just answered,
        // are read before the batch is taken: nobody waits for them, they only go first.
        tokio::task::yield_now().await;
        let mut tickets = Vec::with_capacity(queue.len().min(desk.options.batch) + 1);
        tickets.push(first);
        while tickets.len() < desk.options.batch
            && let Ok(ticket) = queue.try_recv()
        {
            tickets.push(ticket);
        }
        desk.metrics.batch(tickets.len());
        let began = Instant::now();
        let turn = Turn::of_lane(&mut begun, &queue);
        let elsewhere = work(&desk, tickets, Locked::Skip, turn).await;
        pace.measured(began.elapsed());
        side.enter(elsewhere);
    }
}

/// Decides tickets and answers them. Returns those whose account somebody else has locked.
pub(super) async fn work(
    desk: &Desk,
    tickets: Vec<Ticket>,
    locked: Locked,
    mut turn: Turn<'_>,
) -> Vec<Ticket> {
    let mut parts = vec![tickets];
    let mut elsewhere = Vec::new();
    while let Some(tickets) = parts.pop() {
        match batch::run(desk, &tickets, locked, &mut turn).await {
            Ok(outcome) => elsewhere.extend(answer(tickets, outcome)),
            Err(error) => parts.extend(after_failure(desk, tickets, &error).await),
        }
    }
    elsewhere
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
