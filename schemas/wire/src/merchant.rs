//! Where a purchase was made, as far as rules need it: no name, no address (reference section 3.5).

pub mod original;

pub use original::{OriginalMoney, Settlement};

use crate::json::Object;

/// The merchant. Codes and numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merchant {
    /// Merchant category code, four digits such as `5411`.
    pub mcc: Option<String>,
    /// The merchant's number at its acquirer.
    pub mid: Option<String>,
    /// Country, alpha-3 in the newer message model (`USA`).
    pub country: Option<String>,
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
        }
    }
}
