//! The fold itself: the table of design section 2, row by row.

mod credits;

use super::dispute::Dispute;
use super::spending::Spending;
use super::standing::{Line, Standing};
use super::surprise::Surprise;
use crate::fact::{DisputeStep, Fact, Kind, Source, State};
use crate::hold::Policy;
use crate::money::{Amount, Currency, Overflow};
use crate::time::Moment;
use crate::usage::Use;
use std::collections::BTreeMap;

/// Counts the ordered views.
pub(super) fn count(
    views: &[&Fact],
    policy: Policy,
    deadline: Option<Moment>,
    opened: Moment,
) -> Result<Folded, Overflow> {
    let mut counter = Counter {
        standing: Standing::default(),
        legs: BTreeMap::new(),
        disputes: BTreeMap::new(),
        increases: BTreeMap::new(),
        spending: Spending::new(opened),
        surprises: Vec::new(),
        policy,
        deadline,
        opener_cancelled: opener_cancelled(views),
    };
    for fact in views {
        if fact.stands() {
            let before = counter.standing.line(fact.currency);
            counter.take(fact)?;
            let after = counter.standing.line(fact.currency);
            let surprise = Surprise::of(fact, before, after);
            counter.surprises.extend(surprise);
            counter.use_up(fact)?;
        } else if fact.is_cancelled() {
            counter.spending.decline(fact);
        }
    }
    counter.set_more_aside()?;
    Ok(Folded {
        standing: counter.standing.settle(deadline),
        surprises: counter.surprises,
        uses: counter.spending.uses(),
    })
}

fn opener_cancelled(views: &[&Fact]) -> bool {
    let mut openers = views.iter().filter(|fact| fact.kind.opens()).peekable();
    openers.peek().is_some() && openers.all(|fact| fact.is_cancelled())
}

/// What a set of facts comes to. The surprises are for people and change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The money.
    pub standing: Standing,
    /// What does not fit together.
    pub surprises: Vec<Surprise>,
    /// What it uses of spending limits, message by message.
    pub uses: Vec<Use>,
}

/// What is open of a single-message debit or a credit, so that its reversal undoes that leg and no more.
#[derive(Debug, Clone, Copy, Default)]
struct Leg {
    debited: Amount,
    /// Debited once, and taken back.
    undone: Amount,
    credited: Amount,
    /// Posted at authorization; the clearing gives the difference only.
    ahead: Amount,
}

struct Counter {
    standing: Standing,
    legs: BTreeMap<Currency, Leg>,
    disputes: BTreeMap<Currency, Dispute>,
    /// Set aside beyond the amounts.
    increases: BTreeMap<Currency, Amount>,
    spending: Spending,
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

    /// What a purchase uses of spending limits is what is set aside and what was collected, less the debits
    /// that were taken back; money that comes in uses what was promised or given.
    fn use_up(&mut self, fact: &Fact) -> Result<(), Overflow> {
        for (currency, line) in &self.standing.lines {
            let leg = self.legs.get(currency).copied().unwrap_or_default();
            let spent = line.held.plus(line.cleared)?.less(leg.undone);
            self.spending.spent(fact, *currency, spent)?;
            let given = line.pending_credit.plus(leg.credited)?;
            self.spending.given(fact, *currency, given)?;
        }
        Ok(())
    }

    /// What is set aside beyond the amounts, while there is something open that it may be needed for.
    fn set_more_aside(&mut self) -> Result<(), Overflow> {
        for (currency, increase) in std::mem::take(&mut self.increases) {
            let line = self.line(currency);
            if !line.held.is_zero() {
                line.held = line.held.plus(increase)?;
            }
        }
        Ok(())
    }

    fn authorize(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let line = self.line(fact.currency);
        line.held = line.held.plus(fact.amount)?;
        line.authorized = line.authorized.plus(fact.amount)?;
        if !fact.increase.is_zero() {
            let increase = self.increases.entry(fact.currency).or_default();
            *increase = increase.plus(fact.increase)?;
        }
        Ok(())
    }

    /// The amount is the purchase's new total, of which some may be collected already.
    fn advise(&mut self, fact: &Fact) {
        if !self.opener_cancelled {
            let line = self.line(fact.currency);
            line.held = fact.amount.less(line.cleared);
            self.increases.remove(&fact.currency);
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
        self.increases.clear();
        Ok(())
    }

    fn drop_all(&mut self) {
        self.increases.clear();
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
        let is_all = line.cleared >= line.authorized;
        if is_final {
            self.increases.clear();
            let lines = self.standing.lines.values_mut();
            lines.for_each(|line| line.held = Amount::ZERO);
        } else if is_all {
            self.increases.remove(&fact.currency);
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
        leg.undone = leg.undone.plus(undone)?;
        let line = self.line(fact.currency);
        line.released = line.released.plus(undone)?;
        line.post(undone.credit())
    }

    fn dispute(&mut self, fact: &Fact, step: DisputeStep) -> Result<(), Overflow> {
        let gives = self.policy.dispute_won;
        let dispute = self.disputes.entry(fact.currency).or_default();
        let before = *dispute;
        dispute.take(step, fact.amount, gives);
        let after = *dispute;
        after.show(before, self.line(fact.currency))
    }
}

/// Final money moves in COMPLETION; CLEARED is accepted as well, PENDING is not final (reference 7.1).
fn is_settled(fact: &Fact) -> bool {
    matches!(
        fact.source,
        Source::Notified(State::Completion | State::Cleared) | Source::Decision | Source::Operator
    )
}
