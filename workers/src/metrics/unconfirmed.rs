//! Metrics of the role `unconfirmed`.

use holdfast_funding::apply::Unconfirmed;
use holdfast_runtime::metrics::Metrics;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Unit;

/// Number and age of the unconfirmed approvals.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnconfirmedMetrics {
    approvals: Gauge,
    oldest: Gauge,
}

impl UnconfirmedMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self::default();
        metrics.register(|registry| {
            let help = "Approvals that no notification has confirmed in time";
            registry.register("unconfirmed_approvals", help, new.approvals.clone());
            let help = "Age of the oldest approval that no notification has confirmed";
            let oldest = new.oldest.clone();
            registry.register_with_unit("unconfirmed_oldest", help, Unit::Seconds, oldest);
        });
        new
    }

    pub(crate) fn set(&self, unconfirmed: &Unconfirmed) {
        self.approvals.set(unconfirmed.approvals);
        self.oldest.set(unconfirmed.oldest_seconds);
    }
}
