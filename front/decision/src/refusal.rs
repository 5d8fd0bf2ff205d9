//! Why a purchase is refused. Refusing is a result, not an error.

use serde::Serialize;

/// Why a purchase is refused, in the order in which the checks would find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Nobody has created the account.
    UnknownAccount,
    /// The account exists because money came for it, but nobody has registered it.
    UnregisteredAccount,
    /// The account is suspended.
    SuspendedAccount,
    /// The account is closed.
    ClosedAccount,
    /// The card belongs to another account.
    ForeignCard,
    /// The card is suspended or closed.
    InactiveCard,
    /// We do not know what the method asks for.
    UnknownMethod,
    /// The program does not answer such questions.
    NotOffered,
    /// ISO 4217 does not know the currency.
    UnknownCurrency,
    /// The account has no balance in this currency.
    NoBalance,
    /// More than a spending limit allows.
    AmountLimit,
    /// More often than a spending limit allows.
    CountLimit,
    /// The money does not suffice.
    InsufficientFunds,
}

impl Refusal {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::UnknownAccount,
        Self::UnregisteredAccount,
        Self::SuspendedAccount,
        Self::ClosedAccount,
        Self::ForeignCard,
        Self::InactiveCard,
        Self::UnknownMethod,
        Self::NotOffered,
        Self::UnknownCurrency,
        Self::NoBalance,
        Self::AmountLimit,
        Self::CountLimit,
        Self::InsufficientFunds,
    ];

    /// Marqeta's `decline_reason` (reference section 4.1; interface section 3).
    #[must_use]
    pub fn decline_reason(self) -> &'static str {
        match self {
            Self::UnknownAccount | Self::UnregisteredAccount => "NO_CHECKING_ACCOUNT",
            Self::SuspendedAccount => "CARDHOLDER_NOT_ACTIVE",
            Self::ClosedAccount => "CLOSED_ACCOUNT",
            Self::ForeignCard => "INVALID_CARD",
            Self::InactiveCard => "CARD_NOT_ACTIVE",
            Self::UnknownMethod | Self::NotOffered | Self::UnknownCurrency | Self::NoBalance => {
                "TRANSACTION_NOT_PERMITTED"
            }
            Self::AmountLimit => "AMOUNT_LIMIT_EXCEEDED",
            Self::CountLimit => "TRANSACTION_COUNT_LIMIT_EXCEEDED",
            Self::InsufficientFunds => "INSUFFICIENT_FUNDS",
        }
    }
}
