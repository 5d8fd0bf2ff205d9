//! The counters of one moment, as plain values.

use std::collections::BTreeMap;
use std::time::Duration;

/// What was counted up to one moment.
#[derive(Clone, Debug, Default)]
pub struct StatsSnapshot {
    /// Stories that ended, or were cut.
    pub stories_finished: u64,
    /// Stories being played.
    pub stories_in_flight: u64,
    /// JIT requests that were sent and ended one way or another.
    pub requests: u64,
    /// Approved.
    pub approved: u64,
    /// Declined, all reasons.
    pub declined: u64,
    /// Declined, by `decline_reason`.
    pub declined_by_reason: BTreeMap<String, u64>,
    /// Unexpected status, or an unusable body.
    pub errors: u64,
    /// No response within the limit.
    pub timeouts: u64,
    /// No connection, or it broke.
    pub connection_failures: u64,
    /// Responses that a story treated as late (they also count above).
    pub gave_up: u64,
    /// Notifications queued, with GPA transactions, without copies.
    pub notifications_queued: u64,
    /// Accepted with 200 for the first time.
    pub notifications_delivered: u64,
    /// Copies accepted again.
    pub notifications_repeated: u64,
    /// Refused items that were queued for another try.
    pub notifications_retried: u64,
    /// Items given up after the last retry.
    pub notifications_lost: u64,
    /// JIT requests a second over the last seconds.
    pub requests_per_second: u64,
    /// JIT latency over the last seconds.
    pub recent: Latency,
    /// JIT latency since the start.
    pub overall: Latency,
}

/// Quantiles of a latency; exact to one percent, never below the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Latency {
    /// How many were measured.
    pub count: u64,
    /// Half of them were at most this.
    pub p50: Duration,
    /// 99 of 100 were at most this.
    pub p99: Duration,
    /// All of them were at most this.
    pub max: Duration,
}
