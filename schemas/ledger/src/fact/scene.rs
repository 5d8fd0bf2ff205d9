//! Where a message happened: what a force capture is matched by when no token ties it to its purchase.

use crate::token::{CardToken, NetworkToken};
use serde::{Deserialize, Serialize};

/// Card, merchant and approval code of one message. Codes and tokens only, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scene {
    /// The card.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardToken>,
    /// The merchant's number at its acquirer (`card_acceptor.mid`).
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub merchant: Option<String>,
    /// The network's approval code; constant over the messages of a purchase, absent in requests.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// The network's chain of messages.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkToken>,
}

impl Scene {
    /// The scene, if anything of it is known.
    #[must_use]
    pub fn known(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}
