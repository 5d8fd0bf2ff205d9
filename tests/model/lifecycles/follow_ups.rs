//! Plots become messages.

use super::flavours::{DEBITS, DISPUTE_EVENTS, FLAVOURS};
use super::plots::{Act, FOLLOW_UPS, Plot};
use super::{DAY, Draft};

impl Draft<'_> {
    pub(super) fn add_follow_ups(&mut self, plot: &Plot) {
        for (number, act) in plot.acts.iter().enumerate() {
            if number > 0 {
                self.wait();
            }
            let act = match act {
                Act::Whatever => *self.random.pick(FOLLOW_UPS).unwrap(),
                act => *act,
            };
            self.play(act);
        }
    }

    fn play(&mut self, act: Act) {
        match act {
            Act::LongTime => self.at += 8 * DAY,
            Act::Authorize | Act::AuthorizeUntil | Act::StandIn | Act::Verify | Act::Inquire => {
                self.authorize(act);
            }
            Act::Increment
            | Act::Advise
            | Act::ReverseSome
            | Act::ReverseAll
            | Act::NetworkExpires => self.change(act),
            Act::ClearAll
            | Act::ClearSome
            | Act::ClearMore
            | Act::ClearLast
            | Act::ClearAndRelease
            | Act::ClearPart(..)
            | Act::ClearAbroad => self.clear(act),
            Act::ClearUnlinked
            | Act::ClearUnlinkedPart
            | Act::ClearNeverNotified
            | Act::ForceUnlinked => {
                self.clear_unlinked(act);
            }
            Act::ForceCapture
            | Act::Debit
            | Act::UndoDebit
            | Act::UndoSomeDebit
            | Act::UndoMoreDebit => self.take(act),
            Act::Dispute | Act::DisputeGoesOn => self.dispute(act),
            Act::Novelty => {
                let amount = self.amount();
                self.add("unknown", amount);
            }
            Act::Whatever => {}
            _ => self.give(act),
        }
    }

    fn authorize(&mut self, act: Act) {
        let flavour = if self.random.chance(0.6) {
            0
        } else {
            self.random.below(FLAVOURS.len() as u64) as usize
        };
        let (mut amount, at) = (self.amount(), self.at);
        let name = match act {
            Act::Verify => "verification",
            Act::Inquire if self.random.chance(0.5) => "pindebit.balanceinquiry",
            Act::Inquire => "balanceinquiry",
            Act::StandIn if self.random.chance(0.5) => "authorization.standin",
            _ => FLAVOURS[flavour][0],
        };
        if matches!(act, Act::Verify | Act::Inquire) {
            amount = 0;
        }
        let days = self.random.between(1, 30) as i64;
        let (notified, is_part) = (self.random.chance(0.05), self.random.chance(0.05));
        let more = self.part(amount);
        let message = self.add(name, amount);
        message.asked = (notified && amount > 0).then_some(amount + more);
        message.whole = (is_part && !notified && amount > 0).then_some(amount + more);
        message.expires = (act == Act::AuthorizeUntil).then_some(at + days * DAY);
        if act == Act::StandIn {
            (message.is_bare, message.links.order) = (true, false);
            (message.asked, message.whole) = (None, None);
        }
    }

    fn change(&mut self, act: Act) {
        let held = self.messages[0].amount;
        match act {
            Act::Increment => {
                let amount = self.amount();
                self.add("authorization.incremental", amount);
            }
            Act::Advise => {
                // Mostly lower than the sum so far, as fuel is; a raise must not hurt.
                let high = if self.random.chance(0.8) {
                    held
                } else {
                    held * 2
                };
                let total = self.part(high);
                let name = ["authorization.advice", "authorization.advice/new"];
                let name = name[self.random.below(2) as usize];
                self.add(name, total);
            }
            Act::ReverseSome => {
                let amount = self.part(held);
                self.add("authorization.reversal/part", amount);
            }
            Act::ReverseAll => {
                let name = match (self.flavour()[2], self.random.below(5)) {
                    ("authorization.reversal", 0) => "authorization.reversal/all",
                    ("pindebit.authorization.reversal", 0) => "pindebit.authorization.reversal/all",
                    (name, _) => name,
                };
                let other = self.part(held * 3);
                let differs = self.random.chance(0.3);
                self.add(name, if differs { other } else { held });
            }
            _ => {
                let name = match self.flavour()[2] {
                    "pindebit.authorization.reversal" => {
                        "pindebit.authorization.reversal.issuerexpiration"
                    }
                    _ => "authorization.reversal.issuerexpiration",
                };
                self.add(name, held);
            }
        }
    }

    /// The words that go with the opener.
    pub(super) fn flavour(&self) -> [&'static str; 3] {
        let opener = self.messages[0].wording.name;
        FLAVOURS
            .into_iter()
            .find(|flavour| flavour[0] == opener)
            .unwrap_or(FLAVOURS[0])
    }

    fn take(&mut self, act: Act) {
        let amount = self.amount();
        match act {
            Act::ForceCapture => {
                let (is_bare, has_order) = (self.random.chance(0.3), self.random.chance(0.5));
                let message = self.add("force.capture", amount);
                (message.is_bare, message.links.order) = (is_bare, has_order);
            }
            Act::Debit => {
                let name = *self.random.pick(&DEBITS).unwrap();
                self.add(name, amount);
            }
            _ => {
                let taken = self.messages[0].amount;
                let undone = match act {
                    Act::UndoDebit => taken,
                    Act::UndoMoreDebit => taken + self.part(taken),
                    _ => self.part(taken),
                };
                let name = match self.messages[0].wording.name {
                    "account.funding.auth_plus_capture" => {
                        "account.funding.auth_plus_capture.reversal"
                    }
                    _ => "pindebit.reversal",
                };
                self.add(name, undone);
            }
        }
    }

    fn give(&mut self, act: Act) {
        let amount = self.amount();
        let given = self
            .messages
            .first()
            .map_or(amount, |message| message.amount);
        let refund = ["refund", "pindebit.refund"][self.random.below(2) as usize];
        let name = match act {
            Act::Refund | Act::KeptRefund => refund,
            Act::UndoRefund => "pindebit.refund.reversal",
            Act::OriginalCredit => "original.credit.auth_plus_capture",
            Act::UndoOriginalCredit => "original.credit.auth_plus_capture.reversal",
            Act::NetworkLoad => "gpa.credit.networkload",
            Act::PromiseRefund => "refund.authorization",
            Act::PromiseCredit | Act::PromiseFast => "original.credit.authorization",
            Act::KeepPromise if self.is_refund() => "refund.authorization.clearing",
            Act::KeepPromise => "original.credit.authorization.clearing",
            _ if self.is_refund() => "refund.authorization.reversal",
            _ => "original.credit.authorization.reversal",
        };
        let differs = self.random.chance(0.2);
        let other = self.part(given * 2);
        let elsewhere = self.elsewhere.filter(|_| self.random.chance(0.3));
        let message = self.add(name, given);
        if matches!(act, Act::Refund | Act::PromiseRefund) && elsewhere.is_some() {
            // Said to belong to another purchase; that is for people to see and moves nothing.
            (message.links.preceding, message.links.series) = (elsewhere, elsewhere);
        }
        message.is_fast = act == Act::PromiseFast;
        message.is_bare = act == Act::KeptRefund;
        if act == Act::KeepPromise && differs {
            message.amount = other;
        }
    }

    fn is_refund(&self) -> bool {
        self.messages[0].wording.name == "refund.authorization"
    }

    fn dispute(&mut self, act: Act) {
        let amount = self.amount();
        let disputed = self
            .messages
            .first()
            .map_or(amount, |message| message.amount);
        let name = match act {
            Act::Dispute => "chargeback",
            _ => *self.random.pick(&DISPUTE_EVENTS).unwrap(),
        };
        let moved = match self.random.below(5) {
            0..=1 => self.part(disputed),
            2 => self.part(disputed * 2),
            _ => disputed,
        };
        self.add(name, moved);
    }
}
