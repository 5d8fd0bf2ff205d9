//! The only place that builds alerts for people. Each is counted and logged once, after the commit that stores it.

use crate::metrics::AlertCounter;
use crate::processor::Finding;
use holdfast_ledger::time::Moment;
use holdfast_store::alert::NewAlert;
use holdfast_store::notification::NotificationKey;
use holdfast_store::{Store, StoreError};

/// The alert of a finding about a transaction. An empty type or state counts as unknown.
#[must_use]
pub fn build_alert(
    key: &NotificationKey,
    transaction_type: Option<String>,
    finding: Finding,
    at: Moment,
) -> NewAlert {
    let is_stated = |text: &String| !text.is_empty();
    let mut alert = build_unbound_alert(finding, at);
    alert.account = Some(key.account.clone());
    alert.token = Some(key.token.as_str().to_owned());
    alert.transaction_type = transaction_type.filter(is_stated);
    alert.state = Some(key.state.clone()).filter(is_stated);
    alert
}

/// The alert of a finding that is about no transaction.
fn build_unbound_alert(finding: Finding, at: Moment) -> NewAlert {
    NewAlert {
        kind: finding.kind,
        account: None,
        token: None,
        transaction_type: None,
        state: None,
        amounts: finding.amounts,
        detail: finding.detail,
        at,
    }
}

/// Raises an alert that is about no transaction: stored in a unit of its own, then counted and logged.
///
/// # Errors
/// [`StoreError`]; nothing is counted then.
pub async fn raise_alert(
    store: &Store,
    counter: &AlertCounter,
    finding: Finding,
    at: Moment,
) -> Result<(), StoreError> {
    let alerts = [build_unbound_alert(finding, at)];
    let mut unit = store.begin().await?;
    unit.raise_alerts(&alerts).await?;
    unit.commit().await?;
    report_alerts(counter, &alerts);
    Ok(())
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
