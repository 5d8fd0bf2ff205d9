//! What decisions and notifications say of a purchase: the merchant, the card's use, the network.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The merchant, as the network names it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PurchaseMerchant {
    /// Its number at its acquirer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mid: Option<String>,
    /// Merchant category code, four digits such as `5411`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// Its name on a statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Its country, alpha-3 such as `USA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl fmt::Debug for PurchaseMerchant {
    /// Codes only: name and city say where the cardholder was, and belong into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PurchaseMerchant")
            .field("mid", &self.mid)
            .field("mcc", &self.mcc)
            .field("country", &self.country)
            .finish_non_exhaustive()
    }
}

/// Merchant, network and the use of the card. What a message does not say is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PurchaseDetails {
    /// The merchant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant: Option<PurchaseMerchant>,
    /// The card network, such as `VISA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// The subnetwork, such as `VISANET`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnetwork: Option<String>,
    /// How the card number was entered, in the processor's words, such as `CHIP_CONTACTLESS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_mode: Option<String>,
    /// The card was present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_present: Option<bool>,
    /// It is one of a series that was agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurring: Option<bool>,
    /// The result of 3-D Secure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["not_done", "failed", "attempted", "successful"]))]
    pub three_d_secure: Option<String>,
}
