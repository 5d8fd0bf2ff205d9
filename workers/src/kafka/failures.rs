//! What Kafka refuses this process, and why it does not answer: for readiness, a metric, and one line in the log.

use holdfast_runtime::metrics::Metrics;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The client library repeats a refusal several times a second; the log needs it once in this time.
const LOG_EVERY: Duration = Duration::from_secs(30);

/// What an error means for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FailureKind {
    /// The user, the password or a certificate is wrong.
    Authentication,
    /// An ACL is missing.
    Authorization,
    /// A broker does not answer.
    Connection,
    /// Anything else.
    Other,
}

impl FailureKind {
    const ALL: [Self; 4] = [
        Self::Authentication,
        Self::Authorization,
        Self::Connection,
        Self::Other,
    ];

    /// The kind of an error; `None` for the end of a partition, which is none.
    pub(crate) fn of(error: &KafkaError) -> Option<Self> {
        use RDKafkaErrorCode as Code;
        let code = match error {
            KafkaError::PartitionEOF(_) => return None,
            KafkaError::Transaction(error) => error.code(),
            error => error.rdkafka_error_code().unwrap_or(Code::Unknown),
        };
        match code {
            Code::PartitionEOF => None,
            Code::Authentication | Code::SaslAuthenticationFailed | Code::SSL => {
                Some(Self::Authentication)
            }
            Code::TopicAuthorizationFailed
            | Code::GroupAuthorizationFailed
            | Code::ClusterAuthorizationFailed
            | Code::TransactionalIdAuthorizationFailed => Some(Self::Authorization),
            Code::BrokerTransportFailure
            | Code::AllBrokersDown
            | Code::Resolve
            | Code::OperationTimedOut => Some(Self::Connection),
            _ => Some(Self::Other),
        }
    }

    fn label(self) -> FailureLabel {
        let kind = match self {
            Self::Authentication => "authentication",
            Self::Authorization => "authorization",
            Self::Connection => "connection",
            Self::Other => "other",
        };
        FailureLabel { kind }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FailureLabel {
    kind: &'static str,
}

/// The failures of all clients of a process. Clones share their state.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClientFailures {
    kafka_failures: Family<FailureLabel, Counter>,
    current: Arc<Mutex<Current>>,
}

#[derive(Debug, Default)]
struct Current {
    /// Why the last connection failed.
    connection: Option<String>,
    /// What a client was denied, until it succeeds.
    denied: BTreeMap<&'static str, String>,
    logged: BTreeMap<FailureKind, Instant>,
}

impl ClientFailures {
    /// Exports the counters; each kind exists from the start.
    pub(crate) fn declare(&self, metrics: &Metrics) {
        for kind in FailureKind::ALL {
            drop(self.kafka_failures.get_or_create(&kind.label()));
        }
        metrics.register(|registry| {
            let help = "Failures that the Kafka clients of this process reported";
            registry.register("kafka_failures", help, self.kafka_failures.clone());
        });
    }

    /// Records an error that a client reports by its callback.
    pub(crate) fn record_reported(&self, error: &KafkaError, reason: &str) {
        let Some(kind) = FailureKind::of(error) else {
            return;
        };
        self.kafka_failures.get_or_create(&kind.label()).inc();
        let is_cause = !matches!(
            error.rdkafka_error_code(),
            Some(RDKafkaErrorCode::AllBrokersDown)
        );
        if is_cause && matches!(kind, FailureKind::Authentication | FailureKind::Connection) {
            self.lock_current().connection = Some(without_timing(reason).to_owned());
        }
        match kind {
            FailureKind::Authentication | FailureKind::Authorization => {
                self.log_refusal(kind, reason)
            }
            _ => tracing::warn!(%error, reason, "The Kafka client reports an error"),
        }
    }

    /// Records an error that a call returned to `client` and no callback reported.
    pub(crate) fn record_returned(&self, client: &'static str, error: &KafkaError) {
        if FailureKind::of(error) == Some(FailureKind::Authorization) {
            let kind = FailureKind::Authorization;
            self.kafka_failures.get_or_create(&kind.label()).inc();
            self.log_refusal(kind, &format!("{client}: {error}"));
            self.keep_denied(client, error);
        }
    }

