//! Single-message debits, and taking them back.

use super::Counter;
use crate::fact::Fact;
use crate::money::Overflow;

impl<'a> Counter<'a> {
    /// Posts at our approval or in the final state. Notified before that, and not approved by us, it holds
    /// its amount: Marqeta has approved it, and it is not final yet.
    pub(super) fn apply_debit(&mut self, fact: &'a Fact) -> Result<(), Overflow> {
        if fact.is_notified_early() && !self.is_approved_by_us(fact) {
            return self.add_authorization(fact);
        }
        let line = self.line_mut(fact.currency);
        line.authorized = line.authorized.plus(fact.amount)?;
        line.cleared = line.cleared.plus(fact.amount)?;
        line.post_amount(fact.amount.debit())?;
        let leg = self.leg_mut(fact.currency);
        leg.debited = leg.debited.plus(fact.amount)?;
        Ok(())
    }

    /// Undoes at most what the debit moved.
    pub(super) fn undo_debit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        let leg = self.leg_mut(fact.currency);
        let undone = leg.debited.min(fact.amount);
        leg.debited = leg.debited.less(undone);
        self.note_excess(fact, fact.amount.less(undone));
        let line = self.line_mut(fact.currency);
        line.released = line.released.plus(undone)?;
        line.cleared = line.cleared.less(undone);
        line.post_amount(undone.credit())
    }
}
