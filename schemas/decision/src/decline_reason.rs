//! Why a request is declined, in words that every processor shares; the adapter maps them to its own.

/// One line for each reason: what it means, its name.
macro_rules! decline_reasons {
    ($($(#[doc = $meaning:literal])+ $reason:ident, $name:literal;)*) => {
        /// Why a request is declined.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DeclineReason {
            $($(#[doc = $meaning])+ $reason,)*
        }

        impl DeclineReason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$reason),*];

            /// Its name, snake case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$reason => $name,)*
                }
            }
        }
    };
}

decline_reasons! {
    /// Insufficient available balance.
    InsufficientFunds, "insufficient_funds";
    /// Refused by a rule, or of a kind that is not known.
    TransactionNotPermitted, "transaction_not_permitted";
    /// A risk score has reached the limit of a rule.
    SuspectedFraud, "suspected_fraud";
    /// The amount of a velocity control or of a rule is exceeded.
    AmountLimitExceeded, "amount_limit_exceeded";
    /// The count of a velocity control is exceeded.
    TransactionCountLimitExceeded, "transaction_count_limit_exceeded";
    /// The token was used before with another content.
    DuplicateTransaction, "duplicate_transaction";
    /// The merchant is not allowed.
    InvalidMerchant, "invalid_merchant";
    /// The card belongs to another account.
    InvalidCard, "invalid_card";
    /// The account does not exist or is not registered.
    UnknownAccount, "unknown_account";
    /// The account is closed.
    ClosedAccount, "closed_account";
    /// The account is suspended.
    AccountNotActive, "account_not_active";
    /// The card is suspended or closed.
    CardNotActive, "card_not_active";
    /// Try again with 3-D Secure.
    AuthenticationRequired, "authentication_required";
    /// Declined elsewhere, as a notification has it.
    DeclinedElsewhere, "declined_elsewhere";
}
