//! One purchase on its way through its messages: the rules, one after another.

use super::Sums;
use super::spending::Use;
use super::view::{Counted, View};
use crate::limits;
use crate::program::{Currency, Message};
use crate::wording::Meaning;
use std::collections::{BTreeMap, BTreeSet};

/// One purchase on its way through its messages.
#[derive(Debug, Default)]
pub(super) struct Purchase {
    sums: Sums,
    /// The currency of its approvals.
    pub(super) currency: Option<Currency>,
    pub(super) open: i64,
    /// Openers and increments.
    authorized: i64,
    /// Held beyond the amounts while something is open.
    increase: i64,
    cleared: BTreeMap<Currency, i64>,
    pub(super) uses: Vec<Use>,
    /// Is there more than one window in which they may count?
    pub(super) is_uncertain: bool,
    /// Numbers of clearings that say how many there are, by how many.
    parts: BTreeSet<(u16, u16)>,
    /// Taken at once, or given, and not undone so far.
    taken: i64,
    given: i64,
    /// Of what was given: at authorization, so that the clearing gives the difference.
    ahead: i64,
    pending: i64,
    /// What of a dispute the customer has.
    disputed: i64,
    is_cancelled: bool,
    pub(super) expired: bool,
}

impl Purchase {
    pub(super) fn walk(&mut self, message: &Message, view: View) {
        let meaning = message.wording.meaning;
        if meaning.is_approval() || self.currency.is_none() {
            self.currency = Some(message.currency);
        }
        if meaning == Meaning::Original && view == View::Cancelled {
            self.is_cancelled = true;
        }
        let View::Counts(counted) = view else { return };
        match meaning {
            _ if counted.holds(meaning) => self.approve(message, counted.amount),
            // Marqeta keeps a credit that is not funded by JIT.
            Meaning::Credit if message.is_bare => {}
            Meaning::Reversal => self.release(counted.amount),
            Meaning::ReleaseAll => self.release_all(),
            Meaning::CreditReversal => self.undo_credit(message.currency, counted),
            // Whatever else moves money does so in the final state.
            Meaning::Debit => self.complete(message, counted.amount),
            _ if counted.is_final(meaning) => self.complete(message, counted.amount),
            _ => {}
        }
    }

    fn approve(&mut self, message: &Message, amount: i64) {
        match message.wording.meaning {
            Meaning::Advice if self.is_cancelled => {}
            Meaning::Advice => {
                self.open = (amount - self.cleared_in(message.currency)).max(0);
                self.increase = 0;
            }
            Meaning::CreditAuthorization if message.is_fast => {
                self.ahead += amount;
                self.give(message.currency, amount);
            }
            Meaning::CreditAuthorization => self.pending += amount,
            meaning => {
                if meaning == Meaning::Original {
                    self.increase += limits::increase(message.mcc, message.currency, amount);
                }
                self.authorized += amount;
                self.open += amount;
            }
        }
    }

    /// A message in its final state.
    fn complete(&mut self, message: &Message, amount: i64) {
        let currency = message.currency;
        match message.wording.meaning {
            Meaning::Clearing => self.clear(message, amount),
            Meaning::ForceCapture => self.force(message, amount),
            Meaning::Debit => {
                self.taken += amount;
                self.add_cleared(currency, amount);
                self.post(currency, -amount);
            }
            Meaning::DebitReversal => {
                let undone = amount.min(self.taken);
                self.taken -= undone;
                self.add_cleared(currency, -undone);
                self.post(currency, undone);
            }
            Meaning::Credit => self.give(currency, amount),
            Meaning::CreditClearing => {
                let ahead = std::mem::take(&mut self.ahead);
                self.pending = 0;
                self.give(currency, amount - ahead);
            }
            Meaning::ProvisionalCredit => self.dispute(currency, self.disputed + amount),
            Meaning::ProvisionalDebit => self.dispute(currency, (self.disputed - amount).max(0)),
            // A provisional credit that stands becomes final as it is.
            Meaning::DisputeWon if self.disputed == 0 => self.dispute(currency, amount),
            Meaning::DisputeLost => self.dispute(currency, 0),
            _ => {}
        }
    }

    fn clear(&mut self, message: &Message, amount: i64) {
        self.post(message.currency, -amount);
        self.add_cleared(message.currency, amount);
        if self.currency == Some(message.currency) {
            self.release(amount + message.release.unwrap_or(0));
            if self.cleared_in(message.currency) >= self.authorized {
                self.increase = 0;
            }
        }
        if message.is_last || self.is_complete(message.part) {
            self.release_all();
        }
    }

    /// Are all parts of as many present, this one included?
    fn is_complete(&mut self, part: Option<(u16, u16)>) -> bool {
        let Some((number, count)) = part else {
            return false;
        };
        self.parts.insert((count, number));
        (1..=count).all(|number| self.parts.contains(&(count, number)))
    }

    /// A force capture is all that its purchase will clear, where there is one.
    fn force(&mut self, message: &Message, amount: i64) {
        self.post(message.currency, -amount);
        self.add_cleared(message.currency, amount);
        if self.currency == Some(message.currency) {
            self.release_all();
        }
    }

    /// A promise goes in any state, what was given only in a final one.
    fn undo_credit(&mut self, currency: Currency, counted: Counted) {
        let dropped = counted.amount.min(self.pending);
        self.pending -= dropped;
        if counted.is_final(Meaning::CreditReversal) {
            let undone = self.given.min(counted.amount - dropped);
            self.ahead = (self.ahead - undone).max(0);
            self.give(currency, -undone);
        }
    }

    fn dispute(&mut self, currency: Currency, credit: i64) {
        self.post(currency, credit - self.disputed);
        self.disputed = credit;
    }

    fn post(&mut self, currency: Currency, amount: i64) {
        self.sums.entry(currency).or_default().posted += amount;
    }

    fn give(&mut self, currency: Currency, amount: i64) {
        self.given += amount;
        self.post(currency, amount);
    }

    fn release(&mut self, amount: i64) {
        self.open = (self.open - amount).max(0);
    }

    fn release_all(&mut self) {
        (self.open, self.increase) = (0, 0);
    }

    pub(super) fn expire(&mut self) {
        self.release_all();
        (self.pending, self.expired) = (0, true);
        for currency in Currency::ALL {
            self.give_back(currency);
        }
    }

    pub(super) fn cleared_in(&self, currency: Currency) -> i64 {
        self.cleared.get(&currency).copied().unwrap_or_default()
    }

    fn add_cleared(&mut self, currency: Currency, amount: i64) {
        *self.cleared.entry(currency).or_default() += amount;
    }

    pub(super) fn close(mut self) -> Sums {
        if let Some(currency) = self.currency {
            let sum = self.sums.entry(currency).or_default();
            let increase = if self.open > 0 { self.increase } else { 0 };
            (sum.held, sum.pending) = (self.open + increase, self.pending);
        }
        self.sums
    }
}
