//! What a notification means for the books, and the sentences for people where that is nothing.

use crate::transaction::Transaction;
use holdfast_events::json::FieldError;

/// Why a notification books nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NothingWhy {
    /// A GPA transaction: Marqeta's own double of a card message.
    GpaTransaction,
    /// Money of an account or product at Marqeta that is not kept here.
    Elsewhere,
    /// Balance inquiries, account and PIN matters.
    NonFinancial,
    /// A type that the table does not have.
    UnknownType,
    /// A credit without a JIT block, which Marqeta keeps.
    CreditWithoutJit,
    /// It failed in a currency that no balance can be in, so there is nothing to take back.
    FailedInUnknownCurrency,
}

/// Why a notification that moves money cannot be booked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unbookable {
    /// A field that the books depend on cannot be read.
    #[error("booking the message: {0}")]
    Fault(#[from] FieldError),
    /// No amount.
    #[error("booking the message: it has no amount")]
    NoAmount,
    /// No currency.
    #[error("booking the message: it has no currency")]
    NoCurrency,
    /// Not a currency of ISO 4217.
    #[error("booking the message: its currency is not known to iso 4217")]
    UnknownCurrency,
}

impl NothingWhy {
    /// Why nothing is booked, without a full stop.
    #[must_use]
    pub(super) fn explain(self, message: &Transaction) -> String {
        let kind = &message.transaction_type;
        match self {
            Self::GpaTransaction => {
                format!("{kind} is a GPA transaction: its card transaction is booked instead")
            }
            Self::Elsewhere => {
                format!("{kind} is of an account or product at Marqeta that is not kept here")
            }
            Self::NonFinancial => format!("{kind} is non-financial: it moves no money"),
            Self::UnknownType => {
                format!("the type {kind} is not in the table of messages: nothing is booked")
            }
            Self::CreditWithoutJit => {
                "a credit without a JIT block: Marqeta keeps it in the GPA".to_owned()
            }
            Self::FailedInUnknownCurrency => {
                "it failed in a currency that ISO 4217 does not know".to_owned()
            }
        }
    }
}
