//! Accepted notifications: `jit.clearings.v1`, `jit.reversals.v1`, `jit.notices.v1`.

mod topics;

pub use topics::{Clearing, OtherNotice, Reversal};

use super::books::is_false;
use super::{Conversion, PurchaseDetails};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an adapter says of one notification, whatever its topic. Each topic publishes its part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notice {
    /// The transaction's or transition's token; with the state it identifies the notification. Absent when the
    /// item could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// The state, such as `COMPLETION`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Type of the transaction or transition.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub transaction_type: Option<String>,
    /// What all notifications say.
    #[serde(flatten)]
    pub origin: NoticeOrigin,
    /// What card transactions say.
    #[serde(flatten)]
    pub purchase: NoticePurchase,
    /// What the network says of settlement.
    #[serde(flatten)]
    pub settlement: NoticeSettlement,
    /// What clearings and disputes say.
    #[serde(flatten)]
    pub clearing: NoticeClearing,
}

/// What all notifications say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NoticeOrigin {
    /// The family of the envelope, such as `transactions`.
    pub family: String,
    /// The account that the message names, or that its hold or card has led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Who transacted: a user's token; may be a child of the account's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_user: Option<String>,
    /// The card's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The card product's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_product: Option<String>,
    /// When the processor created it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: Option<String>,
}

/// What card transactions say. All amounts are in `currency`, but the merchant's and the settlement's, which name
/// their own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NoticePurchase {
    /// The JIT method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The message's amount; for an advice the new total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub amount: Option<String>,
    /// The part that the account funds; for an advice what is released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub jit_amount: Option<String>,
    /// Currency, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Token of the JIT message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jit_token: Option<String>,
    /// The first JIT message of the purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_jit_token: Option<String>,
    /// The transaction that this one follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preceding: Option<String>,
    /// The order that all messages of the purchase share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Merchant, network and the use of the card.
    #[serde(flatten)]
    pub details: PurchaseDetails,
    /// The merchant's own money.
    #[serde(flatten)]
    pub conversion: Conversion,
    /// The processor's result, such as `0000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_code: Option<String>,
    /// Our response reached the processor too late.
    #[serde(default, skip_serializing_if = "is_false")]
    pub timed_out: bool,
    /// Who approved in stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standin_approved_by: Option<String>,
}

/// What the network says of settlement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NoticeSettlement {
    /// The day on which the network settles it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub settlement_date: Option<String>,
    /// The network's reference; it may change between the messages of a purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_reference: Option<String>,
    /// The acquirer's reference, such as the ARN of a clearing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acquirer_reference: Option<String>,
    /// The network's approval code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_code: Option<String>,
    /// Fees of the network and the acquirer, as they were sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<NoticeFee>,
    /// Interchange, as it was sent; may have more decimals than the currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub interchange: Option<String>,
}

/// A fee, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NoticeFee {
    /// Its kind, such as `INTERCHANGE_FEE`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub fee_type: Option<String>,
    /// Its amount; may have more decimals than the currency.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub amount: String,
    /// `C` for a credit, `D` for a debit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_debit: Option<String>,
    /// Its currency, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// What clearings and disputes say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NoticeClearing {
    /// No further clearing follows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_final_clearing: bool,
    /// Released beside what is cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
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
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub amount: Option<String>,
    /// Whether the user is to be credited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_user: Option<bool>,
}
