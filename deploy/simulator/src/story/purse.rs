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
        Self { currency, base, authorized: Decimal::ZERO, gone: Decimal::ZERO }
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
