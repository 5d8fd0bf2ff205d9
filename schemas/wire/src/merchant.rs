//! The merchant of a purchase: what rules need, and the name and city that a person recognises it by. No street, no postal
//! code, no telephone number (reference section 3.5).

pub mod original;

pub use original::{OriginalMoney, Settlement};

use crate::json::Object;

/// The merchant. Rules use its codes and numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merchant {
    /// Merchant category code, four digits such as `5411`.
    pub mcc: Option<String>,
    /// The merchant's number at its acquirer.
    pub mid: Option<String>,
    /// Country, alpha-3 in the newer message model (`USA`).
    pub country: Option<String>,
    /// Name, as the cardholder reads it on a statement. For people only.
    pub name: Option<String>,
    /// City. For people only.
    pub city: Option<String>,
}

impl Merchant {
    /// Reads `card_acceptor`, in the names of both message models.
    pub(crate) fn read(acceptor: Option<&Object<'_>>) -> Self {
        let Some(acceptor) = acceptor else {
            return Self::default();
        };
        Self {
            mcc: acceptor.loose_text("mcc"),
            mid: acceptor.loose_text("mid"),
            country: acceptor
                .loose_text("country_code")
                .or_else(|| acceptor.loose_text("country")),
            name: acceptor.loose_text("name"),
            city: acceptor.loose_text("city"),
        }
    }
}

#[cfg(test)]
mod tests;
