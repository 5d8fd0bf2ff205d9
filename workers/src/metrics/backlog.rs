//! Metrics of the notifications that wait in Postgres.

use holdfast_runtime::metrics::Metrics;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Unit;

/// Notifications that are stored and not applied. It reaches zero, which the lag in Kafka hardly does
/// because of transaction markers.
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

    pub(crate) fn set(&self, (waiting, oldest): (i64, i64)) {
        self.waiting.set(waiting);
        self.oldest.set(oldest);
    }
}
