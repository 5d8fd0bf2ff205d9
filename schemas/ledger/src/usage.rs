//! What purchases use of spending limits (design section 2, "usage").
//!
//! A hold's uses are a pure function of its facts, like its standing: what is held and what was
//! cleared, each message in the time it was made. A reversal, an advice, an expiry, a decline give it
//! back because the facts then say less; a clearing above the hold uses more. What is stored is only the
//! sum of an account's uses in each window of each limit: [`VelocityCounters`]. They change with the holds, under the
//! account's lock, in the same transaction; a counter that cannot be kept exactly is dropped, and one that is
//! missing is filled again from the holds.

mod counter;
mod counters;

pub use counter::{Sum, VelocityCounter};
pub use counters::VelocityCounters;

use crate::control::Period;
use crate::control::{ControlSubject, Velocity, Zone};
use crate::fact::{CardAndMerchant, Fact};
use crate::money::{Amount, Currency, Overflow};
use crate::time::Moment;
use crate::token::{AccountToken, TransactionToken};

/// What one message uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The message.
    pub token: TransactionToken,
    /// When the purchase was made, by Marqeta's clock: decides the window.
    pub at: Moment,
    /// When its first message came, or when it was made if that is later.
    pub seen: Moment,
    /// Currency of the amounts.
    pub currency: Currency,
    /// The amount without the cash.
    pub goods: Amount,
    /// The cash of a purchase with cash back.
    pub cash: Amount,
    /// Card, merchant, and what kind of spending it is.
    pub card_and_merchant: CardAndMerchant,
    /// It was declined, here or at the processor.
    pub declined: bool,
}

impl Use {
    /// What this message uses if it stands with this amount.
    #[must_use]
    pub fn of_fact(fact: &Fact, currency: Currency, amount: Amount, opened: Moment) -> Self {
        let card_and_merchant = fact.card_and_merchant.clone().unwrap_or_default();
        let cash = card_and_merchant.cash.min(amount);
        let at = fact.created.unwrap_or(opened);
        Self {
            token: fact.token.clone(),
            at,
            seen: at.max(opened),
            currency,
            goods: amount.less(cash),
            cash,
            card_and_merchant,
            declined: false,
        }
    }

    /// All of it.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn amount(&self) -> Result<Amount, Overflow> {
        self.goods.plus(self.cash)
    }

    /// Was all of it given back?
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.goods.is_zero() && self.cash.is_zero()
    }

    /// How much of it a limit counts, for this account; `None` when the limit has nothing to do with it.
    #[must_use]
    pub fn counted_amount(&self, velocity: &Velocity, account: &AccountToken) -> Option<Amount> {
        self.counted_as(self.declined, velocity, account)
    }

    /// The same, were it declined or not.
    #[must_use]
    pub fn counted_as(
        &self,
        declined: bool,
        velocity: &Velocity,
        account: &AccountToken,
    ) -> Option<Amount> {
        let control = &velocity.control;
        let card_and_merchant = &self.card_and_merchant;
        let is_of_its_kind = control.currency == self.currency
            && control.approvals_only != declined
            && control.applies.is_for(
                account,
                card_and_merchant.card.as_ref(),
                card_and_merchant.product.as_ref(),
            )
            && velocity.scope.covers(
                card_and_merchant.mcc.as_deref(),
                card_and_merchant.merchant.as_deref(),
            );
        let counted = || {
            control
                .counts
                .counted_amount(&card_and_merchant.class, self.goods, self.cash)
        };
        // A sum beyond what is exact is beyond every limit; money itself refuses it before.
        is_of_its_kind.then(counted)?.ok().flatten()
    }

    /// The period of a limit's window that it belongs to.
    #[must_use]
    pub fn period(&self, velocity: &Velocity, zone: &Zone) -> Option<Period> {
        velocity.control.period(self.at, self.seen, zone)
    }

    /// Who spends.
    #[must_use]
    pub fn control_subject<'a>(&'a self, account: &'a AccountToken) -> ControlSubject<'a> {
        ControlSubject {
            account,
            card: self.card_and_merchant.card.as_ref(),
            product: self.card_and_merchant.product.as_ref(),
        }
    }
}

/// A use that begins, or one that is given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What it is.
    pub made: Use,
    /// It is given back.
    pub is_back: bool,
}

/// What lies between two lists of uses.
#[must_use]
pub fn moves_between(before: &[Use], after: &[Use]) -> Vec<Moved> {
    let missing_in = |from: &[Use], other: &[Use], is_back: bool| -> Vec<Moved> {
        let gone = from.iter().filter(|made| !other.contains(made));
        gone.map(|made| Moved {
            made: made.clone(),
            is_back,
        })
        .collect()
    };
    let mut moved = missing_in(before, after, true);
    moved.extend(missing_in(after, before, false));
    moved
}
