//! Batch latency estimate of one decision worker, and what follows from it: whether a request is admitted,
//! whether it can still be decided, how many requests a batch may have.
//!
//! The estimate must not keep requests away for ever: an idle worker admits whatever comes, and every batch
//! is measured.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A new measurement counts as one of so many: a single slow flush sheds nothing.
const MEMORY: u32 = 8;
/// What batches of one worker take at present. Pure: the caller passes the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct BatchLatency {
    /// Averaged over the last batches; zero before the first.
    estimate: Duration,
    /// When the batch under way began.
    under_way: Option<Instant>,
    /// Requests in the next batch at most.
    limit: usize,
    /// The limit of the settings.
    limit_max: usize,
}

impl BatchLatency {
    /// Nothing is measured yet.
    pub(super) fn new(limit_max: usize) -> Self {
        let limit_max = limit_max.max(1);
        Self {
            estimate: Duration::ZERO,
            under_way: None,
            limit: limit_max,
            limit_max,
        }
    }

    /// Requests in the next batch at most.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// A batch begins.
    pub(super) fn begin_batch(&mut self, now: Instant) {
        self.under_way = Some(now);
    }

    /// The batch is over, whatever became of it.
    pub(super) fn end_batch(&mut self) {
        self.under_way = None;
    }

    /// A batch of so many requests ended in time; each had so much `time` from arrival to deadline. A full batch
    /// that took less than half of it lets the next ones grow; one that was not full says nothing about larger
    /// ones.
    pub(super) fn record_success(&mut self, requests: usize, took: Duration, time: Duration) {
        self.estimate = match self.estimate {
            Duration::ZERO => took,
            known => (known * (MEMORY - 1) + took) / MEMORY,
        };
        if requests >= self.limit && took < time / 2 {
            let larger = self.limit.saturating_add(self.limit / 4 + 1);
            self.limit = larger.min(self.limit_max);
        }
    }

    /// A batch of so many requests was rolled back because time ran out for one of them. It counts in full:
    /// an average would let the next batches fail in the same way.
    pub(super) fn record_out_of_time(&mut self, requests: usize, took: Duration) {
        self.estimate = self.estimate.max(took);
        self.limit = self.limit.min(requests / 2).max(1);
    }

    /// May a request with so much time left join those that wait? It may be expected to wait for three
    /// quarters of it: batches vary.
    pub(super) fn admits(&self, waiting: usize, left: Duration, now: Instant) -> bool {
        let Some(began) = self.under_way.or((waiting > 0).then_some(now)) else {
            return true;
        };
        let under_way = self.estimate.saturating_sub(now.duration_since(began));
        let ahead = u32::try_from(waiting / self.limit).unwrap_or(u32::MAX);
        let batches = self.estimate.saturating_mul(ahead.saturating_add(1));
        under_way.saturating_add(batches) <= left / 4 * 3
    }

    /// Is so much time enough for a batch that begins now?
    pub(super) fn fits_into(&self, left: Duration) -> bool {
        fits_into(self.estimate, left)
    }
}

/// Is so much time enough for a batch of this latency, and a quarter more?
pub(super) fn fits_into(latency: Duration, left: Duration) -> bool {
    !left.is_zero() && latency.saturating_add(latency / 4) <= left
}

/// The batch latency as a worker writes it and the HTTP server reads it.
#[derive(Debug)]
pub(super) struct SharedBatchLatency(Mutex<BatchLatency>);

impl SharedBatchLatency {
    /// Nothing is measured yet.
    pub(super) fn new(limit_max: usize) -> Self {
        Self(Mutex::new(BatchLatency::new(limit_max)))
    }

    /// A copy of the present figures.
    pub(super) fn current(&self) -> BatchLatency {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the figures.
    pub(super) fn update(&self, change: impl FnOnce(&mut BatchLatency)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests;
