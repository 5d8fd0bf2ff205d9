//! `jit.authorizations.v1`: one decision.

use super::{BalanceAfter, Conversion, HoldAfter, PurchaseDetails};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With 200.
    Approved,
    /// With 402.
    Declined,
    /// By the timeout policy, because the request could not be decided in time; no money was looked at.
    NotDecided,
}

/// One decision on a JIT funding request, with the hold that it placed. All amounts are in `currency`, but the
/// merchant's and the settlement's, which name their own, and those that stand beside a currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Authorization {
    /// Our name for the decision; also the `memo` of the response.
    pub decision: String,
    /// The transaction token of the request.
    pub transaction: String,
    /// Token of the JIT message; absent where the processor has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jit_token: Option<String>,
    /// The funding account.
    pub account: String,
    /// Who transacted: a user's token; may be a child of the account's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_user: Option<String>,
    /// The card's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The card product's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_product: Option<String>,
    /// The processor's transaction type.
    #[serde(rename = "type")]
    pub transaction_type: String,
    /// The JIT method.
    pub method: String,
    /// How it was answered.
    pub outcome: Outcome,
    /// The `decline_reason` that was sent, in the processor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why it was declined, in our words, such as `insufficient_funds`; the same for every processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The check that declined it or reduced its amount; `notified` where a notification had decided before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["account", "card", "velocity", "funds", "notified"]))]
    pub decided_by: Option<String>,
    /// The token of the velocity or authorization control that declined it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// What the timeout policy answered, where nothing was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["decline", "error"]))]
    pub policy: Option<String>,
    /// The amount requested.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub requested_amount: String,
    /// The amount approved; zero when declined.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub approved_amount: String,
    /// The cash part of the requested amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub cash_back_amount: Option<String>,
    /// Currency, as it was sent.
    pub currency: String,
    /// The hold that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
    /// That hold after the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_after: Option<HoldAfter>,
    /// Holds that were found to be the same purchase: `hold` has taken them over, and they hold nothing any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged_holds: Vec<String>,
    /// The account's balance in the request's currency after the decision; none where it has no such balance, and
    /// none where nothing was decided.
    pub balances: Vec<BalanceAfter>,
    /// When the processor created the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: Option<String>,
    /// When the request came.
    #[schemars(extend("format" = "date-time"))]
    pub received_at: String,
    /// When it was decided.
    #[schemars(extend("format" = "date-time"))]
    pub decided_at: String,
    /// Merchant, network and the use of the card.
    #[serde(flatten)]
    pub details: PurchaseDetails,
    /// The merchant's own money.
    #[serde(flatten)]
    pub conversion: Conversion,
    /// Version of the checks that decided.
    pub rules: i64,
    /// Version of the controls that were in force; 0 before there were any.
    pub controls: i64,
}
