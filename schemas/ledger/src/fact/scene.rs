//! Where a message happened: what a force capture is matched by when no token ties it to its purchase.

use crate::token::CardToken;
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
}

impl Scene {
    /// A scene of which something is known.
    #[must_use]
    pub fn new(
        card: Option<CardToken>,
        merchant: Option<String>,
        approval: Option<String>,
    ) -> Option<Self> {
        let scene = Self {
            card,
            merchant,
            approval,
        };
        (scene != Self::default()).then_some(scene)
    }
}
