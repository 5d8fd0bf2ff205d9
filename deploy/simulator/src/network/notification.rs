//! One notification that is delivered.

use bytes::Bytes;
use rust_decimal::Decimal;

use crate::{MessageOutcome, Transaction, TransactionState};

/// An item of an envelope, with what the sender needs about it.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Token of the transaction, or of the GPA transaction.
    pub token: String,
    /// The funding group it belongs to.
    pub group: String,
    /// Its state.
    pub state: TransactionState,
    /// Its amount, major units.
    pub amount: Decimal,
    /// Whether it is a `gpa.*` transaction, which changes no balance.
    pub is_gpa: bool,
    /// The item as it goes over the wire.
    pub body: Bytes,
}

/// The result of delivering a copy of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryResult {
    /// Answered 200 for the first time.
    Accepted,
    /// Answered 200 again: a duplicate.
    Repeated,
    /// Not answered 200; it will be retried.
    Refused,
    /// Not answered 200 after the last retry; it is lost.
    GivenUp,
}

impl Notification {
    /// The notification of a message.
    pub fn of(transaction: &Transaction, outcome: &MessageOutcome) -> Self {
        let body = transaction.notification(outcome).to_string();
        Self::new(transaction, outcome, &transaction.token, false, body)
    }

    /// The notification of its GPA transaction.
    pub fn of_gpa_transaction(transaction: &Transaction, outcome: &MessageOutcome) -> Self {
        let body = transaction.gpa_transaction(outcome).to_string();
        Self::new(transaction, outcome, &transaction.gpa_token, true, body)
    }

    fn new(
        of: &Transaction,
        outcome: &MessageOutcome,
        token: &str,
        is_gpa: bool,
        body: String,
    ) -> Self {
        Self {
            token: token.to_owned(),
            group: of.links.group.clone(),
            state: outcome.state,
            amount: outcome.amount,
            is_gpa,
            body: body.into(),
        }
    }
}
