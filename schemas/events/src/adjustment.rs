//! `ledger.adjustments.v1`: the books changed by anything but a decision.

use holdfast_ledger::entry::{Entry, Layer, Side};
use holdfast_ledger::money::{Currency, Signed};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happened to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// A hold that others approved for us was taken over.
    Adopted,
    /// A hold was released, in part or whole.
    Released,
    /// Money was cleared, out of a hold or beyond it.
    Captured,
    /// A hold's time ran out.
    Expired,
    /// Money moved that no hold was for: debits, refunds, credits.
    Posted,
    /// Money was promised, or the promise changed.
    Pending,
    /// A decision of ours was brought into line with what Marqeta says became of it.
    Repaired,
    /// The program moved money in or out.
    Transferred,
    /// An operator did it.
    ByHand,
    /// The program gave up what the customer owed; the loss is its own.
    WrittenOff,
    /// The hold was refolded under another policy or version.
    Refolded,
    /// A force capture was found to be this purchase's: what was held for it is released.
    Matched,
    /// That was taken back.
    Unmatched,
    /// A step of a dispute.
    Disputed,
}

/// The force capture that was matched to a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Capture {
    /// Its own hold.
    pub hold: String,
    /// How well the two fit, of 100 points.
    pub score: u8,
}

/// Who did it by hand, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByHand {
    /// The operator's name.
    pub actor: String,
    /// The reason given.
    pub reason: String,
    /// The act's own reference, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// One line of the journal; the lines of an event sum to zero per currency and layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Whose side: `customer`, `network_settlement`, `program_funding`, `dispute_suspense`, `losses`.
    pub side: String,
    /// `settled` or `pending`.
    pub layer: String,
    /// Currency.
    pub currency: String,
    /// Signed decimal text; positive is a credit of that side.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub amount: String,
}

/// The account's balance in one currency after the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BalanceAfter {
    /// Currency.
    pub currency: String,
    /// The customer's, finally; may be below zero.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub posted: String,
    /// Held for purchases.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub held: String,
    /// Promised to the customer.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub pending_credit: String,
    /// Posted less held.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub available: String,
}

/// One change of the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Adjustment {
    /// What happened.
    pub kind: AdjustmentKind,
    /// The account.
    pub account: String,
    /// The hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
    /// The message that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// That message's state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Who and why, when it was done by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
    /// The force capture that the hold was matched with, or is so no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<Capture>,
    /// The journal lines.
    pub entries: Vec<Line>,
    /// The balances that the lines touched.
    pub balances: Vec<BalanceAfter>,
}

impl From<&Entry> for Line {
    fn from(entry: &Entry) -> Self {
        Self {
            side: side_name(entry.side).to_owned(),
            layer: Layer::name(entry.layer).to_owned(),
            currency: entry.currency.code().to_owned(),
            amount: entry.amount.text(entry.currency),
        }
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::NetworkSettlement => "network_settlement",
        Side::ProgramFunding => "program_funding",
        Side::DisputeSuspense => "dispute_suspense",
        Side::Losses => "losses",
    }
}

impl BalanceAfter {
    /// The texts of a balance; `available` is posted less held.
    #[must_use]
    pub fn new(
        currency: Currency,
        posted: Signed,
        held: Signed,
        pending_credit: Signed,
        available: Signed,
    ) -> Self {
        Self {
            currency: currency.code().to_owned(),
            posted: posted.text(currency),
            held: held.text(currency),
            pending_credit: pending_credit.text(currency),
            available: available.text(currency),
        }
    }
}
