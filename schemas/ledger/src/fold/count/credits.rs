//! Money that comes: refunds, credits, and promises of them.

use super::{Counter, is_settled};
use crate::fact::Fact;
use crate::hold::CreditAt;
use crate::money::{Amount, Currency, Overflow};

impl Counter {
    pub(super) fn credit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        if !is_settled(fact) {
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
        if !is_settled(fact) {
            return Ok(());
        }
        self.line(fact.currency).pending_credit = Amount::ZERO;
        let leg = self.leg(fact.currency);
        let ahead = std::mem::take(&mut leg.ahead);
        leg.credited = leg.credited.less(ahead);
        self.line(fact.currency).post(ahead.debit())?;
        self.post_credit(fact.currency, fact.amount)
    }

    pub(super) fn undo_credit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let leg = self.leg(fact.currency);
        let undone = leg.credited.min(fact.amount);
        leg.credited = leg.credited.less(undone);
        leg.ahead = leg.ahead.less(undone);
        let line = self.line(fact.currency);
        line.pending_credit = line.pending_credit.less(fact.amount);
        line.post(undone.debit())
    }
}
