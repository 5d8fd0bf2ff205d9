//! The accounts that buy: opened at Holdfast by the caller, as the network knows them.

use std::sync::Arc;

use crate::{Currency, SimulatorError};

/// Whether an account belongs to a person or to a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// Named by `user_token`.
    User,
    /// Named by `business_token`; a clerk acts for it.
    Business,
}

/// One account with one card and the currency it buys in.
#[derive(Clone, Debug)]
pub struct SimAccount {
    /// Marqeta's user or business token: Holdfast's account token.
    pub token: Arc<str>,
    /// Person or business.
    pub kind: AccountKind,
    /// Card token.
    pub card: Arc<str>,
    /// Currency of its purchases.
    pub currency: Currency,
}

impl SimAccount {
    /// An account; fails on a currency that ISO 4217 does not know.
    pub fn new(
        token: &str,
        kind: AccountKind,
        card: &str,
        currency: &str,
    ) -> Result<Self, SimulatorError> {
        let currency = Currency::from_code(currency)?;
        Ok(Self {
            token: token.into(),
            kind,
            card: card.into(),
            currency,
        })
    }

    /// The field that names the owner in Marqeta's messages.
    pub fn owner_field(&self) -> &'static str {
        match self.kind {
            AccountKind::User => "user_token",
            AccountKind::Business => "business_token",
        }
    }

    /// Who holds the card: the user, or a clerk of the business.
    pub fn acting_user(&self) -> String {
        match self.kind {
            AccountKind::User => self.token.to_string(),
            AccountKind::Business => format!("{:.30}-clerk", self.token),
        }
    }
}
