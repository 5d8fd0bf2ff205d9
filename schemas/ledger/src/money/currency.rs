//! Currencies of ISO 4217, with the exponent that their amounts are written with.

use serde::{Deserialize, Serialize};

/// A currency that ISO 4217 knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of an alpha-3 code such as `USD`; `None` when ISO 4217 does not know it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code.trim()).map(Self)
    }

    /// The currency of an ISO 4217 number such as `840`; `None` when ISO 4217 does not know it.
    #[must_use]
    pub fn parse_number(number: &str) -> Option<Self> {
        iso_currency::Currency::from_numeric(number.trim().parse().ok()?).map(Self)
    }

    /// The alpha-3 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of an amount: 0 for JPY, 2 for USD, 3 for KWD. Currencies without a minor unit have 0.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl std::fmt::Debug for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or_else(|| format!("{code} is no currency of ISO 4217"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_those_of_iso_4217() {
        let exponent = |code| Currency::parse(code).unwrap().exponent();
        assert_eq!(
            (exponent("JPY"), exponent("USD"), exponent("KWD")),
            (0, 2, 3)
        );
        assert_eq!(Currency::parse("XQQ"), None);
        assert_eq!(Currency::parse("USD ").unwrap().code(), "USD");
        assert_eq!(Currency::parse_number("392"), Currency::parse("JPY"));
        assert_eq!(Currency::parse_number("036"), Currency::parse("AUD"));
        assert_eq!(Currency::parse_number("000"), None);
        assert_eq!(Currency::parse_number("USD"), None);
    }
}
