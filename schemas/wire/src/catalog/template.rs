//! What a type of message makes of a particular message.

use super::particulars::Particulars;
use crate::event::Topic;
use holdfast_ledger::fact::{Kind, Role, State};
use holdfast_ledger::money::Amount;

/// The shape of the [`Kind`] that a type makes; the particular message fills it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Holds.
    Opener,
    /// Holds more.
    Increment,
    /// Sets the total held.
    Advice,
    /// Lets go: all in state CLEARED, else its amount.
    Reversal,
    /// The network lets all go.
    IssuerExpiration,
    /// Collects; a force capture when the method says so.
    Clearing,
    /// Takes at once.
    Debit,
    /// Takes a debit back.
    DebitReversal,
    /// Gives at once.
    Credit,
    /// Promises; at once with fast funds.
    CreditAuthorization,
    /// Keeps the promise.
    CreditClearing,
    /// Takes a credit or its promise back.
    CreditReversal,
    /// Money of a dispute.
    Dispute,
    /// Asks for the balance.
    Inquiry,
    /// Non-financial.
    Notice,
    /// Marqeta's own double of another message.
    Twin,
}

impl Template {
    /// As it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opener => "opener",
            Self::Increment => "increment",
            Self::Advice => "advice",
            Self::Reversal => "reversal",
            Self::IssuerExpiration => "issuer_expiration",
            Self::Clearing => "clearing",
            Self::Debit => "debit",
            Self::DebitReversal => "debit_reversal",
            Self::Credit => "credit",
            Self::CreditAuthorization => "credit_authorization",
            Self::CreditClearing => "credit_clearing",
            Self::CreditReversal => "credit_reversal",
            Self::Dispute => "dispute",
            Self::Inquiry => "inquiry",
            Self::Notice => "notice",
            Self::Twin => "twin",
        }
    }

    /// Does it give money to the customer?
    #[must_use]
    pub fn is_credit(self) -> bool {
        matches!(
            self,
            Self::Credit | Self::CreditAuthorization | Self::CreditClearing
        )
    }

    /// The topic of a notification that did not fail.
    #[must_use]
    pub fn topic(self) -> Topic {
        match self {
            Self::Clearing | Self::Debit | Self::Credit | Self::CreditClearing | Self::Dispute => {
                Topic::Clearings
            }
            Self::Advice
            | Self::Reversal
            | Self::IssuerExpiration
            | Self::DebitReversal
            | Self::CreditReversal => Topic::Reversals,
            Self::Opener
            | Self::Increment
            | Self::CreditAuthorization
            | Self::Inquiry
            | Self::Notice
            | Self::Twin => Topic::Notices,
        }
    }

    /// The role of a message whose type is not in the table, only its method.
    pub(super) fn usual_role(self) -> Role {
        match self {
            Self::Opener | Self::Debit | Self::Credit | Self::CreditAuthorization => Role::Opener,
            _ => Role::FollowUp,
        }
    }

    /// The kind of a particular message; `None` when it books nothing.
    pub(super) fn kind(self, of: &Particulars<'_>) -> Option<Kind> {
        Some(match self {
            Self::Opener => Kind::Opener,
            Self::Increment => Kind::Increment,
            Self::Advice => Kind::Advice {
                delta: of.jit_amount,
            },
            Self::Reversal if *of.state == State::Cleared => Kind::FullReversal,
            Self::Reversal => Kind::PartialReversal,
            Self::IssuerExpiration => Kind::IssuerExpiration,
            Self::Clearing if of.is_forced() => Kind::ForceCapture,
            Self::Clearing => Kind::Clearing {
                is_final: of.is_final,
                released: of.released.unwrap_or(Amount::ZERO),
            },
            Self::Debit => Kind::Debit,
            Self::DebitReversal => Kind::DebitReversal,
            Self::Credit => Kind::Credit,
            Self::CreditAuthorization => Kind::CreditAuthorization {
                fast: of.fast_funds,
            },
            Self::CreditClearing => Kind::CreditClearing,
            Self::CreditReversal => Kind::CreditReversal,
            Self::Dispute | Self::Inquiry | Self::Notice | Self::Twin => return None,
        })
    }
}
