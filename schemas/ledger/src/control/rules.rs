//! Rules of a card, an account or the program that are no limits over time.

use crate::token::{AccountToken, CardToken};
use serde::{Deserialize, Serialize};

/// Whose rules; the narrowest that says something counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulesOf {
    /// Everybody's.
    Program,
    /// An account's.
    Account(AccountToken),
    /// A card's.
    Card(CardToken),
}

impl RulesOf {
    /// Their name, as they are stored.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Program => "program".to_owned(),
            Self::Account(token) => format!("account:{token}"),
            Self::Card(token) => format!("card:{token}"),
        }
    }
}

/// What is ruled. A field that says nothing leaves it to the wider rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {}
