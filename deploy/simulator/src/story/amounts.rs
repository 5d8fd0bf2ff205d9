//! The amounts of one story, from which the next amount is computed.

use rust_decimal::Decimal;

use super::StoryAmount;
use crate::{Currency, MessageKind};

/// The amounts of one purchase, major units.
#[derive(Clone, Debug)]
pub(super) struct StoryAmounts {
    currency: Currency,
    base: Decimal,
    authorized: Decimal,
    used: Decimal,
}

impl StoryAmounts {
    pub(super) fn new(currency: Currency, base_cents: u64) -> Self {
        let base = currency.everyday_amount(base_cents);
        Self {
            currency,
            base,
            authorized: Decimal::ZERO,
            used: Decimal::ZERO,
        }
    }

    /// Computes an amount of the story in major units.
    pub(super) fn compute(&self, amount: StoryAmount) -> Decimal {
        self.currency.truncate_amount(match amount {
            StoryAmount::Units(units) => self.currency.everyday_amount(units.saturating_mul(100)),
            StoryAmount::Base(percent) => percentage_of(self.base, percent),
            StoryAmount::BaseWithin => self.base.min(self.authorized),
            StoryAmount::Authorized(percent) => percentage_of(self.authorized, percent),
            StoryAmount::Rest => self.rest(),
        })
    }

    /// What is still held.
    pub(super) fn rest(&self) -> Decimal {
        (self.authorized - self.used).max(Decimal::ZERO)
    }

    /// Records a successful message.
    pub(super) fn record(&mut self, kind: MessageKind, amount: Decimal) {
        match kind {
            MessageKind::Authorization | MessageKind::Increment => self.authorized += amount,
            MessageKind::Advice => self.authorized = amount + self.used,
            MessageKind::PartialReversal
            | MessageKind::Reversal
            | MessageKind::IssuerExpiration
            | MessageKind::Clearing => {
                self.used += amount;
            }
            MessageKind::ForceCapture
            | MessageKind::PinDebit
            | MessageKind::PinDebitCashBack
            | MessageKind::Refund => {}
        }
    }
}

/// A percentage of an amount.
pub(super) fn percentage_of(of: Decimal, percent: u32) -> Decimal {
    of * Decimal::from(percent) / Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_follows_the_messages() {
        let text = |amounts: &StoryAmounts, amount| amounts.compute(amount).normalize().to_string();
        let mut amounts = StoryAmounts::new(Currency::from_code("USD").unwrap(), 3333);
        amounts.record(
            MessageKind::Authorization,
            amounts.compute(StoryAmount::Base(100)),
        );
        assert_eq!(text(&amounts, StoryAmount::Authorized(40)), "13.33");
        amounts.record(
            MessageKind::PartialReversal,
            amounts.compute(StoryAmount::Authorized(40)),
        );
        assert_eq!(text(&amounts, StoryAmount::Rest), "20");
        amounts.record(MessageKind::Clearing, Decimal::from(5));
        amounts.record(MessageKind::Advice, Decimal::from(12));
        assert_eq!(text(&amounts, StoryAmount::Rest), "12");
        amounts.record(MessageKind::Clearing, Decimal::from(30));
        assert_eq!(text(&amounts, StoryAmount::Rest), "0");
    }

    #[test]
    fn a_fuel_dispenser_clears_no_more_than_was_approved() {
        let mut amounts = StoryAmounts::new(Currency::from_code("JPY").unwrap(), 9_000);
        assert_eq!(
            amounts.compute(StoryAmount::Units(125)).to_string(),
            "12500"
        );
        amounts.record(MessageKind::Authorization, Decimal::from(4_000));
        assert_eq!(amounts.compute(StoryAmount::BaseWithin).to_string(), "4000");
    }
}
