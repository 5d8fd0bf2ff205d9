//! Money that comes: refunds, credits, and promises of them.

use super::Counter;
use crate::fact::Fact;
use crate::money::{Amount, Currency, Overflow};
use crate::policy::CreditAt;

impl Counter<'_> {
    pub(super) fn credit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        self.post_credit(fact.currency, fact.amount)
    }

    fn post_credit(&mut self, currency: Currency, amount: Amount) -> Result<(), Overflow> {
        let leg = self.leg(currency);
        leg.credited = leg.credited.plus(amount)?;
        self.line(currency).post(amount.credit())
    }

    pub(super) fn promise(&mut self, fact: &Fact, fast: bool) -> Result<(), Overflow> {
        if fast || self.policy.credit_at == CreditAt::Authorization {
            let leg = self.leg(fact.currency);
            leg.ahead = leg.ahead.plus(fact.amount)?;
            return self.post_credit(fact.currency, fact.amount);
        }
        let line = self.line(fact.currency);
        line.pending_credit = line.pending_credit.plus(fact.amount)?;
        Ok(())
    }

    /// The promise is kept: it is pending no longer, and what was given ahead is not given twice.
    pub(super) fn fulfil(&mut self, fact: &Fact) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        self.line(fact.currency).pending_credit = Amount::ZERO;
        let leg = self.leg(fact.currency);
        let ahead = std::mem::take(&mut leg.ahead);
        leg.credited = leg.credited.less(ahead);
        self.line(fact.currency).post(ahead.debit())?;
        self.post_credit(fact.currency, fact.amount)
    }

    /// Undoes a promise by its amount, and what was posted only in a final state; at most what was moved.
    pub(super) fn undo_credit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let is_final = self.is_final(fact);
        let line = self.line(fact.currency);
        let dropped = line.pending_credit.min(fact.amount);
        line.pending_credit = line.pending_credit.less(dropped);
        if !is_final {
            return Ok(());
        }
        let leg = self.leg(fact.currency);
        let undone = leg.credited.min(fact.amount.less(dropped));
        leg.credited = leg.credited.less(undone);
        leg.ahead = leg.ahead.less(undone);
        self.line(fact.currency).post(undone.debit())?;
        self.exceeds(fact, fact.amount.less(dropped).less(undone));
        Ok(())
    }
}
