//! Facts: what is known about one purchase. A fact is inserted once and never changes; the standing of
//! a hold is a pure function of its set of facts (design section 2).

mod card_and_merchant;
mod clearing;
mod dispute;
mod kind;
mod links;
mod state;

pub use card_and_merchant::{CardAndMerchant, Class};
pub use clearing::ClearingRecord;
pub use dispute::DisputeStep;
pub use kind::{Kind, MatchSide, Rank};
pub use links::{Key, Links, Role};
pub use state::{Source, State};

use crate::money::{Amount, Currency};
use crate::time::Moment;
use crate::token::TransactionToken;
use serde::{Deserialize, Serialize};

/// One fact of one transaction token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The message's own token; acts of ours make one up that no message can have.
    #[serde(rename = "t")]
    pub token: TransactionToken,
    /// Who says so; with token and version it identifies the fact.
    #[serde(rename = "s")]
    pub source: Source,
    /// What it does.
    #[serde(rename = "k")]
    pub kind: Kind,
    /// The amount that this account funds; for an advice the purchase's new total.
    #[serde(rename = "a")]
    pub amount: Amount,
    /// Currency of every amount in this fact.
    #[serde(rename = "c")]
    pub currency: Currency,
    /// When Marqeta created the message. One-second precision, so time alone is no order.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Moment>,
    /// The message that this one follows.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub preceding: Option<TransactionToken>,
    /// When the network lets the authorization lapse, where the message says so.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub expiration: Option<Moment>,
    /// Days that an authorization lasts where the network does not say when it lapses: what the program
    /// had decided when the message came, so that a change of settings never rewrites the past.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// Where and with which card, for what may be matched by it or counts for a spending limit.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub card_and_merchant: Option<CardAndMerchant>,
    /// Held beyond the amount (reference section 9.3, `hold_increase`): what the program had decided
    /// when the message came.
    #[serde(rename = "i", default, skip_serializing_if = "Amount::is_nothing")]
    pub increase: Amount,
    /// Which version of the message it is, where the processor numbers the changes of one object; a later version
    /// replaces the earlier ones. 0 where the state alone tells messages of one token apart.
    #[serde(rename = "v", default, skip_serializing_if = "is_unversioned")]
    pub version: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_unversioned(version: &u32) -> bool {
    *version == 0
}

impl Fact {
    /// A fact with what every fact has; the other fields are set by struct update.
    #[must_use]
    pub fn new(
        token: TransactionToken,
        source: Source,
        kind: Kind,
        amount: Amount,
        currency: Currency,
    ) -> Self {
        Self {
            token,
            source,
            kind,
            amount,
            currency,
            created: None,
            preceding: None,
            expiration: None,
            days: None,
            card_and_merchant: None,
            increase: Amount::ZERO,
            version: 0,
        }
    }

    /// Is it the same fact as the other one (not: does it say the same)?
    #[must_use]
    pub fn is_same_fact(&self, other: &Self) -> bool {
        self.token == other.token && self.source == other.source && self.version == other.version
    }

    /// Was it taken from the message of this token? A numbered version of an object is a message of its own, called
    /// `TOKEN:VERSION`.
    #[must_use]
    pub fn is_of_message(&self, token: &str) -> bool {
        let rest = token.strip_prefix(self.token.as_str());
        match rest.map(|rest| rest.strip_prefix(':')) {
            Some(None) => rest == Some(""),
            Some(Some(version)) => self.version > 0 && version == self.version.to_string(),
            None => false,
        }
    }

    /// Did the thing that it tells of come to nothing?
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(
            self.source,
            Source::Refusal | Source::Notified(State::Declined | State::Error)
        )
    }

    /// Does it reserve money until a deadline: an authorization, or a single-message debit that was notified
    /// before it is final?
    #[must_use]
    pub fn reserves(&self) -> bool {
        self.kind.authorizes() || (self.kind == Kind::Debit && self.is_notified_early())
    }

    /// Was it notified in a state that stands and is not yet final?
    #[must_use]
    pub fn is_notified_early(&self) -> bool {
        matches!(
            self.source,
            Source::Notified(State::Pending | State::Cleared)
        ) && !self.is_final()
    }

    /// Does it move final money? Only in the state that Marqeta documents as final for its family: COMPLETION,
    /// and for money to the customer that is taken back or was announced before also CLEARED (reference
    /// section 6). What we decided or a person did is final at once.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match &self.source {
            Source::Notified(State::Completion) | Source::Decision | Source::Operator => true,
            Source::Notified(State::Cleared) => {
                matches!(self.kind, Kind::CreditClearing | Kind::CreditReversal)
            }
            Source::Notified(_)
            | Source::Refusal
            | Source::Expiry
            | Source::Matched
            | Source::Undone => false,
        }
    }

    /// Does it count? What was cancelled does not, and neither does what is in a state that we do not know.
    #[must_use]
    pub fn stands(&self) -> bool {
        !self.is_cancelled() && !matches!(self.source, Source::Notified(State::Other(_)))
    }
}

/// One card message, reduced to what the books need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub fact: Fact,
    /// What ties it to other messages.
    pub links: Links,
    /// May it begin a hold of its own, or does it follow up another?
    pub role: Role,
}
