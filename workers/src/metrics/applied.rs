//! Metrics of applying notifications, under the workers' names.

use holdfast_funding::metrics::AppliedMetrics;
use holdfast_runtime::metrics::Metrics;

/// Registers the counters of applied notifications.
pub(crate) fn register_applied(metrics: &Metrics) -> AppliedMetrics {
    let applied = AppliedMetrics::default();
    metrics.register(|registry| {
        let help = "Alerts raised while applying, by kind";
        registry.register("applied_alerts", help, applied.alerts.metric());
        let help = "Notifications and records parked as dead letters";
        registry.register("parked", help, applied.parked.clone());
    });
    applied
}
