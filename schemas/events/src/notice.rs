//! `jit.clearings.v1`, `jit.reversals.v1`, `jit.notices.v1`: one accepted notification.

use super::Conversion;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One notification as it was accepted. Amounts are decimal texts with the currency's exponent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// The family of the envelope, such as `transactions`.
    pub family: String,
    /// Marqeta's token of the message; with the state it identifies the notification. Absent when the
    /// item could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// The outcome, such as `COMPLETION`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Type of the transaction or transition.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub transaction_type: Option<String>,
    /// The JIT method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The account that the message names, or that its hold or card has led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Who transacted: a user's token; may be a child of the account's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_user: Option<String>,
    /// The card's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The message's amount; for an advice the new total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub amount: Option<String>,
    /// The part that the account funds; for an advice what is released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub jit_amount: Option<String>,
    /// Currency of all amounts but the merchant's and the settlement's, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Token of the JIT message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jit_token: Option<String>,
    /// The first JIT message of the purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_jit_token: Option<String>,
    /// The message that this one follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preceding: Option<String>,
    /// The order that all messages of the purchase share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// When Marqeta created it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub created: Option<String>,
    /// The merchant's own money.
    #[serde(flatten)]
    pub conversion: Conversion,
    /// Merchant category code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// Marqeta's result, such as `0000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_code: Option<String>,
    /// Marqeta did not hear our response in time.
    #[serde(default, skip_serializing_if = "is_false")]
    pub timed_out: bool,
    /// Who approved in our place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standin_approved_by: Option<String>,
    /// Nothing more will be cleared.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_final_clearing: bool,
    /// Released beside what is cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub amount_to_be_released: Option<String>,
    /// This clearing's number in its sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clearing_number: Option<String>,
    /// How many clearings the sequence has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clearing_count: Option<String>,
    /// The dispute that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<Dispute>,
}

/// The dispute that a notification belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dispute {
    /// The dispute's own token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Where it stands, such as `CASE_WON`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The disputed amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub amount: Option<String>,
    /// Whether the user is to be credited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_user: Option<bool>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}
