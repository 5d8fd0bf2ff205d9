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
    pub(super) fn create_known_labels(&self, processor: &dyn Processor) {
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
    }
}
