//! What the use cases count. The process that runs them registers the counters under its own names.

use holdfast_ledger::alert::AlertKind;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::{Metric, Registry};

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

/// Alerts by kind. Cheap to clone; all clones are one counter.
#[derive(Debug, Clone)]
pub struct AlertCounter(Family<Kind, Counter>);

impl Default for AlertCounter {
    /// Every kind is there from the start, so that the first alert of a kind shows as an increase.
    fn default() -> Self {
        let family = Family::<Kind, Counter>::default();
        for kind in AlertKind::ALL {
            drop(family.get_or_create(&Kind {
                kind: kind.as_str(),
            }));
        }
        Self(family)
    }
}

impl AlertCounter {
    /// The counters, to be registered.
    #[must_use]
    pub fn metric(&self) -> impl Metric + use<> {
        self.0.clone()
    }

    /// Counts an alert. Only [`report_alerts`](crate::alerts::report_alerts) does, after the commit.
    pub(crate) fn count(&self, kind: AlertKind) {
        let kind = kind.as_str();
        self.0.get_or_create(&Kind { kind }).inc();
    }
}

/// Counters of [`apply`](crate::apply).
#[derive(Debug, Clone, Default)]
pub struct AppliedMetrics {
    /// Alerts raised.
    pub alerts: AlertCounter,
    /// Notifications and records parked as dead letters.
    pub parked: Counter,
}

impl AppliedMetrics {
    /// Registers the counters.
    pub fn declare(&self, registry: &mut Registry) {
        let help = "Alerts raised while applying, by kind";
        registry.register("applied_alerts", help, self.alerts.metric());
        let help = "Notifications and records parked as dead letters";
        registry.register("parked", help, self.parked.clone());
    }

    pub(crate) fn count_parked(&self, number: usize) {
        self.parked
            .inc_by(u64::try_from(number).unwrap_or(u64::MAX));
    }
}
