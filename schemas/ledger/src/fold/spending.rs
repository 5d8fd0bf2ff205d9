//! What a purchase uses of spending limits, message by message: each authorization, increment, debit or
//! credit in the time it was made, as much of it as is still held or was cleared.

use crate::fact::{Class, Fact};
use crate::money::{Amount, Currency, Overflow};
use crate::time::Moment;
use crate::usage::Use;

/// The uses so far.
pub(super) struct Spending {
    opened: Moment,
    spent: Vec<Use>,
    given: Vec<Use>,
    declined: Vec<Use>,
}

impl Spending {
    pub(super) fn new(opened: Moment) -> Self {
        Self {
            opened,
            spent: Vec::new(),
            given: Vec::new(),
            declined: Vec::new(),
        }
    }

    /// After this fact so much of a currency is spent.
    pub(super) fn follow_spent(
        &mut self,
        fact: &Fact,
        currency: Currency,
        spent: Amount,
    ) -> Result<(), Overflow> {
        let begins = fact.kind.spends() && fact.currency == currency;
        follow_amount(
            &mut self.spent,
            fact,
            begins,
            (currency, spent),
            self.opened,
        )
    }

    /// After this fact so much of a currency was given or promised.
    pub(super) fn follow_given(
        &mut self,
        fact: &Fact,
        currency: Currency,
        given: Amount,
    ) -> Result<(), Overflow> {
        let begins = fact.kind.gives() && fact.currency == currency;
        follow_amount(
            &mut self.given,
            fact,
            begins,
            (currency, given),
            self.opened,
        )
    }

    /// The message was declined: for the limits that count those.
    pub(super) fn add_declined(&mut self, fact: &Fact) {
        if fact.kind.spends() || fact.kind.gives() {
            let made = Use::of_fact(fact, fact.currency, fact.amount, self.opened);
            self.declined.push(Use {
                declined: true,
                ..made
            });
        }
    }

    pub(super) fn into_uses(self) -> Vec<Use> {
        let all = self
            .spent
            .into_iter()
            .chain(self.given)
            .chain(self.declined);
        all.filter(|made| made.card_and_merchant.class != Class::Uncounted && !made.is_nothing())
            .collect()
    }
}

/// Brings what is used in a currency to this amount. More of it is the fact's own use where it begins
/// something; else the purchase's, in the purchase's time: a clearing above the hold. Less of it is given
/// back by the latest use first.
fn follow_amount(
    uses: &mut Vec<Use>,
    fact: &Fact,
    begins: bool,
    (currency, wanted): (Currency, Amount),
    opened: Moment,
) -> Result<(), Overflow> {
    let mut used = Amount::ZERO;
    for made in uses.iter().filter(|made| made.currency == currency) {
        used = used.plus(made.amount()?)?;
    }
    let (more, mut less) = (wanted.less(used), used.less(wanted));
    if !more.is_zero() {
        let first = uses.iter().position(|made| made.currency == currency);
        match first.and_then(|place| uses.get_mut(place)) {
            Some(purchase) if !begins => purchase.goods = purchase.goods.plus(more)?,
            _ => {
                let mut made = Use::of_fact(fact, currency, more, opened);
                // Cleared in a currency of its own: still the purchase's time.
                if let Some(purchase) = uses.first().filter(|_| !begins) {
                    (made.at, made.seen) = (purchase.at, purchase.seen);
                    made.card_and_merchant
                        .clone_from(&purchase.card_and_merchant);
                    made.card_and_merchant.cash = Amount::ZERO;
                }
                uses.push(made);
            }
        }
    }
    let latest = uses.iter_mut().rev();
    for made in latest.filter(|made| made.currency == currency) {
        let goods = made.goods.min(less);
        made.goods = made.goods.less(goods);
        less = less.less(goods);
        let cash = made.cash.min(less);
        made.cash = made.cash.less(cash);
        less = less.less(cash);
    }
    Ok(())
}
