//! Alerts for people: each is counted and logged once, after the commit that stores it.

use crate::metrics::AppliedMetrics;
use holdfast_store::alert::NewAlert;

/// Counts and logs alerts. Call it after their commit, never before: what is rolled back never happened.
pub(crate) fn report_alerts(metrics: &AppliedMetrics, alerts: &[NewAlert]) {
    for alert in alerts {
        metrics.count_alert(alert.kind);
        tracing::warn!(
            kind = alert.kind.as_str(),
            severity = alert.kind.severity().as_str(),
            transaction.token = alert.token,
            account.token = alert.account.as_ref().map(display),
            "Alert: {}",
            alert.detail
        );
    }
}
