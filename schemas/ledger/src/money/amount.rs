//! An amount: what a message says, never negative, bounded so that sums stay exact.

use super::{Currency, Overflow, Signed};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A finite amount of money that is not negative, with at most 15 integer digits. Its currency stands
/// beside it; [`Amount::fits`] says whether it can be written in that currency.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct Amount(Decimal);

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a finite decimal number.
    #[error("is not a decimal number")]
    NotANumber,
    /// Below zero.
    #[error("is negative")]
    Negative,
    /// More than 15 integer digits.
    #[error("has more than 15 integer digits")]
    TooLarge,
    /// More non-zero decimals than the currency has.
    #[error("has more decimals than the currency")]
    TooPrecise,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// One unit of the currency: one dollar, one yen.
    pub const ONE: Self = Self(Decimal::ONE);

    /// 15 integer digits: a quadrillion less one unit; sums of 10^13 of them are still exact.
    const LIMIT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

    /// The longest number text that is read at all.
    const TEXT_BYTES_MAX: usize = 64;

    /// Reads a decimal number such as `42.1`, `500.0` or `1.0E7` (as JVMs print), exactly.
    ///
    /// # Errors
    /// [`AmountError`]; digits are never rounded away.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let text = text.trim();
        if text.is_empty() || text.len() > Self::TEXT_BYTES_MAX || !text.is_ascii() {
            return Err(AmountError::NotANumber);
        }
        let value = if text.contains(['e', 'E']) {
            Decimal::from_scientific(text).map_err(|_| AmountError::NotANumber)?
        } else {
            Self::parse_plain(text)?
        };
        Self::new(value)
    }

    fn parse_plain(text: &str) -> Result<Decimal, AmountError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || digits.ends_with('.') {
            return Err(AmountError::NotANumber);
        }
        if whole.trim_start_matches('0').len() > 15 {
            return Err(AmountError::TooLarge);
        }
        // Trailing zeros say nothing, but would not fit 28 digits.
        let text = if fraction.is_empty() {
            text
        } else {
            text.trim_end_matches('0')
        };
        Decimal::from_str_exact(text.trim_end_matches('.')).map_err(|_| AmountError::TooPrecise)
    }

    /// A whole number of units.
    #[must_use]
    pub fn from_units(units: u32) -> Self {
        Self(Decimal::from(units))
    }

    /// Takes a decimal.
    ///
    /// # Errors
    /// [`AmountError`] when it is negative or has more than 15 integer digits.
    pub fn new(value: Decimal) -> Result<Self, AmountError> {
        if value.is_sign_negative() && !value.is_zero() {
            Err(AmountError::Negative)
        } else if value >= Self::LIMIT {
            Err(AmountError::TooLarge)
        } else {
            Ok(Self(value.abs().normalize()))
        }
    }

    /// Reads an amount in a currency; `500.0` is a valid amount of yen, `500.5` is not.
    ///
    /// # Errors
    /// As [`Amount::parse`], and [`AmountError::TooPrecise`].
    pub fn parse_in(text: &str, currency: Currency) -> Result<Self, AmountError> {
        let amount = Self::parse(text)?;
        if amount.fits(currency) {
            Ok(amount)
        } else {
            Err(AmountError::TooPrecise)
        }
    }

    /// Can it be written in this currency without rounding?
    #[must_use]
    pub fn fits(self, currency: Currency) -> bool {
        self.0.scale() <= currency.exponent()
    }

    /// The decimal.
    #[must_use]
    pub fn value(self) -> Decimal {
        self.0
    }

    /// Is it nothing?
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The same for serde, which asks by reference.
    pub(crate) fn is_nothing(&self) -> bool {
        self.is_zero()
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_add(other.0).map(Self).ok_or(Overflow)
    }

    /// What is left after `other` is taken away; nothing when `other` is more.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(
            self.0
                .checked_sub(other.0)
                .unwrap_or_default()
                .max(Decimal::ZERO),
        )
    }

    /// As money towards the customer.
    #[must_use]
    pub fn credit(self) -> Signed {
        Signed::new(self.0)
    }

    /// As money away from the customer.
    #[must_use]
    pub fn debit(self) -> Signed {
        Signed::new(-self.0)
    }

    /// The text with the currency's exponent: `42.10`, JPY `500`.
    #[must_use]
    pub fn text(self, currency: Currency) -> String {
        self.credit().text(currency)
    }
}

impl From<Amount> for String {
    fn from(value: Amount) -> Self {
        value.0.to_string()
    }
}

impl TryFrom<String> for Amount {
    type Error = AmountError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_exactly() {
        for (text, expected) in [
            ("42.1", Ok("42.1")),
            ("42.10", Ok("42.1")),
            ("500.0", Ok("500")),
            ("1.0E7", Ok("10000000")),
            ("0", Ok("0")),
            ("-0.0", Ok("0")),
            ("999999999999999.999", Ok("999999999999999.999")),
            ("0.10000000000000000000000000000000000000", Ok("0.1")),
            ("1000000000000000", Err(AmountError::TooLarge)),
            ("1e30", Err(AmountError::NotANumber)),
            ("1e15", Err(AmountError::TooLarge)),
            ("-1", Err(AmountError::Negative)),
            ("NaN", Err(AmountError::NotANumber)),
            ("Infinity", Err(AmountError::NotANumber)),
            ("", Err(AmountError::NotANumber)),
            ("1_000", Err(AmountError::NotANumber)),
            ("1,0", Err(AmountError::NotANumber)),
            ("0x10", Err(AmountError::NotANumber)),
            (".5", Err(AmountError::NotANumber)),
            ("5.", Err(AmountError::NotANumber)),
            ("+5", Err(AmountError::NotANumber)),
        ] {
            let got = Amount::parse(text).map(|amount| amount.value().to_string());
            assert_eq!(got, expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn the_currency_bounds_the_decimals() {
        let currency = |code| Currency::parse(code).unwrap();
        assert!(Amount::parse_in("500.0", currency("JPY")).is_ok());
        assert_eq!(
            Amount::parse_in("500.5", currency("JPY")),
            Err(AmountError::TooPrecise)
        );
        assert_eq!(
            Amount::parse_in("1.005", currency("USD")),
            Err(AmountError::TooPrecise)
        );
        assert!(Amount::parse_in("1.005", currency("KWD")).is_ok());
        assert_eq!(Amount::parse("7").unwrap().text(currency("KWD")), "7.000");
        assert_eq!(Amount::parse("7").unwrap().text(currency("JPY")), "7");
    }

    #[test]
    fn fifteen_digits_is_the_limit() {
        assert_eq!(Amount::LIMIT.to_string(), "1000000000000000");
    }
}
