//! What a type of message makes of a particular message.

use super::fact::{booked_amount, is_force_capture};
use crate::transaction::Transaction;
use holdfast_events::Topic;
use holdfast_ledger::fact::{DisputeStep, Kind, Role};
use holdfast_ledger::money::Amount;

/// The shape of the [`Kind`] that a type makes; the particular message fills it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Holds.
    Original,
    /// Holds more.
    Increment,
    /// Sets the total held.
    Advice,
    /// Releases its amount; all, where it names none.
    Reversal,
    /// The network lets all go.
    IssuerExpiration,
    /// Clears; a force capture when the method says so.
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
    /// A step of a dispute.
    Dispute(DisputeStep),
    /// Asks for the balance.
    Inquiry,
    /// Non-financial.
    Notice,
    /// A GPA transaction: Marqeta's own double of another message.
    GpaTransaction,
    /// Money of an account or product at Marqeta that is not kept here.
    Elsewhere,
}

impl Template {
    /// As it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Original => "original",
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
            Self::Dispute(DisputeStep::Opened) => "dispute_opened",
            Self::Dispute(DisputeStep::ProvisionalCredit) => "dispute_provisional_credit",
            Self::Dispute(DisputeStep::ProvisionalDebit) => "dispute_provisional_debit",
            Self::Dispute(DisputeStep::Represented) => "dispute_represented",
            Self::Dispute(DisputeStep::Won { .. }) => "dispute_won",
            Self::Dispute(DisputeStep::Lost) => "dispute_lost",
            Self::Dispute(DisputeStep::WrittenOff) => "dispute_written_off",
            Self::Inquiry => "inquiry",
            Self::Notice => "notice",
            Self::GpaTransaction => "gpa_transaction",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// Is it the customer's money coming? Without a JIT block that is Marqeta's own balance's matter.
    #[must_use]
    pub fn is_credit(self) -> bool {
        matches!(
            self,
            Self::Credit | Self::CreditAuthorization | Self::CreditClearing | Self::Dispute(_)
        )
    }

    /// The state of a message that went well (reference section 6).
    #[must_use]
    pub fn states(self) -> &'static str {
        match self {
            Self::Original | Self::Increment | Self::Advice | Self::CreditAuthorization => {
                "PENDING"
            }
            Self::Reversal => "PENDING, CLEARED",
            Self::IssuerExpiration | Self::Inquiry => "CLEARED",
            Self::Clearing
            | Self::Debit
            | Self::DebitReversal
            | Self::Credit
            | Self::CreditClearing
            | Self::Dispute(_) => "COMPLETION",
            Self::CreditReversal => "CLEARED, COMPLETION",
            Self::Notice | Self::GpaTransaction | Self::Elsewhere => "any",
        }
    }

    /// What it books when it went well, for people. `available = posted - held`.
    #[must_use]
    pub fn books(self) -> &'static str {
        match self {
            Self::Original | Self::Increment => "held + amount",
            Self::Advice => "held becomes the new total, less what was cleared",
            Self::Reversal => "held - amount; without an amount held becomes 0",
            Self::IssuerExpiration => "held becomes 0",
            Self::Clearing => {
                "posted - amount, also above the hold; held - amount, and 0 when it is final"
            }
            Self::Debit => {
                "posted - amount, when approved or final; PENDING without our approval: held + amount"
            }
            Self::DebitReversal => "posted + amount, at most the debit",
            Self::Credit => "posted + amount",
            Self::CreditAuthorization => {
                "pending credit + amount; fast funds, or by setting: posted + amount"
            }
            Self::CreditClearing => "posted + what was not given yet; pending credit becomes 0",
            Self::CreditReversal => "pending credit - amount, or posted - amount once it was given",
            Self::Dispute(DisputeStep::Opened) => "the network's money into suspense",
            Self::Dispute(DisputeStep::ProvisionalCredit) => "posted + amount, from suspense",
            Self::Dispute(DisputeStep::ProvisionalDebit) => {
                "posted - amount, to suspense; at most the credit that stands"
            }
            Self::Dispute(DisputeStep::Represented) => "nothing",
            Self::Dispute(DisputeStep::Won { .. }) => {
                "posted + amount where no provisional credit stands (by setting)"
            }
            Self::Dispute(DisputeStep::Lost) => "posted - what is left of the credit",
            Self::Dispute(DisputeStep::WrittenOff) => {
                "the customer keeps what was credited, at the program's loss"
            }
            Self::Inquiry | Self::Notice => "nothing",
            Self::GpaTransaction => "nothing: its card message is booked",
            Self::Elsewhere => "nothing; with a JIT block it alerts",
        }
    }

    /// The topic of a notification that did not fail.
    #[must_use]
    pub fn topic(self) -> Topic {
        match self {
            Self::Clearing
            | Self::Debit
            | Self::Credit
            | Self::CreditClearing
            | Self::Dispute(_) => Topic::Clearings,
            Self::Advice
            | Self::Reversal
            | Self::IssuerExpiration
            | Self::DebitReversal
            | Self::CreditReversal => Topic::Reversals,
            Self::Original
            | Self::Increment
            | Self::CreditAuthorization
            | Self::Inquiry
            | Self::Notice
            | Self::GpaTransaction
            | Self::Elsewhere => Topic::Notices,
        }
    }

    /// The role of a message whose type is not in the table, only its method.
    pub(super) fn usual_role(self) -> Role {
        match self {
            Self::Original | Self::Debit | Self::Credit | Self::CreditAuthorization => {
                Role::Original
            }
            Self::Dispute(_) => Role::Dispute,
            _ => Role::FollowUp,
        }
    }

    /// The kind of a particular message; `None` when it books nothing.
    pub(super) fn kind(self, of: &Transaction) -> Option<Kind> {
        Some(match self {
            Self::Original => Kind::Original,
            Self::Increment => Kind::Increment,
            Self::Advice => Kind::Advice {
                delta: of.jit.amount,
            },
            Self::Reversal if booked_amount(of, self).is_none() => Kind::FullReversal,
            Self::Reversal => Kind::PartialReversal,
            Self::IssuerExpiration => Kind::IssuerExpiration,
            Self::Clearing if is_force_capture(of) => Kind::ForceCapture,
            Self::Clearing => Kind::Clearing {
                is_final: of.is_final_clearing == Some(true),
                released: of.amount_to_be_released.unwrap_or(Amount::ZERO),
                record: of.clearing_record(),
            },
            Self::Debit => Kind::Debit,
            Self::DebitReversal => Kind::DebitReversal,
            Self::Credit => Kind::Credit,
            Self::CreditAuthorization => Kind::CreditAuthorization {
                fast: of.fast_funds,
            },
            Self::CreditClearing => Kind::CreditClearing,
            Self::CreditReversal => Kind::CreditReversal,
            Self::Dispute(DisputeStep::Won { .. }) => Kind::Dispute(DisputeStep::Won {
                credit_user: of
                    .outcome
                    .chargeback
                    .as_ref()
                    .and_then(|dispute| dispute.credit_user),
            }),
            Self::Dispute(step) => Kind::Dispute(step),
            Self::Inquiry | Self::Notice | Self::GpaTransaction | Self::Elsewhere => return None,
        })
    }
}