    /// Keeps a missing ACL of `client` until it succeeds; other errors pass.
    pub(crate) fn keep_denied(&self, client: &'static str, error: &KafkaError) {
        if FailureKind::of(error) == Some(FailureKind::Authorization) {
            let reason = format!("{client}: {error}");
            self.lock_current().denied.insert(client, reason);
        }
    }

    /// Records that a client has done what it was denied before.
    pub(crate) fn clear_denied(&self, client: &'static str) {
        self.lock_current().denied.remove(client);
    }

    /// Records that a broker answers.
    pub(super) fn clear_connection(&self) {
        self.lock_current().connection = None;
    }

    /// Why the last connection failed.
    pub(super) fn connection_cause(&self) -> Option<String> {
        self.lock_current().connection.clone()
    }

    /// What a client is denied now.
    pub(super) fn denied(&self) -> Option<String> {
        self.lock_current().denied.values().next().cloned()
    }

    fn log_refusal(&self, kind: FailureKind, reason: &str) {
        let now = Instant::now();
        let last = self.lock_current().logged.get(&kind).copied();
        if last.is_some_and(|last| now.duration_since(last) < LOG_EVERY) {
            return;
        }
        self.lock_current().logged.insert(kind, now);
        let kind = kind.label().kind;
        tracing::error!(
            kind,
            reason,
            "Kafka refuses this process; correct HOLDFAST_KAFKA_OPTIONS, or what Kafka allows it"
        );
    }

    fn lock_current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The reason without the time that the attempt took, so that equal causes are equal texts.
fn without_timing(reason: &str) -> &str {
    reason
        .split_once(" (after ")
        .map_or(reason, |(cause, _)| cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied_group() -> KafkaError {
        KafkaError::MessageConsumption(RDKafkaErrorCode::GroupAuthorizationFailed)
    }

    #[test]
    fn a_missing_acl_is_kept_until_its_client_succeeds() {
        let failures = ClientFailures::default();
        failures.record_returned("jit.clearings.v1", &denied_group());
        let denied = failures.denied().unwrap();
        assert!(denied.starts_with("jit.clearings.v1: "), "{denied}");
        failures.clear_denied("relay");
        assert!(failures.denied().is_some());
        failures.clear_denied("jit.clearings.v1");
        assert_eq!(failures.denied(), None);
    }

    #[test]
    fn the_cause_of_a_lost_connection_outlives_the_summary() {
        let failures = ClientFailures::default();
        let refused = KafkaError::Global(RDKafkaErrorCode::BrokerTransportFailure);
        failures.record_reported(
            &refused,
            "Connect failed: refused (after 3ms in state CONNECT)",
        );
        let down = KafkaError::Global(RDKafkaErrorCode::AllBrokersDown);
        failures.record_reported(&down, "1/1 brokers are down");
        assert_eq!(
            failures.connection_cause().as_deref(),
            Some("Connect failed: refused")
        );
        let wrong = KafkaError::Global(RDKafkaErrorCode::Authentication);
        failures.record_reported(&wrong, "SASL authentication error: no");
        let cause = failures.connection_cause();
        assert_eq!(cause.as_deref(), Some("SASL authentication error: no"));
    }

    #[test]
    fn every_kind_is_counted_from_the_start() {
        let (metrics, failures) = (Metrics::new(), ClientFailures::default());
        failures.declare(&metrics);
        failures.record_returned("relay", &denied_group());
        let text = metrics.text();
        for (kind, count) in [
            ("authentication", 0),
            ("authorization", 1),
            ("connection", 0),
        ] {
            let line = format!("holdfast_kafka_failures_total{{kind=\"{kind}\"}} {count}\n");
            assert!(text.contains(&line), "{text}");
        }
    }

    #[test]
    fn the_end_of_a_partition_is_no_failure() {
        assert_eq!(FailureKind::of(&KafkaError::PartitionEOF(3)), None);
    }
}
