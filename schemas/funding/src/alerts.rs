//! The only place that builds alerts for people. Each is counted and logged once, after the commit that stores it.

use crate::metrics::AlertCounter;
use crate::processor::Finding;
use holdfast_ledger::time::Moment;
use holdfast_store::alert::NewAlert;
use holdfast_store::notification::NotificationKey;

/// The alert of a finding about a transaction. An empty type or state counts as unknown.
#[must_use]
pub fn build_alert(
    key: &NotificationKey,
    transaction_type: Option<String>,
    finding: Finding,
    at: Moment,
) -> NewAlert {
    let is_stated = |text: &String| !text.is_empty();
    NewAlert {
        kind: finding.kind,
        account: Some(key.account.clone()),
        token: Some(key.token.as_str().to_owned()),
        transaction_type: transaction_type.filter(is_stated),
        state: Some(key.state.clone()).filter(is_stated),
        amounts: finding.amounts,
        detail: finding.detail,
        at,
    }
}

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
