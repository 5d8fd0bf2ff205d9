//! The merchant's final amounts: clearings, force captures, and clearings that were matched by evidence.

use super::{Anomaly, Counter};
use crate::fact::{ClearingRecord, Fact, MatchSide};
use crate::money::{Amount, Overflow};
use std::collections::BTreeSet;

impl<'a> Counter<'a> {
    /// Posts always: above the hold, after a decline, after a final clearing, in another currency.
    pub(super) fn apply_clearing(
        &mut self,
        fact: &'a Fact,
        is_final: bool,
        released: Amount,
        record: &'a ClearingRecord,
    ) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        self.note_other_currency(fact);
        self.note_clearing_after_decline(fact);
        self.note_repeated_clearing(fact, record);
        let line = self.line_mut(fact.currency);
        line.held = line.held.less(fact.amount).less(released);
        line.cleared = line.cleared.plus(fact.amount)?;
        line.post_amount(fact.amount.debit())?;
        let is_all = line.cleared >= line.authorized;
        self.records.push((&fact.token, record, fact.amount));
        if is_final {
            self.end_hold();
        } else if self.policy.release_after_last_clearing && self.is_sequence_complete(record) {
            self.release_rest(fact)?;
        } else if is_all {
            self.increases.remove(&fact.currency);
        }
        Ok(())
    }

    /// A clearing without an authorization.
    pub(super) fn apply_force_capture(&mut self, fact: &'a Fact) -> Result<(), Overflow> {
        if !self.is_final(fact) {
            return Ok(());
        }
        let line = self.line_mut(fact.currency);
        line.cleared = line.cleared.plus(fact.amount)?;
        line.post_amount(fact.amount.debit())
    }

    /// The clearing is posted in its own hold; the purchase's is consumed by it. The purchase uses its limits,
    /// not the clearing.
    pub(super) fn match_clearing(
        &mut self,
        fact: &Fact,
        side: MatchSide,
        is_final: bool,
    ) -> Result<(), Overflow> {
        let matched = self.matched.entry(fact.currency).or_default();
        match side {
            MatchSide::Clearing => matched.of_another = matched.of_another.plus(fact.amount)?,
            MatchSide::Purchase => {
                matched.elsewhere = matched.elsewhere.plus(fact.amount)?;
                let elsewhere = matched.elsewhere;
                let line = self.line_mut(fact.currency);
                line.held = line.held.less(fact.amount);
                let is_all = line.cleared.plus(elsewhere)? >= line.authorized;
                if is_final {
                    self.end_hold();
                } else if is_all {
                    self.increases.remove(&fact.currency);
                }
            }
        }
        Ok(())
    }

    /// Nothing more will be cleared.
    fn end_hold(&mut self) {
        self.increases.clear();
        let lines = self.standing.lines.values_mut();
        lines.for_each(|line| line.held = Amount::ZERO);
    }

    fn release_rest(&mut self, fact: &Fact) -> Result<(), Overflow> {
        let held = self.standing.line(fact.currency).held;
        let rest = match self.increases.get(&fact.currency) {
            Some(increase) if !held.is_zero() => held.plus(*increase)?,
            _ => held,
        };
        self.end_hold();
        if !rest.is_zero() {
            self.anomalies.push(Anomaly::ClearingsComplete {
                token: fact.token.clone(),
                released: rest,
            });
        }
        Ok(())
    }

    /// Are all clearings of the sequence that this one belongs to present?
    fn is_sequence_complete(&self, record: &ClearingRecord) -> bool {
        let Some(count) = record.count.filter(|count| *count > 0) else {
            return false;
        };
        let of_sequence = self
            .records
            .iter()
            .filter(|(_, of, _)| of.count == Some(count));
        let numbers: BTreeSet<u16> = of_sequence.filter_map(|(_, of, _)| of.number).collect();
        (1..=count).all(|number| numbers.contains(&number))
    }

    /// The hold is in other currencies only.
    pub(super) fn note_other_currency(&mut self, fact: &Fact) {
        if !self.standing.line(fact.currency).authorized.is_zero() {
            return;
        }
        let mut others = self.standing.lines.iter();
        let authorized = others.find(|(_, line)| !line.authorized.is_zero());
        if let Some((of_hold, _)) = authorized {
            self.anomalies.push(Anomaly::CurrencyDiffers {
                token: fact.token.clone(),
                of_hold: *of_hold,
            });
        }
    }

    fn note_clearing_after_decline(&mut self, fact: &Fact) {
        if self.original_cancelled {
            self.anomalies.push(Anomaly::ClearingAfterDecline {
                token: fact.token.clone(),
            });
        }
    }

    /// Where no place in a sequence is named, two parts of a purchase share the reference: then only the same
    /// amount makes it a repeat.
    fn note_repeated_clearing(&mut self, fact: &Fact, record: &ClearingRecord) {
        let is_repeat = |(_, known, amount): &&(_, &ClearingRecord, Amount)| {
            known.is_same(record) && (record.has_place() || *amount == fact.amount)
        };
        let known = self.records.iter().find(is_repeat);
        if let Some((first, _, _)) = known {
            let first = (*first).clone();
            self.anomalies.push(Anomaly::ClearingRepeated {
                token: fact.token.clone(),
                first,
            });
        }
    }
}
