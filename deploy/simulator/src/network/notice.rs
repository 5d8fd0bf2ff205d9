//! One notification on its way.

use bytes::Bytes;
use rust_decimal::Decimal;

use crate::{Outcome, State, Transaction};

/// An item of an envelope, with what the sender must remember about it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Transaction token of the message (of the twin, for a twin).
    pub token: String,
    /// The funding group it belongs to.
    pub group: String,
    /// State it tells.
    pub state: State,
    /// Amount it tells, major units.
    pub amount: Decimal,
    /// A `gpa.*` double, which books nothing.
    pub twin: bool,
    /// The item as it goes over the wire.
    pub body: Bytes,
}

/// What became of a copy of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Answered 200 for the first time.
    Accepted,
    /// Answered 200 again: a duplicate.
    Repeated,
    /// Not answered 200; it will come again.
    Refused,
    /// Not answered 200 after the last retry; it will never come.
    GivenUp,
}

impl Notice {
    /// The notification of a message.
    pub fn of(transaction: &Transaction, outcome: &Outcome) -> Self {
        let body = transaction.notification(outcome).to_string();
        Self::new(transaction, outcome, &transaction.token, false, body)
    }

    /// The notification of its twin.
    pub fn twin_of(transaction: &Transaction, outcome: &Outcome) -> Self {
        let body = transaction.twin(outcome).to_string();
        Self::new(transaction, outcome, &transaction.twin_token, true, body)
    }

    fn new(of: &Transaction, outcome: &Outcome, token: &str, twin: bool, body: String) -> Self {
        Self {
            token: token.to_owned(),
            group: of.links.group.clone(),
            state: outcome.state,
            amount: outcome.amount,
            twin,
            body: body.into(),
        }
    }
}
