//! One request on its way through the decision workers.

use super::selection::Timed;
use holdfast_funding::authorize::PreparedRequest;
use holdfast_funding::processor::StoredResponse;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// The right to respond to a request, which the server and the decision worker share. The server waits for the worker
/// until the deadline, then it gives the request up; the worker claims it right before COMMIT. The first of the two
/// answers: a purchase that was given up is never committed as approved, and once COMMIT is sent only the stored
/// response leaves (promise 2).
#[derive(Debug, Clone, Default)]
pub(crate) struct Claim(Arc<AtomicU8>);

const WAITING: u8 = 0;
const COMMITTING: u8 = 1;
const GIVEN_UP: u8 = 2;

impl Claim {
    /// COMMIT was not sent after all, or was refused: the front may give up again.
    pub(crate) fn take_back(&self) {
        let claimed = COMMITTING;
        let changed =
            self.0
                .compare_exchange(claimed, WAITING, Ordering::AcqRel, Ordering::Acquire);
        // It fails if the request was not claimed, and then nothing is to do.
        changed.unwrap_or(WAITING);
    }

    /// The decision worker is about to send COMMIT. `false` when the front has given up.
    pub(crate) fn commit(&self) -> bool {
        self.0
            .compare_exchange(WAITING, COMMITTING, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
            || self.0.load(Ordering::Acquire) == COMMITTING
    }

    /// The front gives up. `false` when COMMIT is on its way.
    pub(crate) fn give_up(&self) -> bool {
        self.0
            .compare_exchange(WAITING, GIVEN_UP, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
            || self.is_given_up()
    }

    /// Has the front given up?
    pub(crate) fn is_given_up(&self) -> bool {
        self.0.load(Ordering::Acquire) == GIVEN_UP
    }

    /// Was COMMIT sent at least once?
    pub(crate) fn is_committing(&self) -> bool {
        self.0.load(Ordering::Acquire) == COMMITTING
    }
}

/// One request on its way.
#[derive(Debug)]
pub(crate) struct PendingRequest {
    /// The request, and what follows from it alone.
    pub(crate) prepared: PreparedRequest,
    /// After this no commit may start.
    pub(crate) deadline: Instant,
    pub(crate) claim: Claim,
    /// Was COMMIT sent once, with an unknown outcome?
    pub(crate) unsure: AtomicBool,
    /// Gone once the request is answered.
    pub(crate) reply: Option<oneshot::Sender<Reply>>,
}

/// The reply of a decision worker.
#[derive(Debug)]
pub(crate) enum Reply {
    /// This was committed, or had been before.
    Stored(StoredResponse),
    /// Nothing was committed, and nothing will be: the timeout policy responds.
    Undecided,
    /// COMMIT was sent, and its outcome is unknown.
    Unknown,
}

impl PendingRequest {
    /// Is it too late to start anything for it?
    pub(crate) fn is_late(&self) -> bool {
        Instant::now() >= self.deadline || self.claim.is_given_up()
    }

    /// COMMIT was sent, and its outcome is unknown.
    pub(crate) fn mark_unsure(&self) {
        self.unsure.store(true, Ordering::Release);
    }

    /// COMMIT was not sent, or was refused. After one whose outcome is unknown the claim stays: that
    /// commit may still have happened.
    pub(crate) fn take_back(&self) {
        if !self.unsure.load(Ordering::Acquire) {
            self.claim.take_back();
        }
    }

    /// Answers, unless it is answered. The HTTP server may have stopped waiting.
    pub(crate) fn response(mut self, reply: Reply) {
        self.send_reply(reply);
    }

    /// Has the timeout policy respond at once: no commit of an approval will follow. Where COMMIT may have
    /// been sent, the outcome is unknown.
    pub(crate) fn refuse_now(&mut self) {
        let refused = self.claim.give_up();
        self.send_reply(if refused {
            Reply::Undecided
        } else {
            Reply::Unknown
        });
    }

    fn send_reply(&mut self, reply: Reply) {
        if let Some(sender) = self.reply.take() {
            drop(sender.send(reply));
        }
    }

    /// The time from arrival to deadline.
    pub(crate) fn time_allowed(&self) -> Duration {
        self.deadline.saturating_duration_since(self.prepared.began)
    }
}

impl Timed for PendingRequest {
    fn time_left(&self, now: Instant) -> Duration {
        if self.claim.is_given_up() {
            return Duration::ZERO;
        }
        self.deadline.saturating_duration_since(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_claim_answers() {
        let claim = Claim::default();
        assert!(claim.commit());
        assert!(!claim.give_up(), "COMMIT is on its way");
        assert!(claim.commit(), "the same worker may try again");
        let claim = Claim::default();
        assert!(claim.give_up());
        assert!(!claim.commit(), "the front has answered");
        assert!(claim.is_given_up());
    }
}
