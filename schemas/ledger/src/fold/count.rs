//! The fold itself: the table of design section 2, row by row.

use super::dispute::Dispute;
use super::standing::{Line, Standing};
use super::surprise::Surprise;
use crate::fact::{DisputeStep, Fact, Kind, Source, State};
use crate::hold::{CreditAt, Policy};
use crate::money::{Amount, Currency, Overflow};
use crate::time::Moment;
use std::collections::BTreeMap;

/// Counts the ordered views. The surprises are for people and change nothing.
pub(super) fn count(
    views: &[&Fact],
    policy: Policy,
    deadline: Option<Moment>,
) -> Result<(Standing, Vec<Surprise>), Overflow> {
    let mut counter = Counter {
        standing: Standing::default(),
        legs: BTreeMap::new(),
        disputes: BTreeMap::new(),
        surprises: Vec::new(),
        policy,
        deadline,
        opener_cancelled: opener_cancelled(views),
    };
    for fact in views.iter().filter(|fact| fact.stands()) {
        let before = counter.standing.line(fact.currency);
        counter.take(fact)?;
        let after = counter.standing.line(fact.currency);
        let surprise = Surprise::of(fact, before, after);
        counter.surprises.extend(surprise);
    }
    Ok((counter.standing.settle(deadline), counter.surprises))
}

fn opener_cancelled(views: &[&Fact]) -> bool {
    let mut openers = views.iter().filter(|fact| fact.kind.opens()).peekable();
    openers.peek().is_some() && openers.all(|fact| fact.is_cancelled())
}

/// What is open of a single-message debit or a credit, so that its reversal undoes that leg and no more.
#[derive(Debug, Clone, Copy, Default)]
struct Leg {
    debited: Amount,
    credited: Amount,
    /// Posted at authorization; the clearing gives the difference only.
    ahead: Amount,
}

struct Counter {
    standing: Standing,
    legs: BTreeMap<Currency, Leg>,
    disputes: BTreeMap<Currency, Dispute>,
    surprises: Vec<Surprise>,
    policy: Policy,
    deadline: Option<Moment>,
    opener_cancelled: bool,
}

impl Counter {
    fn take(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let amount = fact.amount;
        match fact.kind {
            Kind::Opener | Kind::Increment => self.authorize(fact),
            Kind::Advice { .. } => {
                self.advise(fact);
                Ok(())
            }
            Kind::PartialReversal => self.release(fact.currency, amount),
            Kind::FullReversal | Kind::IssuerExpiration => self.release_all(),
            Kind::Expiry { deadline } => {
                self.expire(deadline);
                Ok(())
            }
            Kind::Release | Kind::Match { .. } => {
                self.drop_all();
                Ok(())
            }
            Kind::Clearing { is_final, released } => self.clear(fact, is_final, released),
            Kind::ForceCapture => self.clear(fact, false, Amount::ZERO),
            Kind::Debit => self.debit(fact),
            Kind::DebitReversal => self.undo_debit(fact),
            Kind::Credit => self.credit(fact),
            Kind::CreditAuthorization { fast } => self.promise(fact, fast),
            Kind::CreditClearing => self.fulfil(fact),
            Kind::CreditReversal => self.undo_credit(fact),
            Kind::Dispute(step) => self.dispute(fact, step),
            Kind::Nothing => Ok(()),
        }
    }

    fn line(&mut self, currency: Currency) -> &mut Line {
        self.standing.lines.entry(currency).or_default()
    }

    fn leg(&mut self, currency: Currency) -> &mut Leg {
        self.legs.entry(currency).or_default()
    }

    fn authorize(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let line = self.line(fact.currency);
        line.held = line.held.plus(fact.amount)?;
        line.authorized = line.authorized.plus(fact.amount)?;
        Ok(())
    }

    /// The amount is the purchase's new total, of which some may be collected already.
    fn advise(&mut self, fact: &Fact) {
        if !self.opener_cancelled {
            let line = self.line(fact.currency);
            line.held = fact.amount.less(line.cleared);
        }
    }

    fn release(&mut self, currency: Currency, amount: Amount) -> Result<(), Overflow> {
        let line = self.line(currency);
        let dropped = line.held.min(amount);
        line.held = line.held.less(amount);
        line.released = line.released.plus(dropped)?;
        Ok(())
    }

    fn release_all(&mut self) -> Result<(), Overflow> {
        for line in self.standing.lines.values_mut() {
            line.released = line.released.plus(line.held)?;
            line.held = Amount::ZERO;
        }
        Ok(())
    }

    fn drop_all(&mut self) {
        for line in self.standing.lines.values_mut() {
            line.held = Amount::ZERO;
            line.pending_credit = Amount::ZERO;
        }
    }

    /// Void if the facts now give a later deadline than the one that ran out.
    fn expire(&mut self, deadline: Moment) {
        if self.deadline.is_none_or(|now| now <= deadline) {
            self.drop_all();
        }
    }

    /// Posts always: above the hold, after a decline, after a final clearing, in another currency.
    fn clear(&mut self, fact: &Fact, is_final: bool, released: Amount) -> Result<(), Overflow> {
        if !is_settled(fact) {
            return Ok(());
        }
        let line = self.line(fact.currency);
        line.held = line.held.less(fact.amount).less(released);
        line.cleared = line.cleared.plus(fact.amount)?;
        line.post(fact.amount.debit())?;
        if is_final {
            self.standing
                .lines
                .values_mut()
                .for_each(|line| line.held = Amount::ZERO);
        }
        Ok(())
    }

    fn debit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let line = self.line(fact.currency);
        line.authorized = line.authorized.plus(fact.amount)?;
        line.cleared = line.cleared.plus(fact.amount)?;
        line.post(fact.amount.debit())?;
        let leg = self.leg(fact.currency);
        leg.debited = leg.debited.plus(fact.amount)?;
        Ok(())
    }

    fn undo_debit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let leg = self.leg(fact.currency);
        let undone = leg.debited.min(fact.amount);
        leg.debited = leg.debited.less(undone);
        let line = self.line(fact.currency);
        line.released = line.released.plus(undone)?;
        line.post(undone.credit())
    }

    fn credit(&mut self, fact: &Fact) -> Result<(), Overflow> {
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

    fn promise(&mut self, fact: &Fact, fast: bool) -> Result<(), Overflow> {
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
    fn fulfil(&mut self, fact: &Fact) -> Result<(), Overflow> {
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

    fn dispute(&mut self, fact: &Fact, step: DisputeStep) -> Result<(), Overflow> {
        let gives = self.policy.dispute_won;
        let dispute = self.disputes.entry(fact.currency).or_default();
        let before = *dispute;
        dispute.take(step, fact.amount, gives);
        let after = *dispute;
        after.show(before, self.line(fact.currency))
    }

    fn undo_credit(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let leg = self.leg(fact.currency);
        let undone = leg.credited.min(fact.amount);
        leg.credited = leg.credited.less(undone);
        leg.ahead = leg.ahead.less(undone);
        let line = self.line(fact.currency);
        line.pending_credit = line.pending_credit.less(fact.amount);
        line.post(undone.debit())
    }
}

/// Final money moves in COMPLETION; CLEARED is accepted as well, PENDING is not final (reference 7.1).
fn is_settled(fact: &Fact) -> bool {
    matches!(
        fact.source,
        Source::Notified(State::Completion | State::Cleared) | Source::Decision | Source::Operator
    )
}
