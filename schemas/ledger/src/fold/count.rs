//! The fold itself: the table of design section 2, row by row.

mod clearings;
mod credits;
mod debits;

use super::anomaly::Anomaly;
use super::dispute::Dispute;
use super::spending::Spending;
use super::standing::{Line, Standing};
use crate::fact::{ClearingRecord, DisputeStep, Fact, Kind, Source};
use crate::money::{Amount, Currency, Overflow};
use crate::policy::Policy;
use crate::time::Moment;
use crate::token::TransactionToken;
use crate::usage::Use;
use std::collections::BTreeMap;

/// Counts the ordered views. All facts show what we had approved ourselves.
pub(super) fn count_views(
    facts: &[Fact],
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
        matched: BTreeMap::new(),
        records: Vec::new(),
        spending: Spending::new(opened),
        anomalies: Vec::new(),
        facts,
        policy,
        deadline,
        original_cancelled: original_cancelled(views),
    };
    for fact in views {
        if fact.stands() {
            let before = counter.standing.line(fact.currency);
            counter.apply_fact(fact)?;
            let after = counter.standing.line(fact.currency);
            let anomaly = Anomaly::of_message(fact, before, after);
            counter.anomalies.extend(anomaly);
            counter.use_up(fact)?;
        } else if fact.is_cancelled() {
            counter.spending.add_declined(fact);
        }
    }
    counter.set_more_aside()?;
    Ok(Folded {
        standing: counter.standing.expiring_at(deadline),
        anomalies: counter.anomalies,
        uses: counter.spending.into_uses(),
    })
}

fn original_cancelled(views: &[&Fact]) -> bool {
    let mut originals = views.iter().filter(|fact| fact.kind.opens()).peekable();
    originals.peek().is_some() && originals.all(|fact| fact.is_cancelled())
}

/// What a set of facts amounts to. The anomalies are for people and change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The money.
    pub standing: Standing,
    /// What needs review.
    pub anomalies: Vec<Anomaly>,
    /// What it uses of spending limits, message by message.
    pub uses: Vec<Use>,
}

/// What is open of a single-message debit or a credit, so that its reversal undoes that leg and no more.
#[derive(Debug, Clone, Copy, Default)]
struct Leg {
    debited: Amount,
    credited: Amount,
    /// Posted at authorization; the clearing gives the difference only.
    ahead: Amount,
}

/// What was matched by evidence: cleared elsewhere of this purchase, or cleared here of another one.
#[derive(Debug, Clone, Copy, Default)]
struct MatchedAmounts {
    elsewhere: Amount,
    of_another: Amount,
}

struct Counter<'a> {
    standing: Standing,
    legs: BTreeMap<Currency, Leg>,
    disputes: BTreeMap<Currency, Dispute>,
    /// Held beyond the amounts.
    increases: BTreeMap<Currency, Amount>,
    matched: BTreeMap<Currency, MatchedAmounts>,
    /// The clearings so far, as the network knows them.
    records: Vec<(&'a TransactionToken, &'a ClearingRecord, Amount)>,
    spending: Spending,
    anomalies: Vec<Anomaly>,
    facts: &'a [Fact],
    policy: Policy,
    deadline: Option<Moment>,
    original_cancelled: bool,
}

impl<'a> Counter<'a> {
    fn apply_fact(&mut self, fact: &'a Fact) -> Result<(), Overflow> {
        match &fact.kind {
            Kind::Original | Kind::Increment => self.add_authorization(fact),
            Kind::Advice { .. } => {
                self.apply_advice(fact);
                Ok(())
            }
            Kind::PartialReversal => self.release_amount(fact),
            Kind::FullReversal | Kind::IssuerExpiration => self.release_all(),
            Kind::Expiry { deadline } => {
                self.apply_expiry(*deadline);
                Ok(())
            }
            Kind::Release => {
                self.drop_all();
                Ok(())
            }
            Kind::Match { side, is_final, .. } => self.match_clearing(fact, *side, *is_final),
            Kind::Clearing {
                is_final,
                released,
                record,
            } => self.apply_clearing(fact, *is_final, *released, record),
            Kind::ForceCapture => self.apply_force_capture(fact),
            Kind::Debit => self.apply_debit(fact),
            Kind::DebitReversal => self.undo_debit(fact),
            Kind::Credit => self.apply_credit(fact),
            Kind::CreditAuthorization { fast } => self.authorize_credit(fact, *fast),
            Kind::CreditClearing => self.clear_credit(fact),
            Kind::CreditReversal => self.undo_credit(fact),
            Kind::Dispute(step) => self.apply_dispute(fact, *step),
            Kind::Nothing => Ok(()),
        }
    }

