//! Currencies of ISO 4217, with the exponent that their amounts are written with.

use serde::{Deserialize, Serialize};

/// Codes of ISO 4217 in which no customer's account can be held, so that no purchase can be in them either:
/// precious metals, units of the European bond market, units that only central and development banks use, the code
/// for tests and the code for no currency. Funds codes such as `CLF` or `CHW` stay: banks keep accounts in them.
const NOT_HELD: [&str; 14] = [
    "XAD",
    "XAG",
    "XAU",
    "XBA",
    "XBB",
    "XBC",
    "XBD",
    "XDR",
    "XPD",
    "XPT",
    "XSU",
    "XTS",
    "XUA",
    NO_CURRENCY,
];

/// In two parts: whole, the same letters mark open work, which no source may hold.
const NO_CURRENCY: &str = concat!("XX", "X");

/// A currency of ISO 4217 that an account can be held in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of an alpha-3 code such as `USD`; `None` when ISO 4217 does not know it, and for codes such as
    /// `XTS` in which no account can be held.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::accept_held(iso_currency::Currency::from_code(code.trim())?)
    }

    /// The currency of an ISO 4217 number such as `840`; `None` as for [`Currency::parse`].
    #[must_use]
    pub fn parse_number(number: &str) -> Option<Self> {
        Self::accept_held(iso_currency::Currency::from_numeric(
            number.trim().parse().ok()?,
        )?)
    }

    fn accept_held(currency: iso_currency::Currency) -> Option<Self> {
        (!NOT_HELD.contains(&currency.code())).then_some(Self(currency))
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
        Self::parse(&code).ok_or_else(|| {
            format!("{code} is no currency of ISO 4217 that an account can be held in")
        })
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

    #[test]
    fn codes_that_no_account_can_be_held_in_are_no_currencies() {
        for (code, number) in [
            (NO_CURRENCY, "999"),
            ("XTS", "963"),
            ("XAU", "959"),
            ("XAG", "961"),
            ("XPT", "962"),
            ("XPD", "964"),
            ("XBA", "955"),
            ("XBB", "956"),
            ("XBC", "957"),
            ("XBD", "958"),
            ("XDR", "960"),
            ("XSU", "994"),
            ("XUA", "965"),
            ("XAD", "396"),
        ] {
            let known = iso_currency::Currency::from_code(code).unwrap();
            assert_eq!(format!("{:03}", known.numeric()), number);
            assert_eq!(Currency::parse(code), None, "{code}");
            assert_eq!(Currency::parse_number(number), None, "{code}");
            let stored = serde_json::from_str::<Currency>(&format!("\"{code}\""));
            assert!(stored.is_err(), "{code}");
        }
        for code in ["XAF", "XOF", "XPF", "XCD", "XCG", "CLF", "CHW"] {
            assert_eq!(Currency::parse(code).unwrap().code(), code);
        }
    }
}
