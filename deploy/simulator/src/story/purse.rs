//! What a story knows about its own money, to say how much comes next.

use rust_decimal::Decimal;

use super::Sum;
use crate::{Currency, Kind};

/// The sums of one purchase, major units.
#[derive(Clone, Debug)]
pub(super) struct Purse {
    currency: Currency,
    base: Decimal,
    authorized: Decimal,
    gone: Decimal,
}

impl Purse {
    pub(super) fn new(currency: Currency, base_cents: u64) -> Self {
        let base = currency.everyday(base_cents);
        Self {
            currency,
            base,
            authorized: Decimal::ZERO,
            gone: Decimal::ZERO,
        }
    }

    /// The amount that a sum comes to now.
    pub(super) fn amount(&self, sum: Sum) -> Decimal {
        self.currency.cut(match sum {
            Sum::Units(units) => self.currency.everyday(units.saturating_mul(100)),
            Sum::Base(percent) => part(self.base, percent),
            Sum::BaseWithin => self.base.min(self.authorized),
            Sum::Authorized(percent) => part(self.authorized, percent),
            Sum::Rest => self.rest(),
        })
    }

    /// What is still held.
    pub(super) fn rest(&self) -> Decimal {
        (self.authorized - self.gone).max(Decimal::ZERO)
    }

    /// A message came through.
    pub(super) fn record(&mut self, kind: Kind, amount: Decimal) {
        match kind {
            Kind::Authorization | Kind::Increment => self.authorized += amount,
            Kind::Advice => self.authorized = amount + self.gone,
            Kind::PartialReversal | Kind::Reversal | Kind::IssuerExpiration | Kind::Clearing => {
                self.gone += amount;
            }
            Kind::ForceCapture | Kind::PinDebit | Kind::PinDebitCashBack | Kind::Refund => {}
        }
    }
}

/// So many percent.
pub(super) fn part(of: Decimal, percent: u32) -> Decimal {
    of * Decimal::from(percent) / Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purse_knows_what_is_left() {
        let text = |purse: &Purse, sum| purse.amount(sum).normalize().to_string();
        let mut purse = Purse::new(Currency::from_code("USD").unwrap(), 3333);
        purse.record(Kind::Authorization, purse.amount(Sum::Base(100)));
        assert_eq!(text(&purse, Sum::Authorized(40)), "13.33");
        purse.record(Kind::PartialReversal, purse.amount(Sum::Authorized(40)));
        assert_eq!(text(&purse, Sum::Rest), "20");
        purse.record(Kind::Clearing, Decimal::from(5));
        purse.record(Kind::Advice, Decimal::from(12));
        assert_eq!(text(&purse, Sum::Rest), "12");
        purse.record(Kind::Clearing, Decimal::from(30));
        assert_eq!(text(&purse, Sum::Rest), "0");
    }

    #[test]
    fn a_pump_settles_for_no_more_than_it_got() {
        let mut purse = Purse::new(Currency::from_code("JPY").unwrap(), 9_000);
        assert_eq!(purse.amount(Sum::Units(125)).to_string(), "12500");
        purse.record(Kind::Authorization, Decimal::from(4_000));
        assert_eq!(purse.amount(Sum::BaseWithin).to_string(), "4000");
    }
}
