//! Why a purchase is refused. Refusing is a result, not an error.

use serde::Serialize;

/// One line for each refusal: when, its name where decisions are shown, Marqeta's word.
macro_rules! refusals {
    ($($(#[doc = $when:literal])+ $refusal:ident, $name:literal, $reason:literal;)*) => {
        /// Why a purchase is refused, in the order in which the checks would find it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum Refusal {
            $($(#[doc = $when])+ #[serde(rename = $name)] $refusal,)*
        }

        impl Refusal {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$refusal),*];

            /// Its name, as decisions are shown with it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$refusal => $name,)*
                }
            }

            /// Marqeta's `decline_reason` (reference section 4.1; interface section 3).
            #[must_use]
            pub fn decline_reason(self) -> &'static str {
                match self {
                    $(Self::$refusal => $reason,)*
                }
            }

            /// When it is found.
            #[must_use]
            pub fn found_when(self) -> &'static str {
                match self {
                    $(Self::$refusal => concat!($($when),+).trim_ascii(),)*
                }
            }
        }
    };
}

refusals! {
    /// The account does not exist.
    UnknownAccount, "unknown_account", "NO_CHECKING_ACCOUNT";
    /// The account exists because money came for it, but it is not registered.
    UnregisteredAccount, "unregistered_account", "NO_CHECKING_ACCOUNT";
    /// The account is suspended.
    SuspendedAccount, "suspended_account", "CARDHOLDER_NOT_ACTIVE";
    /// The account is closed.
    ClosedAccount, "closed_account", "CLOSED_ACCOUNT";
    /// The card belongs to another account.
    ForeignCard, "foreign_card", "INVALID_CARD";
    /// The card is suspended or closed.
    InactiveCard, "inactive_card", "CARD_NOT_ACTIVE";
    /// We do not know what the method asks for.
    UnknownMethod, "unknown_method", "TRANSACTION_NOT_PERMITTED";
    /// The program does not answer such questions.
    NotOffered, "not_offered", "TRANSACTION_NOT_PERMITTED";
    /// ISO 4217 does not know the currency.
    UnknownCurrency, "unknown_currency", "TRANSACTION_NOT_PERMITTED";
    /// The account has no balance in this currency.
    NoBalance, "no_balance", "TRANSACTION_NOT_PERMITTED";
    /// A rule closes a way to pay that the purchase uses.
    ChannelClosed, "channel_closed", "TRANSACTION_NOT_PERMITTED";
    /// A rule does not permit the country, or permits a few and the country is unknown.
    CountryNotPermitted, "country_not_permitted", "TRANSACTION_NOT_PERMITTED";
    /// The purchase is above the most that a single one may be.
    SinglePurchaseTooLarge, "single_purchase_too_large", "AMOUNT_LIMIT_EXCEEDED";
    /// One of the network's scores has reached the limit of a rule.
    RiskTooHigh, "risk_too_high", "SUSPECTED_FRAUD";
    /// The purchase is on the Internet, of an amount that needs 3-D Secure, and was not authenticated.
    NotAuthenticated, "not_authenticated", "SOFT_DECLINE_AUTHENTICATION_REQUIRED";
    /// An authorization control denies it, or none allows it.
    DeniedByControl, "denied_by_control", "TRANSACTION_NOT_PERMITTED";
    /// A control that names merchants denies it, and the program tells so (`merchant_decline_reason`).
    MerchantDenied, "merchant_denied", "INVALID_MERCHANT";
    /// More than a spending limit allows.
    AmountLimit, "amount_limit", "AMOUNT_LIMIT_EXCEEDED";
    /// More often than a spending limit allows.
    CountLimit, "count_limit", "TRANSACTION_COUNT_LIMIT_EXCEEDED";
    /// The money does not suffice.
    InsufficientFunds, "insufficient_funds", "INSUFFICIENT_FUNDS";
}