    fn line_mut(&mut self, currency: Currency) -> &mut Line {
        self.standing.lines.entry(currency).or_default()
    }

    fn leg_mut(&mut self, currency: Currency) -> &mut Leg {
        self.legs.entry(currency).or_default()
    }

    /// Does it move final money? A state that is neither final nor pending is worth a look: nothing is posted.
    fn is_final(&mut self, fact: &Fact) -> bool {
        let is_final = fact.is_final();
        if !is_final && !matches!(fact.source, Source::Notified(crate::fact::State::Pending)) {
            self.anomalies.push(Anomaly::NotFinal {
                token: fact.token.clone(),
            });
        }
        is_final
    }

    /// Did we approve it ourselves, before it was notified?
    fn is_approved_by_us(&self, fact: &Fact) -> bool {
        let ours = |known: &Fact| known.token == fact.token && known.source == Source::Decision;
        self.facts.iter().any(ours)
    }

    fn note_excess(&mut self, fact: &Fact, rest: Amount) {
        if !rest.is_zero() {
            self.anomalies.push(Anomaly::ReversalExceedsMoved {
                token: fact.token.clone(),
                stated: fact.amount,
                undone: fact.amount.less(rest),
            });
        }
    }

    /// What a purchase uses of spending limits is what is held and what was cleared, also where that was
    /// matched to it by evidence; money that comes in uses what was promised or given.
    fn use_up(&mut self, fact: &Fact) -> Result<(), Overflow> {
        for (currency, line) in &self.standing.lines {
            let leg = self.legs.get(currency).copied().unwrap_or_default();
            let matched = self.matched.get(currency).copied().unwrap_or_default();
            let cleared = line.cleared.plus(matched.elsewhere)?;
            let spent = line.held.plus(cleared)?.less(matched.of_another);
            self.spending.follow_spent(fact, *currency, spent)?;
            let given = line.pending_credit.plus(leg.credited)?;
            self.spending.follow_given(fact, *currency, given)?;
        }
        Ok(())
    }

    /// What is held beyond the amounts, while there is something open that it may be needed for.
    fn set_more_aside(&mut self) -> Result<(), Overflow> {
        for (currency, increase) in std::mem::take(&mut self.increases) {
            let line = self.line_mut(currency);
            if !line.held.is_zero() {
                line.held = line.held.plus(increase)?;
            }
        }
        Ok(())
    }

    fn add_authorization(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let line = self.line_mut(fact.currency);
        line.held = line.held.plus(fact.amount)?;
        line.authorized = line.authorized.plus(fact.amount)?;
        if !fact.increase.is_zero() {
            let increase = self.increases.entry(fact.currency).or_default();
            *increase = increase.plus(fact.increase)?;
        }
        Ok(())
    }

    /// The amount is the purchase's new total, of which some may be cleared already, here or by a clearing that
    /// was matched by evidence.
    fn apply_advice(&mut self, fact: &Fact) {
        if !self.original_cancelled {
            let matched = self.matched.get(&fact.currency).copied();
            let elsewhere = matched.unwrap_or_default().elsewhere;
            let line = self.line_mut(fact.currency);
            line.held = fact.amount.less(line.cleared).less(elsewhere);
            self.increases.remove(&fact.currency);
        }
    }

    /// Releases the reversal's own amount, whatever its state; in its own currency alone.
    fn release_amount(&mut self, fact: &Fact) -> Result<(), Overflow> {
        self.note_other_currency(fact);
        let line = self.line_mut(fact.currency);
        let dropped = line.held.min(fact.amount);
        line.held = line.held.less(fact.amount);
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
    fn apply_expiry(&mut self, deadline: Moment) {
        if self.deadline.is_none_or(|now| now <= deadline) {
            self.drop_all();
        }
    }

    fn apply_dispute(&mut self, fact: &Fact, step: DisputeStep) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        let gives = self.policy.dispute_won;
        let dispute = self.disputes.entry(fact.currency).or_default();
        let before = *dispute;
        let rest = dispute.apply_step(step, fact.amount, gives)?;
        let after = *dispute;
        self.note_excess(fact, rest);
        after.update_line(before, self.line_mut(fact.currency))
    }
}
