//! Where a message happened, and what it spends: what a force capture is matched by when no token ties it
//! to its purchase, and what spending limits go by.

use crate::money::Amount;
use crate::token::{CardProductToken, CardToken, NetworkToken};
use serde::{Deserialize, Serialize};

/// What kind of spending a message is, for limits (reference section 9.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Goods and services, quasi cash, account funding; cash back is distinguished by its amount.
    #[default]
    Purchase,
    /// Cash at a machine or a teller.
    Withdrawal,
    /// Money that comes in; its transaction type.
    MoneyIn(String),
    /// No spending with the card: fees, adjustments, refunds.
    Uncounted,
}

/// Card, merchant and approval code of one message. Codes and tokens only, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardAndMerchant {
    /// The card.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardToken>,
    /// The card's product.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub product: Option<CardProductToken>,
    /// The merchant's number at its acquirer (`card_acceptor.mid`).
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub merchant: Option<String>,
    /// The merchant's name as it compares: upper case, without the numbers of branches and terminals.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub merchant_name: Option<String>,
    /// The merchant's city, upper case.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub merchant_city: Option<String>,
    /// The merchant's category.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// The network's approval code; constant over the messages of a purchase, absent in requests.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// The network's chain of messages.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkToken>,
    /// What kind of spending it is.
    #[serde(rename = "k", default, skip_serializing_if = "is_purchase")]
    pub class: Class,
    /// The cash in the amount of a purchase with cash back.
    #[serde(rename = "b", default, skip_serializing_if = "Amount::is_nothing")]
    pub cash: Amount,
}

fn is_purchase(class: &Class) -> bool {
    *class == Class::Purchase
}

impl CardAndMerchant {
    /// The card_and_merchant, if anything of it is known.
    #[must_use]
    pub fn if_known(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}
