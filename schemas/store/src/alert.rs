//! Alerts: what somebody should look at.

use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;

/// An alert that is to be raised.
#[derive(Debug, Clone)]
pub struct NewAlert {
    /// Which kind, in snake case; also a label of the counter.
    pub kind: &'static str,
    /// The account concerned.
    pub account: Option<AccountToken>,
    /// The transaction concerned.
    pub token: Option<String>,
    /// One sentence for the operator, without personal data.
    pub detail: String,
    /// When.
    pub at: Moment,
}
