//! The merchant's own money: `currency_conversion` (reference section 3.7). For information only: what
//! cannot be read of it counts as absent, because nothing is decided by it.

use holdfast_events::json::FieldError;
use holdfast_events::json::Object;
use holdfast_ledger::money::{Amount, Currency};

/// What the merchant asked for in its own currency, and how that became the purchase's amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalMoney {
    /// In the merchant's currency.
    pub amount: Amount,
    /// ISO 4217 number of that currency, three digits such as `392`.
    pub currency_number: Option<String>,
    /// The network's rate between the two, a decimal text as it was sent.
    pub conversion_rate: Option<String>,
    /// The merchant converted it before it asked.
    pub dynamic_currency_conversion: Option<bool>,
    /// What the network settles; on clearings.
    pub settlement: Option<Settlement>,
}

/// What the network settles for a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// In the settlement's currency.
    pub amount: Option<Amount>,
    /// ISO 4217 number of that currency.
    pub currency_number: Option<String>,
    /// The rate to that currency, a decimal text as it was sent.
    pub conversion_rate: Option<String>,
}

impl OriginalMoney {
    /// Reads `currency_conversion.network`, or `currency_conversion` itself as the simulator writes it.
    pub(crate) fn read(top: &Object<'_>) -> Result<Option<Self>, FieldError> {
        let Some(conversion) = top.informative_object("currency_conversion")? else {
            return Ok(None);
        };
        let network = conversion
            .informative_object("network")?
            .unwrap_or(conversion);
        let amount = network.amount("original_amount", None).unwrap_or_default();
        Ok(amount.map(|amount| Self {
            amount,
            currency_number: network.lenient_text("original_currency_code"),
            conversion_rate: read_rate(&network),
            dynamic_currency_conversion: network
                .flag("dynamic_currency_conversion")
                .unwrap_or_default(),
            settlement: Settlement::read(&network),
        }))
    }
}

impl Settlement {
    fn read(network: &Object<'_>) -> Option<Self> {
        let data = network.object("settlement_data").unwrap_or_default()?;
        Some(Self {
            amount: data.amount("amount", None).unwrap_or_default(),
            currency_number: data.lenient_text("currency_code"),
            conversion_rate: read_rate(&data),
        })
    }
}

/// The digits as they were sent, zeros and all; written out where a JVM sent an exponent.
fn read_rate(object: &Object<'_>) -> Option<String> {
    let sent = object.lenient_text("conversion_rate")?;
    let value = Amount::parse(&sent).ok()?;
    Some(if sent.contains(['e', 'E']) {
        value.value().to_string()
    } else {
        sent
    })
}

/// The alpha-3 code of an ISO 4217 number, `JPY` of `392`; the number as it was sent where ISO 4217 does not
/// know it.
#[must_use]
pub(crate) fn alpha(number: &str) -> String {
    Currency::parse_number(number)
        .map_or_else(|| number.to_owned(), |currency| currency.code().to_owned())
}

/// An amount as text with the exponent of its currency's number, or as many decimals as it has.
#[must_use]
pub(crate) fn text(amount: Amount, number: Option<&str>) -> String {
    match number.and_then(Currency::parse_number) {
        Some(currency) => amount.text(currency),
        None => amount.value().to_string(),
    }
}

#[cfg(test)]
mod tests;
