//! What the traffic came to, counted while it runs.

mod histogram;
mod recent;
mod snapshot;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

pub use snapshot::{Latency, StatsSnapshot};

use crate::{Fate, Heard, JitOutcome, guard::lock};
use histogram::Histogram;
use recent::Recent;

/// Live counters; reading them disturbs nobody.
#[derive(Debug, Default)]
pub struct TrafficStats {
    pub(crate) stories_started: AtomicU64,
    pub(crate) stories_finished: AtomicU64,
    pub(crate) gave_up: AtomicU64,
    asked: AtomicU64,
    approved: AtomicU64,
    errors: AtomicU64,
    timeouts: AtomicU64,
    connection_failures: AtomicU64,
    told: AtomicU64,
    delivered: AtomicU64,
    repeated: AtomicU64,
    retried: AtomicU64,
    lost: AtomicU64,
    declined: Mutex<BTreeMap<String, u64>>,
    overall: Mutex<Histogram>,
    recent: Mutex<Recent>,
}

impl TrafficStats {
    /// Counts a JIT exchange.
    pub fn heard(&self, outcome: &JitOutcome) {
        add(&self.asked);
        match &outcome.heard {
            Heard::Approved { .. } => add(&self.approved),
            Heard::Declined { reason } => self.declined(reason),
            Heard::Error { .. } => add(&self.errors),
            Heard::Timeout => add(&self.timeouts),
            Heard::ConnectionFailed => add(&self.connection_failures),
        }
        let micros = u64::try_from(outcome.latency.as_micros()).unwrap_or(u64::MAX);
        lock(&self.overall).record(micros);
        lock(&self.recent).record(micros);
    }

    /// Counts a notification that was queued.
    pub fn told(&self) {
        add(&self.told);
    }

    /// Counts what became of a copy of a notification.
    pub fn fated(&self, fate: Fate) {
        add(match fate {
            Fate::Accepted => &self.delivered,
            Fate::Repeated => &self.repeated,
            Fate::Refused => &self.retried,
            Fate::GivenUp => &self.lost,
        });
    }

    /// The counters of this moment.
    pub fn snapshot(&self) -> StatsSnapshot {
        let declined_by_reason = lock(&self.declined).clone();
        let started = read(&self.stories_started);
        let finished = read(&self.stories_finished);
        let (recent, asked_per_second) = lock(&self.recent).summary();
        StatsSnapshot {
            stories_finished: finished,
            stories_in_flight: started.saturating_sub(finished),
            asked: read(&self.asked),
            approved: read(&self.approved),
            declined: declined_by_reason.values().sum(),
            declined_by_reason,
            errors: read(&self.errors),
            timeouts: read(&self.timeouts),
            connection_failures: read(&self.connection_failures),
            gave_up: read(&self.gave_up),
            notifications_told: read(&self.told),
            notifications_delivered: read(&self.delivered),
            notifications_repeated: read(&self.repeated),
            notifications_retried: read(&self.retried),
            notifications_lost: read(&self.lost),
            asked_per_second,
            recent,
            overall: lock(&self.overall).latency(),
        }
    }

    fn declined(&self, reason: &str) {
        let mut declined = lock(&self.declined);
        match declined.get_mut(reason) {
            Some(count) => *count += 1,
            None => {
                declined.insert(reason.to_owned(), 1);
            }
        }
    }
}

/// One more.
pub(crate) fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

fn read(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}
