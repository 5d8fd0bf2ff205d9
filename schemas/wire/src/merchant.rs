//! Where a purchase was made, as far as rules need it: no name, no address (reference section 3.5).

use crate::error::WireError;
use crate::json::Object;
use holdfast_ledger::money::Amount;

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

/// What the merchant asked for in its own currency (reference section 3.7). For information only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalMoney {
    /// In the merchant's currency.
    pub amount: Amount,
    /// ISO 4217 number of that currency, three digits such as `392`.
    pub currency_number: Option<String>,
}

impl OriginalMoney {
    /// Reads `currency_conversion.network`, or `currency_conversion` itself as the simulator writes it.
    /// An amount that cannot be read counts as absent: nothing is decided by it.
    pub(crate) fn read(top: &Object<'_>) -> Result<Option<Self>, WireError> {
        let Some(conversion) = top.object("currency_conversion")? else {
            return Ok(None);
        };
        let network = conversion.object("network")?.unwrap_or(conversion);
        let amount = network.amount("original_amount", None).unwrap_or_default();
        Ok(amount.map(|amount| Self {
            amount,
            currency_number: network.loose_text("original_currency_code"),
        }))
    }
}
