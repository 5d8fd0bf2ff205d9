//! `ledger.adjustments.v1`: the books changed by anything but a decision.

use super::{BalanceAfter, HoldAfter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happened to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// A hold that was approved in our place was taken over.
    Adopted,
    /// A hold was released, in part or whole.
    Released,
    /// Money was cleared, out of a hold or beyond it.
    Cleared,
    /// A hold expired.
    Expired,
    /// Money moved that no hold was for: debits, refunds, credits.
    Posted,
    /// Money was promised, or the promise changed.
    Pending,
    /// A decision of ours was brought into line with what the processor says became of it.
    Repaired,
    /// The program moved money in or out.
    Transferred,
    /// An operator changed something.
    Manual,
    /// The program wrote off what the customer owed.
    WrittenOff,
    /// The hold was folded again under another policy or version.
    Refolded,
    /// A force capture was matched to this purchase: what was held for it is released.
    Matched,
    /// That match was taken back.
    Unmatched,
    /// A step of a dispute.
    Disputed,
}

/// What caused an adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentCause {
    /// A notification of the processor's; `cause_token` is its transaction token.
    Notification,
    /// The time of a hold ran out.
    Expiry,
    /// A match by evidence, or its end.
    Match,
    /// An operator's command; `cause_token` is its reference.
    Operator,
}

/// The force capture that was matched to a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Capture {
    /// Its own hold.
    pub hold: String,
    /// How well the two fit, of 100 points.
    pub score: u8,
}

/// Who changed it manually, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManualChange {
    /// The operator's name.
    pub actor: String,
    /// The reason given.
    pub reason: String,
    /// The command's own reference, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
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
    /// What caused it.
    pub cause: AdjustmentCause,
    /// The cause's own token: a transaction's, a match's, an expiry's, a command's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause_token: Option<String>,
    /// The transaction that caused it; of a manual match the purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// That transaction's state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The processor's time of what caused it; the deadline of an expiry. Absent where the processor caused nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: Option<String>,
    /// Who changed it and why, when an operator did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manual: Option<ManualChange>,
    /// The force capture that the hold was matched with, or is so no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<Capture>,
    /// Holds that were found to be the same purchase: `hold` has taken them over, and they hold nothing any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged_holds: Vec<String>,
    /// The hold after the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_after: Option<HoldAfter>,
    /// The balances that the change touched, after it.
    pub balances: Vec<BalanceAfter>,
}
