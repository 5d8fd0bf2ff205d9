//! Alerts for people: each is counted and logged once, after the commit that stores it.

use crate::metrics::AlertCounter;
use holdfast_store::alert::NewAlert;

/// Counts and logs alerts. Call it after their commit, never before: what is rolled back never happened.
pub fn report_alerts(counter: &AlertCounter, alerts: &[NewAlert]) {
    for alert in alerts {
        counter.count(alert.kind);
        tracing::warn!(
            kind = alert.kind.as_str(),
            severity = alert.kind.severity().as_str(),
            transaction.token = alert.token,
            account.token = alert.account.as_ref().map(tracing::field::display),
            "Alert: {}",
            alert.detail
        );
    }
}
