//! Alerts, with what to do about them.

use holdfast_events::moment;
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::money::Signed;
use holdfast_store::alert::Alert;
use serde::Serialize;

/// An alert.
#[derive(Debug, Clone, Serialize)]
pub struct AlertView {
    /// Its name.
    pub id: uuid::Uuid,
    /// Which kind.
    pub kind: String,
    /// How severe it is.
    pub severity: String,
    /// The account concerned.
    pub account: Option<String>,
    /// The transaction concerned.
    pub transaction: Option<String>,
    /// Its transaction type.
    #[serde(rename = "type")]
    pub transaction_type: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// Currency of the two amounts.
    pub currency: Option<&'static str>,
    /// What was to be expected.
    pub expected: Option<String>,
    /// What was booked.
    pub booked: Option<String>,
    /// What happened, one sentence.
    pub detail: String,
    /// What to do, one sentence; absent for a kind that this version does not know.
    pub advice: Option<&'static str>,
    /// When it was raised.
    pub raised_at: String,
    /// When it was acknowledged.
    pub acknowledged_at: Option<String>,
    /// Who acknowledged it.
    pub acknowledged_by: Option<String>,
    /// What was found or done.
    pub note: Option<String>,
}

impl From<Alert> for AlertView {
    fn from(alert: Alert) -> Self {
        let acknowledged = alert.acknowledged.as_ref();
        Self {
            id: alert.id,
            severity: alert.severity,
            account: alert.account,
            transaction: alert.token,
            transaction_type: alert.transaction_type,
            state: alert.state,
            currency: alert.amounts.map(|amounts| amounts.currency.code()),
            expected: render_amount(alert.amounts, |amounts| amounts.expected),
            booked: render_amount(alert.amounts, |amounts| amounts.booked),
            detail: alert.detail,
            advice: AlertKind::parse(&alert.kind).map(AlertKind::advice),
            kind: alert.kind,
            raised_at: moment::text(alert.raised),
            acknowledged_at: acknowledged.map(|by| moment::text(by.at)),
            acknowledged_by: acknowledged.map(|by| by.by.clone()),
            note: acknowledged.map(|by| by.note.clone()),
        }
    }
}

fn render_amount(
    amounts: Option<AlertAmounts>,
    which: fn(AlertAmounts) -> Option<Signed>,
) -> Option<String> {
    let amounts = amounts?;
    which(amounts).map(|amount| amount.text(amounts.currency))
}
