//! Why a request is declined: every value that Marqeta knows (reference section 4.1).

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Marqeta's `decline_reason`. The first seven have response codes of their own: 1883 to 1889.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DeclineReason {
            $($(#[$doc])* $name,)*
        }

        impl DeclineReason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Marqeta's text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

reasons! {
    /// The amount cannot be.
    InvalidAmount = "INVALID_AMOUNT";
    /// Not enough available.
    InsufficientFunds = "INSUFFICIENT_FUNDS";
    /// Refused by a rule, or of a kind that we do not know.
    TransactionNotPermitted = "TRANSACTION_NOT_PERMITTED";
    /// Looks like fraud.
    SuspectedFraud = "SUSPECTED_FRAUD";
    /// A velocity control's amount is used up.
    AmountLimitExceeded = "AMOUNT_LIMIT_EXCEEDED";
    /// A velocity control's count is used up.
    TransactionCountLimitExceeded = "TRANSACTION_COUNT_LIMIT_EXCEEDED";
    /// The token came before with another content.
    DuplicateTransaction = "DUPLICATE_TRANSACTION";
    /// The merchant is not allowed.
    InvalidMerchant = "INVALID_MERCHANT";
    /// The card belongs to another account.
    InvalidCard = "INVALID_CARD";
    /// No credit account.
    NoCreditAccount = "NO_CREDIT_ACCOUNT";
    /// The card is past its date.
    ExpiredCard = "EXPIRED_CARD";
    /// We do not know the account.
    NoCheckingAccount = "NO_CHECKING_ACCOUNT";
    /// No savings account.
    NoSavingsAccount = "NO_SAVINGS_ACCOUNT";
    /// A recurring payment was stopped.
    StopPayment = "STOP_PAYMENT";
    /// One recurring payment's mandate was revoked.
    RevocationAuthorizationOrder = "REVOCATION_AUTHORIZATION_ORDER";
    /// All recurring payments' mandates were revoked.
    RevocationAllAuthorizationOrder = "REVOCATION_ALL_AUTHORIZATION_ORDER";
    /// Try again with 3-D Secure.
    SoftDeclineAuthenticationRequired = "SOFT_DECLINE_AUTHENTICATION_REQUIRED";
    /// Try again with PIN.
    SoftDeclinePinRequired = "SOFT_DECLINE_PIN_REQUIRED";
    /// The account is closed.
    ClosedAccount = "CLOSED_ACCOUNT";
    /// The card is suspended or closed.
    CardNotActive = "CARD_NOT_ACTIVE";
    /// The account is suspended.
    CardholderNotActive = "CARDHOLDER_NOT_ACTIVE";
    /// Declined elsewhere, as we were notified.
    BlockedByIssuer = "BLOCKED_BY_ISSUER";
    /// The cardholder blocked it.
    BlockedByCardholder = "BLOCKED_BY_CARDHOLDER";
    /// The cardholder blocked this merchant.
    BlockedMerchantByCardholder = "BLOCKED_MERCHANT_BY_CARDHOLDER";
    /// Fleet cards: wrong driver.
    InvalidDriverNumber = "INVALID_DRIVER_NUMBER";
    /// Fleet cards: wrong vehicle.
    InvalidVehicleNumber = "INVALID_VEHICLE_NUMBER";
}

impl DeclineReason {
    /// Reads Marqeta's text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|reason| reason.as_str() == text)
    }
}
