//! One batch: one transaction for all its requests.

use super::DecisionContext;
use super::batch_connection::BatchConnection;
use super::batch_latency::fits_into;
use super::pending_request::{PendingRequest, Reply};
use super::phase_timer::PhaseTimer;
use super::selection::Timed;
use crate::metrics::Phase;
use holdfast_funding::alerts::report_alerts;
use holdfast_funding::authorize::{
    DecisionBatch, PreparedRequest, list_usages, read_set, timeout_response,
};
use holdfast_store::StoreError;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::{Known, Locked};
use std::time::{Duration, Instant};

/// The replies of a batch.
#[derive(Debug)]
pub(super) struct BatchReplies {
    /// The reply to each request, by its place in the batch. A request without a reply waits for its contended
    /// account.
    pub(super) replies: Vec<Option<Reply>>,
    /// The snapshot of the batch, dropped once all responses are sent.
    pub(super) _known: Known,
}

/// How a batch ended.
#[derive(Debug)]
pub(super) enum Ending {
    /// It is committed, or there was nothing to commit.
    Answered(BatchReplies),
    /// Time ran out for all its requests; nothing is committed.
    OutOfTime,
}

/// How one attempt to commit a batch ended.
enum Attempt {
    Answered(BatchReplies),
    /// Time ran out for one of its requests. The attempt took this long, without waiting for locks.
    OutOfTime(Duration),
}

/// Decides a batch and commits it. When time runs out for one of its requests before COMMIT, the batch is
/// rolled back and decided again, with those requests alone that have time for as long an attempt: the work
/// of the others is wasted once, not again and again until it is too late for all.
pub(super) async fn decide_batch(
    context: &DecisionContext,
    pending_requests: &[PendingRequest],
    locked: Locked,
    connection: &mut BatchConnection<'_>,
) -> Result<Ending, StoreError> {
    loop {
        let began = Instant::now();
        match attempt_batch(context, pending_requests, locked, connection).await? {
            Attempt::Answered(replies) => {
                let time = pending_requests
                    .first()
                    .map_or(Duration::ZERO, PendingRequest::time_allowed);
                let took = began.elapsed();
                connection.record_latency(|latency| {
                    latency.record_success(pending_requests.len(), took, time)
                });
                return Ok(Ending::Answered(replies));
            }
            Attempt::OutOfTime(took) => {
                connection.record_latency(|latency| {
                    latency.record_out_of_time(pending_requests.len(), took)
                });
                if !give_up_hopeless(pending_requests, took) {
                    return Ok(Ending::OutOfTime);
                }
            }
        }
    }
}

/// Gives up the requests that have no time for another attempt. Is any left to be decided, or to be looked up
/// because its COMMIT may have happened?
fn give_up_hopeless(pending_requests: &[PendingRequest], took: Duration) -> bool {
    let now = Instant::now();
    let mut is_left = false;
    for pending in pending_requests {
        let is_hopeless = !fits_into(took, pending.time_left(now));
        is_left |= !(is_hopeless && pending.claim.give_up());
    }
    is_left
}

