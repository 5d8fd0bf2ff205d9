//! Clearings of a purchase, with links and without.

use super::plots::Act;
use super::{DAY, Draft};
use crate::program::{Currency, Links, NEVER_NOTIFIED};
use crate::wording::Meaning;

impl Draft<'_> {
    pub(super) fn clear(&mut self, act: Act) {
        let held: i64 = match self.random.chance(0.3) {
            true => self.messages[0].amount,
            false => self.approved_sum(),
        };
        let (amount, tip) = (self.part(held), self.part(held));
        let name = match self.flavour()[1] {
            "authorization.clearing" if self.random.chance(0.1) => "authorization.clearing/old",
            name => name,
        };
        let amount = match act {
            Act::ClearAll => held,
            Act::ClearMore => held + tip,
            _ => amount,
        };
        let is_last = act == Act::ClearLast || (act == Act::ClearAbroad && self.random.chance(0.3));
        let abroad = self.another_currency();
        let is_bare = self.random.chance(0.05);
        let message = self.add(name, amount);
        message.is_last = is_last;
        message.part = match act {
            // A request does not say it.
            Act::ClearPart(number, count) if !message.wording.is_asked => Some((number, count)),
            _ => None,
        };
        if act == Act::ClearAndRelease || is_last && act != Act::ClearAbroad && tip % 2 == 0 {
            message.release = Some(tip);
        }
        if act == Act::ClearAbroad {
            message.currency = abroad;
        }
        if is_bare && message.links.preceding.is_some() && !message.wording.is_asked {
            message.is_bare = true;
            (message.links.original, message.links.order) = (None, false);
        }
    }

    /// No token leads to the purchase; card, merchant, approval code and amount do.
    pub(super) fn clear_unlinked(&mut self, act: Act) {
        let name = match (act, self.flavour()[1]) {
            (Act::ForceUnlinked, _) => "force.capture",
            (_, "billpayment.capture") => "authorization.clearing",
            (_, name) => name,
        };
        // Both fit into the original: a hold that opens again later is not matched.
        let others = self.messages.iter().skip(1).filter(|m| m.is_unlinked());
        let rest = self.messages[0].amount - others.map(|m| m.amount).sum::<i64>();
        let amount = match act {
            Act::ClearUnlinkedPart => (rest + 1) / 2,
            _ => rest,
        };
        if amount == 0 {
            return;
        }
        if self.messages.len() == 1 {
            // Also an expired hold is matched then.
            self.at = self.at.min(self.messages[0].at + 9 * DAY);
        }
        // What was requested is what is cleared.
        self.messages[0].asked = None;
        let message = self.add(name, amount);
        let never_notified =
            (act == Act::ClearNeverNotified).then_some(NEVER_NOTIFIED + message.id);
        message.links = Links {
            original: never_notified,
            preceding: never_notified,
            ..Links::default()
        };
    }

    fn approved_sum(&self) -> i64 {
        let approvals = self
            .messages
            .iter()
            .filter(|m| m.wording.meaning.is_approval());
        approvals
            .filter(|m| m.wording.meaning != Meaning::Advice)
            .map(|m| m.amount)
            .sum()
    }

    fn another_currency(&mut self) -> Currency {
        let others = Currency::ALL
            .into_iter()
            .filter(|other| *other != self.currency);
        let others: Vec<Currency> = others.collect();
        *self.random.pick(&others).unwrap()
    }
}
