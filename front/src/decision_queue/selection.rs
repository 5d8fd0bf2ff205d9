//! Which of the waiting requests a batch decides. A request whose time is up, or would be before the batch
//! commits, takes no place from one that can still be answered, and cannot roll its batch back.

use super::batch_latency::BatchLatency;
use std::time::{Duration, Instant};

/// Something that must be answered by a time.
pub(super) trait Timed {
    /// The time left; zero when it is up.
    fn time_left(&self, now: Instant) -> Duration;
}

/// The waiting requests, divided.
#[derive(Debug)]
pub(super) struct Selection<T> {
    /// The next batch decides these.
    pub(super) decide: Vec<T>,
    /// Too late, or too late before a batch ends.
    pub(super) refuse: Vec<T>,
}

/// Divides waiting requests, oldest first, until a batch is full.
///
/// If none of them has enough time left by the estimate, the newest is tried alone: a wrong estimate is
/// corrected by measuring, and one that is right costs nothing that could have been done instead.
pub(super) fn select_requests<T: Timed>(
    waiting: impl IntoIterator<Item = T>,
    latency: &BatchLatency,
    now: Instant,
) -> Selection<T> {
    let (mut decide, mut refuse, mut hopeless) = (Vec::new(), Vec::new(), Vec::new());
    let mut waiting = waiting.into_iter();
    while decide.len() < latency.limit()
        && let Some(request) = waiting.next()
    {
        let left = request.time_left(now);
        if left.is_zero() {
            refuse.push(request);
        } else if latency.fits_into(left) {
            decide.push(request);
        } else {
            hopeless.push(request);
        }
    }
    if decide.is_empty() {
        decide.extend(hopeless.pop());
    }
    refuse.extend(hopeless);
    Selection { decide, refuse }
}

#[cfg(test)]
mod tests;
