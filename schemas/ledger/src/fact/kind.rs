//! What a fact does to its hold: the rows of the table in design section 2.

use super::{ClearingRecord, DisputeStep};
use crate::money::Amount;
use crate::time::Moment;
use crate::token::{HoldId, TransactionToken};
use serde::{Deserialize, Serialize};

/// What a fact does. The fold gives each its meaning; see [`crate::fold`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An authorization: begins a purchase and holds its amount.
    Original,
    /// Adds to the amount held.
    Increment,
    /// Sets the purchase's total; `delta` is what the JIT block says is released by it.
    Advice {
        /// The JIT block's amount, to check the drop against.
        delta: Option<Amount>,
    },
    /// Releases its own amount, in whatever state it stands.
    PartialReversal,
    /// Names no amount: releases all of the hold.
    FullReversal,
    /// The network's own expiration of the authorization: drops the hold.
    IssuerExpiration,
    /// Our expiry: drops the hold, unless the facts now give it longer.
    Expiry {
        /// The deadline as it was when the hold was expired.
        deadline: Moment,
    },
    /// An operator drops the hold.
    Release,
    /// Clears money, out of the hold as far as it reaches.
    Clearing {
        /// Nothing more will be cleared: the rest of the hold goes.
        is_final: bool,
        /// Released beside what is cleared (`amount_to_be_released`).
        released: Amount,
        /// How it names itself to the network.
        #[serde(default, skip_serializing_if = "ClearingRecord::is_empty")]
        record: ClearingRecord,
    },
    /// Clears money without an authorization.
    ForceCapture,
    /// A single-message debit: takes the money at once.
    Debit,
    /// Takes a single-message debit back.
    DebitReversal,
    /// Gives money: a refund or a credit.
    Credit,
    /// Promises money: a refund or credit authorization.
    CreditAuthorization {
        /// Usable at once; its clearing gives the difference only.
        fast: bool,
    },
    /// The promised money comes.
    CreditClearing,
    /// Takes a credit, or the promise of one, back.
    CreditReversal,
    /// A step of a dispute; its hold has no other facts.
    Dispute(DisputeStep),
    /// A clearing was found to be this purchase's by evidence. The fact stands on both holds, so that each
    /// shows the other: on the purchase's it consumes the hold, on the clearing's own it moves nothing.
    Match {
        /// The other hold.
        with: HoldId,
        /// The clearing that was matched.
        clearing: TransactionToken,
        /// Which of the two holds this one is.
        side: MatchSide,
        /// Nothing more will be cleared of the purchase: the rest of its hold is released.
        is_final: bool,
        /// How well they fit, in points of 100; a person who says so gives all of them.
        score: u8,
    },
    /// Known, and of no consequence for the books.
    Nothing,
}

/// The two holds of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchSide {
    /// The purchase's hold.
    Purchase,
    /// The clearing's own hold.
    Clearing,
}

/// The order of kinds among facts that are ready at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Begins something.
    Original,
    /// Adds to it.
    Increment,
    /// Corrects its total.
    Advice,
    /// Releases.
    Reversal,
    /// Clears.
    Clearing,
    /// Ends it by time or by hand.
    Expiry,
    /// A dispute, by its steps.
    Dispute(DisputeStep),
}

impl Kind {
    /// Where the kind stands among facts of the same moment.
    #[must_use]
    pub fn rank(&self) -> Rank {
        match self {
            Self::Original | Self::Debit | Self::Credit | Self::CreditAuthorization { .. } => {
                Rank::Original
            }
            Self::Increment => Rank::Increment,
            Self::Advice { .. } => Rank::Advice,
            Self::PartialReversal
            | Self::FullReversal
            | Self::IssuerExpiration
            | Self::DebitReversal
            | Self::CreditReversal => Rank::Reversal,
            Self::Clearing { .. } | Self::ForceCapture | Self::CreditClearing => Rank::Clearing,
            Self::Expiry { .. } | Self::Release | Self::Match { .. } | Self::Nothing => {
                Rank::Expiry
            }
            Self::Dispute(step) => Rank::Dispute(*step),
        }
    }

    /// Does it hold or promise money until a deadline?
    #[must_use]
    pub fn authorizes(&self) -> bool {
        matches!(
            self,
            Self::Original
                | Self::Increment
                | Self::Advice { .. }
                | Self::CreditAuthorization { .. }
        )
    }

    /// May it have to be matched by where it happened, or does it count for a spending limit? A collection
    /// does where nothing was authorized.
    #[must_use]
    pub fn has_card_and_merchant(&self) -> bool {
        self.spends() || self.gives() || matches!(self, Self::Clearing { .. })
    }

    /// Does it post money in its final state?
    #[must_use]
    pub fn posts(&self) -> bool {
        matches!(
            self,
            Self::Clearing { .. }
                | Self::ForceCapture
                | Self::Debit
                | Self::DebitReversal
                | Self::Credit
                | Self::CreditClearing
                | Self::CreditReversal
                | Self::Dispute(_)
        )
    }

    /// Does it use up a spending limit?
    #[must_use]
    pub fn spends(&self) -> bool {
        matches!(
            self,
            Self::Original | Self::Increment | Self::Debit | Self::ForceCapture
        )
    }

    /// Does it use up a limit of what comes in?
    #[must_use]
    pub fn gives(&self) -> bool {
        matches!(
            self,
            Self::Credit | Self::CreditAuthorization { .. } | Self::CreditClearing
        )
    }

    /// Does it begin a purchase? A hold has at most one such token.
    #[must_use]
    pub fn opens(&self) -> bool {
        self.rank() == Rank::Original || matches!(self, Self::ForceCapture)
    }
}
