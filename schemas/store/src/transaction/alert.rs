//! An alert of a transaction.

use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use serde::Deserialize;

/// An alert that names the transaction.
#[derive(Debug, Deserialize)]
pub struct AlertRecord {
    /// Which kind, in snake case.
    pub kind: String,
    /// `info`, `warning` or `critical`.
    pub severity: String,
    /// The message's transaction type.
    #[serde(rename = "type")]
    pub transaction_type: Option<String>,
    /// The message's state.
    pub state: Option<String>,
    /// The currency of the two amounts.
    pub currency: Option<Currency>,
    /// What was to be expected.
    pub expected: Option<Signed>,
    /// What was booked.
    pub booked: Option<Signed>,
    /// One sentence about what happened.
    pub detail: String,
    /// When it was raised.
    pub raised: Moment,
    /// When an operator acknowledged it.
    pub acknowledged: Option<Moment>,
    /// Who acknowledged it.
    pub acknowledged_by: Option<String>,
    /// The operator's note.
    pub note: Option<String>,
}
