//! The kinds of card messages in the stories, and Marqeta's names for them.

/// One kind of card message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// Opens a hold.
    Authorization,
    /// Adds to a hold.
    Increment,
    /// Sets the hold to a new total; its amount is that total.
    Advice,
    /// Releases a part of the hold.
    PartialReversal,
    /// Releases the whole hold.
    Reversal,
    /// The authorization ran out at Marqeta.
    IssuerExpiration,
    /// Clears a hold.
    Clearing,
    /// Clearing without an authorization.
    ForceCapture,
    /// Authorization and clearing in one message.
    PinDebit,
    /// The same, with cash from the till inside the amount.
    PinDebitCashBack,
    /// Credits money; not linked to its purchase.
    Refund,
}

/// State of a transaction at Marqeta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionState {
    /// Approved, not final.
    Pending,
    /// Final.
    Completion,
    /// A full reversal, or a message without money.
    Cleared,
    /// Declined.
    Declined,
    /// Failed.
    Error,
}

impl TransactionState {
    /// As Marqeta writes it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Completion => "COMPLETION",
            Self::Cleared => "CLEARED",
            Self::Declined => "DECLINED",
            Self::Error => "ERROR",
        }
    }

    /// Whether the message has no effect.
    pub fn has_failed(self) -> bool {
        matches!(self, Self::Declined | Self::Error)
    }
}

impl MessageKind {
    /// `type` of the transaction.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::Increment => "authorization.incremental",
            Self::Advice => "authorization.advice",
            Self::PartialReversal | Self::Reversal => "authorization.reversal",
            Self::IssuerExpiration => "authorization.reversal.issuerexpiration",
            Self::Clearing | Self::ForceCapture => "authorization.clearing",
            Self::PinDebit => "pindebit",
            Self::PinDebitCashBack => "pindebit.cashback",
            Self::Refund => "refund",
        }
    }

    /// `jit_funding.method`.
    pub fn jit_method(self) -> &'static str {
        match self {
            Self::Authorization => "pgfs.authorization",
            Self::Increment => "pgfs.authorization.incremental",
            Self::Advice | Self::PartialReversal | Self::Reversal | Self::IssuerExpiration => {
                "pgfs.authorization.reversal"
            }
            Self::Clearing => "pgfs.authorization.clearing",
            Self::ForceCapture => "pgfs.force_capture",
            Self::PinDebit | Self::PinDebitCashBack => "pgfs.auth_plus_capture",
            Self::Refund => "pgfs.refund",
        }
    }

    /// State of a successful message.
    pub fn success_state(self) -> TransactionState {
        match self {
            Self::Authorization | Self::Increment | Self::Advice | Self::PartialReversal => {
                TransactionState::Pending
            }
            Self::Reversal | Self::IssuerExpiration => TransactionState::Cleared,
            _ => TransactionState::Completion,
        }
    }

    /// Begins a funding group of its own.
    pub fn opens_group(self) -> bool {
        matches!(
            self,
            Self::Authorization
                | Self::ForceCapture
                | Self::PinDebit
                | Self::PinDebitCashBack
                | Self::Refund
        )
    }

    /// Releases held money.
    pub fn releases_hold(self) -> bool {
        matches!(
            self,
            Self::PartialReversal | Self::Reversal | Self::IssuerExpiration
        )
    }

    /// Money towards the cardholder travels as an unload; reversals of a purchase do not.
    pub fn order_field(self) -> &'static str {
        if self == Self::Refund {
            "gpa_order_unload"
        } else {
            "gpa_order"
        }
    }

    /// Whether `gpa.impacted_amount` is written with a plus.
    pub fn is_credit(self) -> bool {
        self == Self::Refund || self.releases_hold()
    }

    /// `type` of the GPA transaction that Marqeta books and notifies for its own load of the account.
    pub fn gpa_type(self) -> &'static str {
        match self {
            Self::Authorization | Self::Increment => "gpa.credit.authorization",
            Self::Advice | Self::PartialReversal | Self::Reversal | Self::IssuerExpiration => {
                "gpa.credit.authorization.reversal"
            }
            Self::Refund => "gpa.debit",
            _ => "gpa.credit",
        }
    }
}
