//! What an event tells of the merchant's own money (reference section 3.7).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The amounts in the merchant's and in the network's currency, with the rates. Decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Conversion {
    /// The amount in the merchant's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub original_amount: Option<String>,
    /// The merchant's currency, alpha-3; its number where ISO 4217 does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_currency: Option<String>,
    /// The rate between the merchant's currency and the purchase's, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub conversion_rate: Option<String>,
    /// The merchant converted the amount before it asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dynamic_currency_conversion: Option<bool>,
    /// What the network settles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub settlement_amount: Option<String>,
    /// The settlement's currency, alpha-3; its number where ISO 4217 does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement_currency: Option<String>,
    /// The rate to the settlement's currency, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub settlement_rate: Option<String>,
}
