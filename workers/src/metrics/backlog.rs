//! What Postgres says is still owed, and what somebody should look at.

use holdfast_ledger::alert::AlertKind;
use holdfast_runtime::metrics::Metrics;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Unit;

/// Notifications that are stored and not applied. A lag read from Kafka alone hardly shows zero,
/// because of transaction markers; this one does.
#[derive(Debug, Clone, Default)]
pub(crate) struct BacklogMetrics {
    waiting: Gauge,
    oldest: Gauge,
}

impl BacklogMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self::default();
        metrics.register(|registry| {
            let help = "Notifications stored and not applied yet";
            registry.register("notifications_waiting", help, new.waiting.clone());
            let help = "Age of the oldest notification that is not applied yet";
            let oldest = new.oldest.clone();
            registry.register_with_unit(
                "notifications_waiting_oldest",
                help,
                Unit::Seconds,
                oldest,
            );
        });
        new
    }

    pub(crate) fn found(&self, (waiting, oldest): (i64, i64)) {
        self.waiting.set(waiting);
        self.oldest.set(oldest);
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

impl From<AlertKind> for Kind {
    fn from(kind: AlertKind) -> Self {
        Self {
            kind: kind.as_str(),
        }
    }
}

/// Alerts raised and notifications parked while applying.
#[derive(Debug, Clone, Default)]
pub(crate) struct AppliedMetrics {
    alerts: Family<Kind, Counter>,
    parked: Counter,
}

impl AppliedMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self::default();
        // From the start, so that the first alert of a kind shows as an increase.
        for kind in AlertKind::ALL {
            drop(new.alerts.get_or_create(&Kind::from(*kind)));
        }
        metrics.register(|registry| {
            let help = "Alerts raised while applying, by kind";
            registry.register("applied_alerts", help, new.alerts.clone());
            let help = "Notifications and records parked as dead letters";
            registry.register("parked", help, new.parked.clone());
        });
        new
    }

    pub(crate) fn count_alert(&self, kind: AlertKind) {
        self.alerts.get_or_create(&Kind::from(kind)).inc();
    }

    pub(crate) fn parked(&self, number: usize) {
        self.parked
            .inc_by(u64::try_from(number).unwrap_or(u64::MAX));
    }
}
