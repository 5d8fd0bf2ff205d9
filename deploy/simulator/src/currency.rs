//! Currencies: their exponent decides how an amount is rounded, their number is the networks' code.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::SimulatorError;

/// One currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads the alphabetic code, `USD`.
    pub fn from_code(code: &str) -> Result<Self, SimulatorError> {
        iso_currency::Currency::from_code(code)
            .map(Self)
            .ok_or_else(|| SimulatorError::Currency(code.to_owned()))
    }

    /// Alphabetic code, `USD`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Numeric code as three digits, `840`: the form in the network's own fields.
    pub fn numeric_code(self) -> String {
        format!("{:03}", self.0.numeric())
    }

    /// Decimals of an amount: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// Cuts an amount to the decimals of the currency, towards zero: a part never exceeds a whole.
    pub fn truncate_amount(self, amount: Decimal) -> Decimal {
        amount.round_dp_with_strategy(self.exponent(), RoundingStrategy::ToZero)
    }

    /// An everyday sum given in hundredths of a dollar, made everyday in this currency too: a
    /// currency without decimals counts a hundred for one.
    pub fn everyday_amount(self, cents: u64) -> Decimal {
        let exponent = if self.exponent() == 0 { 0 } else { 2 };
        Decimal::new(i64::try_from(cents).unwrap_or(i64::MAX), exponent)
    }

    /// An amount for people, with all its decimals: `42.10 USD`.
    pub fn format_amount(self, amount: Decimal) -> String {
        format!("{amount:.*} {}", self.exponent() as usize, self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_knows_its_decimals_and_its_number() {
        let yen = Currency::from_code("JPY").unwrap();
        assert_eq!((yen.exponent(), yen.numeric_code().as_str()), (0, "392"));
        let dinar = Currency::from_code("KWD").unwrap();
        assert_eq!(
            (dinar.exponent(), dinar.numeric_code().as_str()),
            (3, "414")
        );
        assert!(Currency::from_code("XQQ").is_err());
    }

    #[test]
    fn an_everyday_sum_fits_the_currency() {
        let code = |code| Currency::from_code(code).unwrap();
        assert_eq!(code("JPY").everyday_amount(4210).to_string(), "4210");
        assert_eq!(code("USD").everyday_amount(4210).to_string(), "42.10");
        assert_eq!(code("USD").format_amount(Decimal::new(12, 0)), "12.00 USD");
        assert_eq!(
            code("USD")
                .truncate_amount(Decimal::new(9999, 3))
                .to_string(),
            "9.99"
        );
    }
}
