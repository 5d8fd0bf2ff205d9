//! A signed sum of money: a balance, or a change of one.

use super::{Currency, Overflow};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Money with a direction; positive is the customer's.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct Signed(Decimal);

impl Signed {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Takes a decimal as it is.
    #[must_use]
    pub fn new(value: Decimal) -> Self {
        Self(value.normalize())
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

    /// The sum.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_add(other.0).map(Self::new).ok_or(Overflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.plus(other.opposite())
    }

    /// The same in the other direction.
    #[must_use]
    pub fn opposite(self) -> Self {
        Self::new(-self.0)
    }

    /// The text with the currency's exponent: `-8.75`, JPY `500`. More decimals, should there be any, are shown.
    #[must_use]
    pub fn text(self, currency: Currency) -> String {
        let mut value = if self.0.is_zero() {
            Decimal::ZERO
        } else {
            self.0
        };
        if value.scale() < currency.exponent() {
            value.rescale(currency.exponent());
        }
        value.to_string()
    }
}

impl From<Signed> for String {
    fn from(value: Signed) -> Self {
        value.0.to_string()
    }
}

impl TryFrom<String> for Signed {
    type Error = rust_decimal::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Decimal::from_str_exact(&text).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Amount;
    use super::*;

    #[test]
    fn texts_have_the_exponent_of_the_currency() {
        let usd = Currency::parse("USD").unwrap();
        assert_eq!(Amount::parse("8.75").unwrap().debit().text(usd), "-8.75");
        assert_eq!(Amount::ZERO.debit().text(usd), "0.00");
        assert_eq!(
            Signed::new(Decimal::MAX).plus(Signed::new(Decimal::ONE)),
            Err(Overflow)
        );
    }
}
