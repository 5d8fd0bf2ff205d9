//! What a purchase uses of spending limits, message by message.

use super::purchase::Purchase;
use crate::program::{Currency, Message};
use crate::wording::Meaning;

/// What one message uses of spending limits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) currency: Currency,
    pub(crate) at: i64,
    pub(crate) amount: i64,
}

impl Purchase {
    /// Used is what is held and what was cleared: more of it in the time of the message that begins something, else
    /// in the purchase's; less of it is given back by the latest first.
    pub(super) fn count(&mut self, message: &Message) {
        for currency in Currency::ALL {
            let more = self.spent(currency) - self.used(currency);
            if more > 0 {
                self.begin_use(message, currency, more);
            }
            self.give_back(currency);
        }
    }

    fn begin_use(&mut self, message: &Message, currency: Currency, amount: i64) {
        let begins = match message.wording.meaning {
            Meaning::Original | Meaning::Increment | Meaning::Debit => true,
            Meaning::ForceCapture => self.uses.is_empty(),
            _ => false,
        };
        let mut uses = self.uses.iter_mut();
        match uses.find(|made| made.currency == currency) {
            Some(first) if !begins => first.amount += amount,
            _ => {
                let own = if message.is_timeless { 0 } else { message.at };
                let first = self.uses.first().filter(|_| !begins);
                let at = first.map_or(own, |first| first.at);
                self.uses.push(Use {
                    currency,
                    at,
                    amount,
                });
            }
        }
    }

    pub(super) fn give_back(&mut self, currency: Currency) {
        let mut less = self.used(currency) - self.spent(currency);
        let uses = self.uses.iter_mut().rev();
        for made in uses.filter(|made| made.currency == currency) {
            let back = made.amount.min(less.max(0));
            made.amount -= back;
            less -= back;
        }
    }

    fn spent(&self, currency: Currency) -> i64 {
        let is_own = self.currency == Some(currency);
        self.cleared_in(currency) + if is_own { self.open } else { 0 }
    }

    fn used(&self, currency: Currency) -> i64 {
        let uses = self.uses.iter().filter(|made| made.currency == currency);
        uses.map(|made| made.amount).sum()
    }
}
