//! Alerts: what needs review by a person.

mod acknowledge;
mod read;

pub use read::AlertFilter;

use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;

/// An alert that is to be raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlert {
    /// Which kind; also a label of the counter.
    pub kind: AlertKind,
    /// The account concerned.
    pub account: Option<AccountToken>,
    /// The transaction concerned.
    pub token: Option<String>,
    /// Its transaction type.
    pub transaction_type: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// What was to be expected, and what was booked.
    pub amounts: Option<AlertAmounts>,
    /// One sentence about what happened, without personal data.
    pub detail: String,
    /// When.
    pub at: Moment,
}

/// An alert that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its name.
    pub id: uuid::Uuid,
    /// Which kind, in snake case; one of a newer version may be unknown here.
    pub kind: String,
    /// How severe it is: `info`, `warning` or `critical`.
    pub severity: String,
    /// The account concerned.
    pub account: Option<String>,
    /// The transaction concerned.
    pub token: Option<String>,
    /// Its transaction type.
    pub transaction_type: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// What was to be expected, and what was booked.
    pub amounts: Option<AlertAmounts>,
    /// One sentence about what happened.
    pub detail: String,
    /// When it was raised.
    pub raised: Moment,
    /// Who has reviewed it, if anyone has.
    pub acknowledged: Option<Acknowledgement>,
}

/// A person's word that an alert was reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// When.
    pub at: Moment,
    /// The person's name.
    pub by: String,
    /// What was found or done.
    pub note: String,
}

#[cfg(test)]
mod tests;
