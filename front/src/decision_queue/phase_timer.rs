//! The timer of a batch's phases.

use crate::metrics::{FrontMetrics, Phase};
use std::time::Instant;

/// Measures one phase after the other.
pub(super) struct PhaseTimer<'a> {
    metrics: &'a FrontMetrics,
    since: Instant,
}

impl<'a> PhaseTimer<'a> {
    pub(super) fn start(metrics: &'a FrontMetrics) -> Self {
        Self {
            metrics,
            since: Instant::now(),
        }
    }

    /// Records the phase that ends here; the next one begins.
    pub(super) fn end_phase(&mut self, phase: Phase) {
        let now = Instant::now();
        self.metrics.observe_phase(phase, now - self.since);
        self.since = now;
    }
}
