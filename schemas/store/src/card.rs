//! Cards, as they are read and changed.

mod change;
mod list;

pub use change::{CardChange, CardPut};
pub use list::CardFilter;

use crate::{StoreError, json};
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::{Permission, Subject};
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
            other => Err(json::unreadable_value("card state", &other)),
        }
    }

    /// What a card may do by Marqeta's state alone.
    #[must_use]
    pub fn by_marqeta(state: Option<&str>) -> Self {
        match Subject::Card.permission(state) {
            Permission::Spending => Self::Active,
            Permission::Suspended => Self::Suspended,
            Permission::Closed => Self::Closed,
        }
    }
}

/// A card and the account it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// The card.
    pub token: CardToken,
    /// Its account; `None` for a card that only transitions know.
    pub account: Option<AccountToken>,
    /// What the operator says; `Active` for a card that is not registered.
    pub operator_state: CardState,
    /// Marqeta's state in force, as Marqeta writes it; `None` without a transition.
    pub marqeta_state: Option<String>,
}

impl CardRow {
    /// Reads the columns of a card and of its state, at least one of which is there.
    pub(crate) fn read(
        token: CardToken,
        account: Option<String>,
        operator_state: Option<String>,
        marqeta_state: Option<String>,
    ) -> Result<Self, StoreError> {
        let account = account.map(|account| AccountToken::parse(&account));
        let operator_state = operator_state.map(|state| CardState::read(&state));
        Ok(Self {
            token,
            account: account
                .transpose()
                .map_err(|error| json::unreadable_value("account token", &error))?,
            operator_state: operator_state.transpose()?.unwrap_or(CardState::Active),
            marqeta_state,
        })
    }

    /// Is it registered to an account?
    #[must_use]
    pub fn is_registered(&self) -> bool {
        self.account.is_some()
    }

    /// The stricter of the operator's and Marqeta's state.
    #[must_use]
    pub fn effective(&self) -> CardState {
        let marqetas = CardState::by_marqeta(self.marqeta_state.as_deref());
        self.operator_state.max(marqetas)
    }
}
