//! Single-message debits, and taking them back.

use super::Counter;
use crate::fact::Fact;
use crate::money::Overflow;

impl<'a> Counter<'a> {
    /// Posts at our approval or in the final state. Notified before that, and not approved by us, it holds
    /// its amount: Marqeta has approved it, and it is not final yet.
    pub(super) fn debit(&mut self, fact: &'a Fact) -> Result<(), Overflow> {
        if fact.is_notified_early() && !self.is_approved_by_us(fact) {
            return self.authorize(fact);
        }
        let line = self.line(fact.currency);
        line.authorized = line.authorized.plus(fact.amount)?;
        line.cleared = line.cleared.plus(fact.amount)?;
        line.post(fact.amount.debit())?;
        let leg = self.leg(fact.currency);
        leg.debited = leg.debited.plus(fact.amount)?;
        Ok(())
    }

    /// Undoes at most what the debit moved.
    pub(super) fn undo_debit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        let leg = self.leg(fact.currency);
        let undone = leg.debited.min(fact.amount);
        leg.debited = leg.debited.less(undone);
        self.exceeds(fact, fact.amount.less(undone));
        let line = self.line(fact.currency);
        line.released = line.released.plus(undone)?;
        line.cleared = line.cleared.less(undone);
        line.post(undone.credit())
    }
}