async fn attempt_batch(
    context: &DecisionContext,
    pending_requests: &[PendingRequest],
    locked: Locked,
    connection: &mut BatchConnection<'_>,
) -> Result<Attempt, StoreError> {
    let began = Instant::now();
    let mut timer = PhaseTimer::start(&context.metrics);
    let requests = || pending_requests.iter().map(|pending| &pending.prepared);
    let read_set = read_set(requests());
    let mut unit = connection.begin(&context.store).await?;
    timer.end_phase(Phase::Begin);
    let mine = unit.lock_accounts(&read_set.accounts, locked).await?;
    let locked_at = Instant::now();
    timer.end_phase(Phase::Lock);
    let mut known = unit.read_known(&read_set).await?;
    let program = context.program.current();
    let usages = list_usages(unit.controls(), requests());
    unit.fill_counters(&mut known, &usages).await?;
    timer.end_phase(Phase::Read);
    let mut batch = DecisionBatch::new(
        known,
        mine,
        pending_requests.len(),
        &program,
        (began, locked_at),
    );
    let decided: Vec<PlannedReply> = pending_requests
        .iter()
        .map(|pending| decide_request(&mut batch, pending, &program))
        .collect();
    timer.end_phase(Phase::Decide);
    if batch.changes_nothing() {
        unit.roll_back().await?;
        return Ok(Attempt::Answered(collect_replies(batch, decided)));
    }
    batch.write(&mut unit).await?;
    timer.end_phase(Phase::Write);
    batch.append_events(&mut unit).await?;
    timer.end_phase(Phase::Journal);
    let places = decided.iter().zip(pending_requests);
    let places = places.filter(|(decided, _)| matches!(decided, PlannedReply::Now(_)));
    let mine: Vec<&PendingRequest> = places.map(|(_, pending)| pending).collect();
    let claimed = claim_requests(&mine);
    if !claimed {
        unit.roll_back().await?;
        let since = match locked {
            Locked::Skip => began,
            Locked::Wait => locked_at,
        };
        return Ok(Attempt::OutOfTime(since.elapsed()));
    }
    if let Err(error) = connection.commit(unit).await {
        match error {
            StoreError::Unknown(_) => mine.iter().for_each(|pending| pending.mark_unsure()),
            _ => mine.iter().for_each(|pending| pending.take_back()),
        }
        return Err(error);
    }
    timer.end_phase(Phase::Commit);
    context.metrics.count_committed(batch.decisions());
    report_alerts(&context.metrics.alerts, batch.alerts());
    Ok(Attempt::Answered(collect_replies(batch, decided)))
}

/// The reply that a batch plans for one request.
enum PlannedReply {
    /// A response that does not wait for the commit, or none: its account is locked elsewhere.
    Reply(Option<Reply>),
    /// The decision of this number, to be sent after the commit.
    Now(usize),
}

/// Decides one request, unless it was answered before or its time is up.
fn decide_request(
    batch: &mut DecisionBatch<'_>,
    pending: &PendingRequest,
    program: &ProgramSettings,
) -> PlannedReply {
    if let Some(first) = batch.find_first_response(&pending.prepared) {
        return PlannedReply::Reply(Some(Reply::Stored(first.response)));
    }
    if pending.is_late() {
        return PlannedReply::Reply(Some(record_late(batch, pending, program)));
    }
    match batch.authorize(&pending.prepared) {
        Some(number) => PlannedReply::Now(number),
        None => PlannedReply::Reply(None),
    }
}

/// Records the response of the timeout policy, which the server has sent or is about to send.
fn record_late(
    batch: &mut DecisionBatch<'_>,
    pending: &PendingRequest,
    program: &ProgramSettings,
) -> Reply {
    // From here on the server alone responds: a commit must not follow.
    if !pending.claim.give_up() {
        return Reply::Unknown;
    }
    let prepared: &PreparedRequest = &pending.prepared;
    let response = timeout_response(&prepared.request, program.timeout_policy);
    batch.record_out_of_time(prepared, response);
    Reply::Undecided
}

/// The reply of each request, once what was decided is committed.
fn collect_replies(mut batch: DecisionBatch<'_>, decided: Vec<PlannedReply>) -> BatchReplies {
    let replies = decided.into_iter().map(|decided| match decided {
        PlannedReply::Reply(reply) => reply,
        PlannedReply::Now(number) => {
            let response = batch.take_response(number);
            response.map(Reply::Stored)
        }
    });
    let replies = replies.collect();
    BatchReplies {
        replies,
        _known: batch.into_snapshot(),
    }
}

/// The last check before COMMIT: is there still time to respond to all of them, and does the server still
/// wait for them? All of them are claimed, or none.
fn claim_requests(pending_requests: &[&PendingRequest]) -> bool {
    if pending_requests.iter().any(|pending| pending.is_late()) {
        return false;
    }
    let claimed = pending_requests
        .iter()
        .all(|pending| pending.claim.commit());
    if !claimed {
        pending_requests
            .iter()
            .for_each(|pending| pending.take_back());
    }
    claimed
}
