//! Counters of the traffic.

mod histogram;
mod recent;
mod snapshot;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

pub use snapshot::{Latency, StatsSnapshot};

use crate::{DeliveryResult, JitExchange, JitResponse, mutex::lock_mutex};
use histogram::LatencyHistogram;
use recent::RecentLatency;

/// Live counters; reading them blocks no writer for long.
#[derive(Debug, Default)]
pub struct TrafficStats {
    pub(crate) stories_started: AtomicU64,
    pub(crate) stories_finished: AtomicU64,
    pub(crate) gave_up: AtomicU64,
    requests: AtomicU64,
    approved: AtomicU64,
    errors: AtomicU64,
    timeouts: AtomicU64,
    connection_failures: AtomicU64,
    queued: AtomicU64,
    delivered: AtomicU64,
    repeated: AtomicU64,
    retried: AtomicU64,
    lost: AtomicU64,
    declined: Mutex<BTreeMap<String, u64>>,
    overall: Mutex<LatencyHistogram>,
    recent: Mutex<RecentLatency>,
}

impl TrafficStats {
    /// Counts a JIT exchange.
    pub fn count_exchange(&self, exchange: &JitExchange) {
        increment(&self.requests);
        match &exchange.response {
            JitResponse::Approved { .. } => increment(&self.approved),
            JitResponse::Declined { reason } => self.count_decline(reason),
            JitResponse::Error { .. } => increment(&self.errors),
            JitResponse::Timeout => increment(&self.timeouts),
            JitResponse::ConnectionFailed => increment(&self.connection_failures),
        }
        let micros = u64::try_from(exchange.latency.as_micros()).unwrap_or(u64::MAX);
        lock_mutex(&self.overall).record_micros(micros);
        lock_mutex(&self.recent).record_micros(micros);
    }

    /// Counts a notification that was queued.
    pub fn count_notification(&self) {
        increment(&self.queued);
    }

    /// Counts the delivery of a copy of a notification.
    pub fn count_delivery(&self, result: DeliveryResult) {
        increment(match result {
            DeliveryResult::Accepted => &self.delivered,
            DeliveryResult::Repeated => &self.repeated,
            DeliveryResult::Refused => &self.retried,
            DeliveryResult::GivenUp => &self.lost,
        });
    }

    /// The counters of this moment.
    pub fn snapshot(&self) -> StatsSnapshot {
        let declined_by_reason = lock_mutex(&self.declined).clone();
        let started = load(&self.stories_started);
        let finished = load(&self.stories_finished);
        let (recent, requests_per_second) = lock_mutex(&self.recent).summarize();
        StatsSnapshot {
            stories_finished: finished,
            stories_in_flight: started.saturating_sub(finished),
            requests: load(&self.requests),
            approved: load(&self.approved),
            declined: declined_by_reason.values().sum(),
            declined_by_reason,
            errors: load(&self.errors),
            timeouts: load(&self.timeouts),
            connection_failures: load(&self.connection_failures),
            gave_up: load(&self.gave_up),
            notifications_queued: load(&self.queued),
            notifications_delivered: load(&self.delivered),
            notifications_repeated: load(&self.repeated),
            notifications_retried: load(&self.retried),
            notifications_lost: load(&self.lost),
            requests_per_second,
            recent,
            overall: lock_mutex(&self.overall).latency(),
        }
    }

    fn count_decline(&self, reason: &str) {
        let mut declined = lock_mutex(&self.declined);
        match declined.get_mut(reason) {
            Some(count) => *count += 1,
            None => {
                declined.insert(reason.to_owned(), 1);
            }
        }
    }
}

/// Adds one.
pub(crate) fn increment(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

fn load(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}
