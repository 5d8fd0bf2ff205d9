//! Metrics of the front. `deploy/metrics.md` explains each.

mod labels;
mod phase;

pub(crate) use phase::Phase;

use holdfast_funding::accept::Accepted;
use holdfast_funding::metrics::AlertCounter;
use holdfast_funding::processor::Processor;
use holdfast_runtime::metrics::Metrics;
use holdfast_store::StoreError;
use holdfast_store::decision::{NewDecision, StoredOutcome};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// A decision's outcome and, when it was declined, the reason sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DecisionLabel {
    outcome: &'static str,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KindLabel {
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PhaseLabel {
    stage: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StatusLabel {
    status: u16,
}

/// The front's metrics.
#[derive(Debug, Clone)]
pub(crate) struct FrontMetrics {
    requests: Family<StatusLabel, Counter>,
    decisions: Family<DecisionLabel, Counter>,
    decision_time: Histogram,
    commit_time: Histogram,
    phases: Family<PhaseLabel, Counter<f64, AtomicU64>>,
    batch_size: Histogram,
    contended: Counter,
    out_of_time: Counter,
    shed: Counter,
    failures: Family<KindLabel, Counter>,
    notifications: Family<KindLabel, Counter>,
    pub(crate) alerts: AlertCounter,
}

/// From half a millisecond to beyond the deadline.
const SECONDS: [f64; 13] = [
    0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.125, 0.25, 0.5, 1.0, 2.2,
];
const SIZES: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

impl FrontMetrics {
    /// Registers the front's metrics; the processor names the decline reasons.
    #[must_use]
    pub(crate) fn register(metrics: &Metrics, processor: &dyn Processor) -> Self {
        let own = Self {
            requests: Family::default(),
            decisions: Family::default(),
            decision_time: Histogram::new(SECONDS),
            commit_time: Histogram::new(SECONDS),
            phases: Family::default(),
            batch_size: Histogram::new(SIZES),
            contended: Counter::default(),
            out_of_time: Counter::default(),
            shed: Counter::default(),
            failures: Family::default(),
            notifications: Family::default(),
            alerts: AlertCounter::default(),
        };
        own.create_known_labels(processor);
        metrics.register(|registry| own.declare(registry));
        own
    }

    fn declare(&self, registry: &mut Registry) {
        let help = "JIT requests answered, by HTTP status";
        registry.register("jit_requests", help, self.requests.clone());
        let help = "Decisions committed, by outcome and reason";
        registry.register("decisions", help, self.decisions.clone());
        let help = "From the request's arrival to the response after the commit";
        registry.register_with_unit(
            "decision_time",
            help,
            Unit::Seconds,
            self.decision_time.clone(),
        );
        let help = "Time that COMMIT of a batch took";
        registry.register_with_unit(
            "decision_commit_time",
            help,
            Unit::Seconds,
            self.commit_time.clone(),
        );
        let help = "Time spent in each phase of the decision workers' batches";
        registry.register_with_unit(
            "decision_batch_phase",
            help,
            Unit::Seconds,
            self.phases.clone(),
        );
        let help = "Requests in one batch of a decision worker";
        registry.register("decision_batch_requests", help, self.batch_size.clone());
        let help = "Requests that waited for an account which another transaction had locked";
        registry.register("decision_batch_contended", help, self.contended.clone());
        let help = "Requests answered by the timeout policy because their time ran out";
        registry.register("jit_out_of_time", help, self.out_of_time.clone());
        let help = "Requests shed at the front because the decision worker's queue was full, or too long to respond in time";
        registry.register("jit_shed", help, self.shed.clone());
        let help = "Batches that failed, by kind of error";
        registry.register("decision_batch_failures", help, self.failures.clone());
        let help = "Notifications accepted: new, repeated, changed, parked";
        registry.register("notifications", help, self.notifications.clone());
        registry.register("alerts", "Alerts raised, by kind", self.alerts.metric());
    }

    /// Counts a response to a JIT request.
    pub(crate) fn count_response(&self, status: u16) {
        self.requests.get_or_create(&StatusLabel { status }).inc();
    }

    pub(crate) fn observe_batch(&self, requests: usize) {
        self.batch_size
            .observe(f64::from(u32::try_from(requests).unwrap_or(u32::MAX)));
    }

    /// Records the time that a phase of a batch took.
    pub(crate) fn observe_phase(&self, phase: Phase, took: Duration) {
        let seconds = took.as_secs_f64();
        let label = PhaseLabel {
            stage: phase.as_str(),
        };
        self.phases.get_or_create(&label).inc_by(seconds);
        if phase == Phase::Commit {
            self.commit_time.observe(seconds);
        }
    }

    pub(crate) fn count_contended(&self, requests: usize) {
        self.contended
            .inc_by(u64::try_from(requests).unwrap_or(u64::MAX));
    }

    pub(crate) fn count_shed(&self) {
        self.shed.inc();
    }

    pub(crate) fn count_out_of_time(&self) {
        self.out_of_time.inc();
    }

    pub(crate) fn count_failure(&self, error: &StoreError) {
        let kind = match error {
            StoreError::Unreachable(_) | StoreError::NoConnection { .. } => "unreachable",
            StoreError::Again(_) => "again",
            StoreError::Unknown(_) => "unknown_commit",
            StoreError::Refused(_)
            | StoreError::Unreadable { .. }
            | StoreError::Unfit(_)
            | StoreError::WrongUrl(_) => "defect",
        };
        self.failures.get_or_create(&KindLabel { kind }).inc();
    }

    /// Counts committed decisions.
    pub(crate) fn count_committed(&self, decisions: &[NewDecision]) {
        let mut approved = 0;
        for decision in decisions {
            match decision.outcome {
                StoredOutcome::Approved => approved += 1,
                StoredOutcome::Declined => {
                    self.add_decisions("declined", decision.reason.as_deref(), 1)
                }
                StoredOutcome::OutOfTime => {}
            }
        }
        self.add_decisions("approved", None, approved);
    }

    fn add_decisions(&self, outcome: &'static str, reason: Option<&str>, times: u64) {
        if times > 0 {
            let reason = reason.unwrap_or_default().to_owned();
            self.decisions
                .get_or_create(&DecisionLabel { outcome, reason })
                .inc_by(times);
        }
    }

    pub(crate) fn observe_decision(&self, took: Duration) {
        self.decision_time.observe(took.as_secs_f64());
    }

    pub(crate) fn count_accepted(&self, accepted: &Accepted, parked: usize) {
        let count = |kind, number: usize| {
            let counter = self.notifications.get_or_create(&KindLabel { kind });
            counter.inc_by(u64::try_from(number).unwrap_or(u64::MAX));
        };
        count("new", accepted.new);
        count("repeated", accepted.repeated);
        count("changed", accepted.changed);
        count("parked", parked);
    }
}
