//! `jit.authorizations.v1`: one decision.

use super::Conversion;
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
}

/// One decision on a JIT funding request, with the hold that it placed. Amounts are decimal texts with the
/// currency's exponent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Authorization {
    /// Our name for the decision; also the `memo` of the response.
    pub decision: String,
    /// Marqeta's token of the request.
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
    /// Marqeta's transaction type.
    #[serde(rename = "type")]
    pub transaction_type: String,
    /// The JIT method.
    pub method: String,
    /// How it was answered.
    pub outcome: Outcome,
    /// The `decline_reason` that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was asked for.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub requested_amount: String,
    /// What was approved; zero when declined.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub approved_amount: String,
    /// Currency of all amounts but the merchant's and the settlement's, as it was sent.
    pub currency: String,
    /// The hold that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
    /// What that hold sets aside now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub held_after: Option<String>,
    /// What the account can spend now, in this currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub available_after: Option<String>,
    /// When Marqeta created the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub created: Option<String>,
    /// When it was decided.
    #[schemars(extend("format" = "date-time"))]
    pub decided: String,
    /// The merchant's own money.
    #[serde(flatten)]
    pub conversion: Conversion,
    /// Merchant category code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// The merchant's country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Version of the rule set that decided.
    pub rule_version: i64,
    /// Version of the spend controls that were in force; 0 before there were any.
    #[serde(default)]
    pub control_version: i64,
}
