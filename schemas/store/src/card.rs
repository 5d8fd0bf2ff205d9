//! Cards, as they are read and changed.

mod change;

pub use change::CardChange;

use crate::{StoreError, json};
use holdfast_ledger::token::{AccountToken, CardToken};
use serde::{Deserialize, Serialize};

/// What a card may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// May be used.
    Active,
    /// May not be used for now.
    Suspended,
    /// Will not be used again.
    Closed,
}

impl CardState {
    /// The state as it is stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }

    /// Reads a stored state.
    pub(crate) fn read(text: &str) -> Result<Self, StoreError> {
        match text {
            "active" => Ok(Self::Active),
            "suspended" => Ok(Self::Suspended),
            "closed" => Ok(Self::Closed),
            other => Err(json::unreadable("card state", &other)),
        }
    }

    /// What a card may do by Marqeta's word alone; one that is none of ours stops nothing.
    #[must_use]
    pub fn by_marqeta(told: Option<&str>) -> Self {
        told.and_then(Self::from_marqeta).unwrap_or(Self::Active)
    }

    /// Reads Marqeta's `ACTIVE`, `SUSPENDED`, `TERMINATED`, … ; `None` for what is none of ours.
    #[must_use]
    pub fn from_marqeta(text: &str) -> Option<Self> {
        match text.to_ascii_uppercase().as_str() {
            "ACTIVE" => Some(Self::Active),
            "SUSPENDED" | "UNACTIVATED" | "LIMITED" => Some(Self::Suspended),
            "TERMINATED" => Some(Self::Closed),
            _ => None,
        }
    }
}

/// A card and the account it belongs to.
#[derive(Debug, Clone, Deserialize)]
pub struct CardRow {
    /// The card.
    pub token: CardToken,
    /// Its account.
    pub account: AccountToken,
    /// What the operator says.
    pub operator_state: CardState,
    /// What Marqeta said last.
    pub marqeta_state: Option<String>,
}

impl CardRow {
    /// The stricter of what the operator and Marqeta say.
    #[must_use]
    pub fn effective(&self) -> CardState {
        let marqetas = CardState::by_marqeta(self.marqeta_state.as_deref());
        self.operator_state.max(marqetas)
    }
}
