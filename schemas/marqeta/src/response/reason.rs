//! Our decline reasons in Marqeta's words (reference section 4.1). Seven of Marqeta's have response codes of their
//! own: 1883 to 1889.

use holdfast_decision::DeclineReason;

/// Marqeta's `decline_reason`.
pub(crate) fn reason_text(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::InsufficientFunds => "INSUFFICIENT_FUNDS",
        DeclineReason::TransactionNotPermitted => "TRANSACTION_NOT_PERMITTED",
        DeclineReason::SuspectedFraud => "SUSPECTED_FRAUD",
        DeclineReason::AmountLimitExceeded => "AMOUNT_LIMIT_EXCEEDED",
        DeclineReason::TransactionCountLimitExceeded => "TRANSACTION_COUNT_LIMIT_EXCEEDED",
        DeclineReason::DuplicateTransaction => "DUPLICATE_TRANSACTION",
        DeclineReason::InvalidMerchant => "INVALID_MERCHANT",
        DeclineReason::InvalidCard => "INVALID_CARD",
        DeclineReason::UnknownAccount => "NO_CHECKING_ACCOUNT",
        DeclineReason::AuthenticationRequired => "SOFT_DECLINE_AUTHENTICATION_REQUIRED",
        DeclineReason::ClosedAccount => "CLOSED_ACCOUNT",
        DeclineReason::CardNotActive => "CARD_NOT_ACTIVE",
        DeclineReason::AccountNotActive => "CARDHOLDER_NOT_ACTIVE",
        DeclineReason::DeclinedElsewhere => "BLOCKED_BY_ISSUER",
    }
}
