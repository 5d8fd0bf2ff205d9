//! The subject that a control is for (Marqeta's `association`).

use crate::token::{AccountToken, CardProductToken, CardToken};
use serde::{Deserialize, Serialize};

/// The subject that a control is for. A limit of a product or of the program counts for each account by itself, a
/// card's for that card; nothing is ever summed over accounts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applies {
    /// Everybody: no association at all.
    Program,
    /// Cards of this product.
    Product(CardProductToken),
    /// This user or business, with all of its cards.
    Account(AccountToken),
    /// This card.
    Card(CardToken),
}

impl Applies {
    /// Is it for this account, card and product?
    #[must_use]
    pub fn is_for(
        &self,
        account: &AccountToken,
        card: Option<&CardToken>,
        product: Option<&CardProductToken>,
    ) -> bool {
        match self {
            Self::Program => true,
            Self::Product(wanted) => product == Some(wanted),
            Self::Account(wanted) => account == wanted,
            Self::Card(wanted) => card == Some(wanted),
        }
    }

    /// As it is shown: `card card-7`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Program => "the program".to_owned(),
            Self::Product(token) => format!("card product {token}"),
            Self::Account(token) => format!("account {token}"),
            Self::Card(token) => format!("card {token}"),
        }
    }
}
