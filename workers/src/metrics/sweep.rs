//! What the sweep tells.

use holdfast_funding::apply::Unconfirmed;
use holdfast_runtime::metrics::Metrics;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Unit;

/// Metrics of the sweep.
#[derive(Debug, Clone, Default)]
pub(crate) struct SweepMetrics {
    approvals: Gauge,
    oldest: Gauge,
}

impl SweepMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self::default();
        metrics.register(|registry| {
            let help = "Approvals that no notification has confirmed in time";
            registry.register("sweep_unconfirmed_approvals", help, new.approvals.clone());
            let help = "Age of the oldest approval that no notification has confirmed";
            let oldest = new.oldest.clone();
            registry.register_with_unit("sweep_oldest_unconfirmed", help, Unit::Seconds, oldest);
        });
        new
    }

    pub(crate) fn found(&self, found: &Unconfirmed) {
        self.approvals.set(found.approvals);
        self.oldest.set(found.oldest_seconds);
    }
}
