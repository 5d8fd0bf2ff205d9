//! One batch: one transaction for all its requests.

use super::Desk;
use super::batch_latency::fits_into;
use super::bench::Bench;
use super::selection::Timed;
use super::stage::{Stage, Watch};
use super::ticket::{Reply, Ticket};
use super::turn::Turn;
use holdfast_funding::alerts::report_alerts;
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::Role;
use holdfast_ledger::token::AccountToken;
use holdfast_ledger::usage::Use;
use holdfast_store::StoreError;
use holdfast_store::unit::{Known, Locked, Unit, Wanted};
use std::time::{Duration, Instant};

/// What became of a batch.
#[derive(Debug)]
pub(super) struct Outcome {
    /// What each request is told, by its place in the batch. A request without a reply waits for its account
    /// elsewhere.
    pub(super) replies: Vec<Option<Reply>>,
    /// What the batch was decided on: let go once everybody has their answer.
    pub(super) _known: Known,
}

/// How a batch ended.
#[derive(Debug)]
pub(super) enum Ending {
    /// It is committed, or there was nothing to commit.
    Answered(Outcome),
    /// Time ran out for all its requests; nothing is committed.
    OutOfTime,
}

/// How one attempt to commit a batch ended.
enum Attempt {
    Answered(Outcome),
    /// Time ran out for one of its requests. It took so long, waiting for locks aside.
    OutOfTime(Duration),
}

/// Decides a batch and commits it. When time runs out for one of its requests before COMMIT, the batch is
/// rolled back and decided again, with those requests alone that have time for as long an attempt: the work
/// of the others is wasted once, not again and again until it is too late for all.
pub(super) async fn run(
    desk: &Desk,
    tickets: &[Ticket],
    locked: Locked,
    turn: &mut Turn<'_>,
) -> Result<Ending, StoreError> {
    loop {
        let began = Instant::now();
        match attempt(desk, tickets, locked, turn).await? {
            Attempt::Answered(outcome) => {
                let time = tickets.first().map_or(Duration::ZERO, Ticket::time_allowed);
                let took = began.elapsed();
                turn.record_latency(|latency| latency.record_success(tickets.len(), took, time));
                return Ok(Ending::Answered(outcome));
            }
            Attempt::OutOfTime(took) => {
                turn.record_latency(|latency| latency.record_out_of_time(tickets.len(), took));
                if !give_up_hopeless(tickets, took) {
                    return Ok(Ending::OutOfTime);
                }
            }
        }
    }
}

/// Gives up the requests that have no time for another attempt. Is any left to be decided, or to be looked up
/// because its COMMIT may have happened?
fn give_up_hopeless(tickets: &[Ticket], took: Duration) -> bool {
    let now = Instant::now();
    let mut is_left = false;
    for ticket in tickets {
        let is_hopeless = !fits_into(took, ticket.time_left(now));
        is_left |= !(is_hopeless && ticket.claim.give_up());
    }
    is_left
}

async fn attempt(
    desk: &Desk,
    tickets: &[Ticket],
    locked: Locked,
    turn: &mut Turn<'_>,
) -> Result<Attempt, StoreError> {
    let began = Instant::now();
    let mut watch = Watch::start(&desk.metrics);
    let wanted = wanted(tickets);
    let mut unit = turn.begin(&desk.store).await?;
    watch.passed(Stage::Begin);
    let mine = unit.lock(&wanted.accounts, locked).await?;
    let locked_at = Instant::now();
    watch.passed(Stage::Lock);
    let mut known = unit.read(&wanted).await?;
    let program = desk.program.current();
    let uses = uses(unit.controls(), tickets);
    unit.meter(&mut known, &uses).await?;
    watch.passed(Stage::Read);
    let mut bench = Bench::new(known, mine, tickets.len(), &program, (began, locked_at));
    for (place, ticket) in tickets.iter().enumerate() {
        bench.take(place, ticket);
    }
    watch.passed(Stage::Decide);
    if bench.changes_nothing() {
        unit.roll_back().await?;
        return Ok(Attempt::Answered(bench.close()));
    }
    write(&mut unit, &bench, &mut watch).await?;
    let mine: Vec<&Ticket> = bench
        .decided()
        .filter_map(|place| tickets.get(place))
        .collect();
    let claimed = claim(&mine);
    if !claimed {
        unit.roll_back().await?;
        let since = match locked {
            Locked::Skip => began,
            Locked::Wait => locked_at,
        };
        return Ok(Attempt::OutOfTime(since.elapsed()));
    }
    if let Err(error) = turn.commit(unit).await {
        match error {
            StoreError::Unknown(_) => mine.iter().for_each(|ticket| ticket.mark_unsure()),
            _ => mine.iter().for_each(|ticket| ticket.take_back()),
        }
        return Err(error);
    }
    watch.passed(Stage::Commit);
    desk.metrics.committed(bench.decisions());
    report_alerts(&desk.metrics.alerts, bench.alerts());
    Ok(Attempt::Answered(bench.close()))
}

/// The last check before COMMIT: is there still time to answer all of them, and is somebody still
/// waiting? All of them are claimed, or none.
fn claim(tickets: &[&Ticket]) -> bool {
    if tickets.iter().any(|ticket| ticket.is_late()) {
        return false;
    }
    let claimed = tickets.iter().all(|ticket| ticket.claim.commit());
    if !claimed {
        tickets.iter().for_each(|ticket| ticket.take_back());
    }
    claimed
}

async fn write(
    unit: &mut Unit,
    bench: &Bench<'_>,
    watch: &mut Watch<'_>,
) -> Result<(), StoreError> {
    unit.register_cards(bench.cards()).await?;
    unit.write_decided(bench.accounts(), bench.decisions())
        .await?;
    unit.raise(bench.alerts()).await?;
    watch.passed(Stage::Write);
    unit.append(bench.events()).await?;
    watch.passed(Stage::Journal);
    Ok(())
}

pub(super) fn wanted(tickets: &[Ticket]) -> Wanted {
    let mut wanted = Wanted::default();
    for ticket in tickets {
        let request = &ticket.request;
        wanted.accounts.insert(request.account.clone());
        wanted.tokens.insert(request.token.clone());
        wanted.cards.extend(request.card.clone());
        let (keys, last) = match &ticket.prepared.message {
            Some(message) => (
                message.links.registered(message.role),
                message.links.last_resort(message.role),
            ),
            None => {
                let links = request.links();
                (
                    links.registered(Role::Alone),
                    links.last_resort(Role::Alone),
                )
            }
        };
        let keys = keys.into_iter().chain(last);
        wanted
            .keys
            .extend(keys.map(|key| (request.account.clone(), key)));
    }
    wanted
}

/// What the requests would use of spending limits; nothing where there are none. The controls are the
/// unit's own: a limit by which it decides, and whose meter it did not fill, would refuse.
pub(super) fn uses<'a>(
    controls: &ControlSet,
    tickets: &'a [Ticket],
) -> Vec<(&'a AccountToken, &'a Use)> {
    if !controls.has_velocity() {
        return Vec::new();
    }
    let spends =
        |ticket: &'a Ticket| Some((&ticket.request.account, ticket.prepared.spends.as_ref()?));
    tickets.iter().filter_map(spends).collect()
}
