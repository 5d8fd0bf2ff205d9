//! Every label that can be named in advance, so that a counter exists with 0 before its first event.

use super::{DecisionLabel, FrontMetrics, KindLabel, Phase, PhaseLabel, StatusLabel};
use holdfast_funding::processor::Processor;

/// The statuses of `/jit`.
const STATUSES: [u16; 6] = [200, 400, 401, 402, 413, 503];
/// Kinds of failed batches.
const FAILURES: [&str; 4] = ["unreachable", "again", "unknown_commit", "defect"];
/// Kinds of accepted notifications.
const NOTIFICATIONS: [&str; 4] = ["new", "repeated", "changed", "parked"];

impl FrontMetrics {
    /// Creates the counters of all known labels; reasons are named by the processor.
    #[must_use]
    pub(crate) fn with_known_labels(self, processor: &dyn Processor) -> Self {
        for status in STATUSES {
            drop(self.requests.get_or_create(&StatusLabel { status }));
        }
        let reasons = processor.decline_reasons().into_iter();
        let declined = reasons.map(|reason| ("declined", reason));
        for (outcome, reason) in declined.chain([("approved", "")]) {
            let reason = reason.to_owned();
            drop(
                self.decisions
                    .get_or_create(&DecisionLabel { outcome, reason }),
            );
        }
        for phase in Phase::ALL {
            let stage = phase.as_str();
            drop(self.phases.get_or_create(&PhaseLabel { stage }));
        }
        for kind in FAILURES {
            drop(self.failures.get_or_create(&KindLabel { kind }));
        }
        for kind in NOTIFICATIONS {
            drop(self.notifications.get_or_create(&KindLabel { kind }));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_runtime::metrics::Metrics;

    #[test]
    fn a_counter_with_labels_is_there_before_its_first_event() {
        let metrics = Metrics::new();
        drop(FrontMetrics::register(&metrics).with_known_labels(&holdfast_marqeta::Marqeta));
        let text = metrics.text();
        for line in [
            "holdfast_jit_requests_total{status=\"402\"} 0\n",
            "holdfast_decisions_total{outcome=\"approved\",reason=\"\"} 0\n",
            "holdfast_decisions_total{outcome=\"declined\",reason=\"INSUFFICIENT_FUNDS\"} 0\n",
            "holdfast_decision_batch_phase_seconds_total{stage=\"commit\"} 0",
            "holdfast_decision_batch_failures_total{kind=\"again\"} 0\n",
            "holdfast_notifications_total{kind=\"changed\"} 0\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }
}
