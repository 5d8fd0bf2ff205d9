//! Alerts on the page of their transaction.

use holdfast_events::moment;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_store::transaction::AlertRecord;
use serde::Serialize;

/// An alert of a transaction: what happened, and what to do.
#[derive(Debug, Clone, Serialize)]
pub struct TransactionAlertView {
    /// Which kind, in snake case.
    pub kind: String,
    /// `info`, `warning` or `critical`.
    pub severity: String,
    /// What happened, one sentence.
    pub detail: String,
    /// What to do, one sentence; nothing for a kind that this version does not know.
    pub advice: Option<&'static str>,
    /// The message's transaction type.
    pub r#type: Option<String>,
    /// The message's state.
    pub state: Option<String>,
    /// The currency of the two amounts.
    pub currency: Option<&'static str>,
    /// What was to be expected.
    pub expected: Option<String>,
    /// What was booked.
    pub booked: Option<String>,
    /// When it was raised.
    pub raised_at: String,
    /// When an operator acknowledged it.
    pub acknowledged_at: Option<String>,
    /// Who acknowledged it.
    pub acknowledged_by: Option<String>,
    /// The operator's note.
    pub note: Option<String>,
}

impl From<AlertRecord> for TransactionAlertView {
    fn from(alert: AlertRecord) -> Self {
        let kind = AlertKind::ALL
            .iter()
            .find(|kind| kind.as_str() == alert.kind);
        let text = |amount: Option<Signed>| {
            let currency = alert.currency?;
            Some(amount?.text(currency))
        };
        Self {
            advice: kind.map(|kind| kind.advice()),
            expected: text(alert.expected),
            booked: text(alert.booked),
            currency: alert.currency.map(Currency::code),
            kind: alert.kind,
            severity: alert.severity,
            detail: alert.detail,
            r#type: alert.transaction_type,
            state: alert.state,
            raised_at: moment::text(alert.raised),
            acknowledged_at: alert.acknowledged.map(moment::text),
            acknowledged_by: alert.acknowledged_by,
            note: alert.note,
        }
    }
}
