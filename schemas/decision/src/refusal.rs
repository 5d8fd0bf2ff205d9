//! Why a purchase is refused. Refusing is a result, not an error.

use crate::DeclineReason;
use serde::Serialize;

/// One line for each refusal: when, its name where decisions are shown, the decline reason.
macro_rules! refusals {
    ($($(#[doc = $when:literal])+ $refusal:ident, $name:literal, $reason:ident;)*) => {
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

            /// The reason that the response carries.
            #[must_use]
            pub fn decline_reason(self) -> DeclineReason {
                match self {
                    $(Self::$refusal => DeclineReason::$reason,)*
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
    UnknownAccount, "unknown_account", UnknownAccount;
    /// The account exists because money came for it, but is not registered.
    UnregisteredAccount, "unregistered_account", UnknownAccount;
    /// The account is suspended.
    SuspendedAccount, "suspended_account", AccountNotActive;
    /// The account is closed.
    ClosedAccount, "closed_account", ClosedAccount;
    /// The card belongs to another account.
    CardOfAnotherAccount, "card_of_another_account", InvalidCard;
    /// The card is suspended or closed.
    InactiveCard, "inactive_card", CardNotActive;
    /// We do not know what the method asks for.
    UnknownMethod, "unknown_method", TransactionNotPermitted;
    /// The program does not respond to such questions.
    NotOffered, "not_offered", TransactionNotPermitted;
    /// ISO 4217 does not know the currency.
    UnknownCurrency, "unknown_currency", TransactionNotPermitted;
    /// The account has no balance in this currency.
    NoBalance, "no_balance", TransactionNotPermitted;
    /// A rule closes a way to pay that the purchase uses.
    ChannelClosed, "channel_closed", TransactionNotPermitted;
    /// A rule does not permit the country, or permits a few and the country is unknown.
    CountryNotPermitted, "country_not_permitted", TransactionNotPermitted;
    /// The purchase is above the most that a single one may be.
    SinglePurchaseTooLarge, "single_purchase_too_large", AmountLimitExceeded;
    /// One of the network's scores has reached the limit of a rule.
    RiskTooHigh, "risk_too_high", SuspectedFraud;
    /// The purchase is on the Internet, of an amount that needs 3-D Secure, and was not authenticated.
    NotAuthenticated, "not_authenticated", AuthenticationRequired;
    /// An authorization control denies it, or none allows it.
    DeniedByControl, "denied_by_control", TransactionNotPermitted;
    /// A control that names merchants denies it, and the program tells so (`merchant_decline_reason`).
    MerchantDenied, "merchant_denied", InvalidMerchant;
    /// More than a spending limit allows.
    AmountLimit, "amount_limit", AmountLimitExceeded;
    /// More often than a spending limit allows.
    CountLimit, "count_limit", TransactionCountLimitExceeded;
    /// The money does not suffice.
    InsufficientFunds, "insufficient_funds", InsufficientFunds;
}
