//! What a notification can mean for the books, and for the people who watch them.

use holdfast_events::json::FieldError;
use holdfast_ledger::fact::Message;

/// What a notification means for the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A fact of a hold. A cancelled one too: it takes back what we decided.
    Book(Box<Message>),
    /// Of no consequence for the books.
    Nothing(NothingWhy),
    /// It would move money, but what it says cannot be read: to be parked, never guessed.
    Unbookable(Unbookable),
}

/// Why a notification books nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NothingWhy {
    /// A GPA transaction: Marqeta's own double of a card message.
    Twin,
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
    /// As it is shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Twin => "gpa_transaction",
            Self::Elsewhere => "not_kept_here",
            Self::NonFinancial => "non_financial",
            Self::UnknownType => "unknown_type",
            Self::CreditWithoutJit => "credit_without_jit",
            Self::FailedInUnknownCurrency => "failed_in_unknown_currency",
        }
    }
}
