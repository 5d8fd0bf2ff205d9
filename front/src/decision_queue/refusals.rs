//! Refusals that have been sent and are not stored yet: requests whose time ran out. They are stored in
//! the free places of later batches, or when nothing else waits: storing them must not cost the time of
//! requests that can still be answered.

use super::pending_request::PendingRequest;
use std::collections::VecDeque;

/// Sent refusals of one worker.
#[derive(Debug)]
pub(super) struct UnstoredRefusals {
    requests: VecDeque<PendingRequest>,
    /// Beyond it the oldest are dropped: under such load a repeated request may be decided after all
    /// (promise 3).
    limit: usize,
}

impl UnstoredRefusals {
    /// None yet.
    pub(super) fn new(limit: usize) -> Self {
        let requests = VecDeque::new();
        Self { requests, limit }
    }

    /// Is there none?
    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    /// Refuses requests at once and keeps them.
    pub(super) fn refuse_requests(&mut self, requests: Vec<PendingRequest>) {
        for mut request in requests {
            request.refuse_now();
            self.requests.push_back(request);
        }
        let excess = self.requests.len().saturating_sub(self.limit);
        drop(self.requests.drain(..excess));
    }

    /// Takes at most so many to be stored, the oldest first.
    pub(super) fn take_oldest(&mut self, room: usize) -> Vec<PendingRequest> {
        let taken = room.min(self.requests.len());
        self.requests.drain(..taken).collect()
    }
}
