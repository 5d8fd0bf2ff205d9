//! What a hold amounts to.

use crate::money::{Amount, Currency, Overflow, Signed};
use crate::time::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One currency of a standing. All amounts in that currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Held, not to be spent again.
    #[serde(rename = "h")]
    pub held: Amount,
    /// Moved finally; negative was taken from the customer.
    #[serde(rename = "p")]
    pub posted: Signed,
    /// Promised, not yet the customer's.
    #[serde(rename = "c")]
    pub pending_credit: Amount,
    /// Approved: originals and increments, whatever an advice said later.
    #[serde(rename = "a")]
    pub authorized: Amount,
    /// Released by reversals.
    #[serde(rename = "r")]
    pub released: Amount,
    /// Cleared, also beyond what was held.
    #[serde(rename = "l")]
    pub cleared: Amount,
    /// Of a dispute: what the network has given back and no account has yet; negative is what the program has
    /// given the customer ahead of the network.
    #[serde(rename = "s", default, skip_serializing_if = "no_suspense")]
    pub suspense: Signed,
    /// Of a dispute that was given up: what the program has lost by it.
    #[serde(rename = "o", default, skip_serializing_if = "no_loss")]
    pub lost: Amount,
}

fn no_suspense(amount: &Signed) -> bool {
    amount.is_zero()
}

fn no_loss(amount: &Amount) -> bool {
    amount.is_zero()
}

impl Line {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Released by reversals, at most what was authorized and is not cleared: what a clearing took after its
    /// reversal is shown as cleared alone.
    #[must_use]
    pub fn shown_released(&self) -> Amount {
        self.released.min(self.authorized.less(self.cleared))
    }

    /// The change that posts money.
    pub(super) fn post_amount(&mut self, amount: Signed) -> Result<(), Overflow> {
        self.posted = self.posted.plus(amount)?;
        Ok(())
    }
}

/// What a set of facts amounts to, by currency; nothing is left out but zeros.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// By currency.
    #[serde(rename = "l")]
    pub lines: BTreeMap<Currency, Line>,
    /// When it lapses; `None` when nothing is held or promised.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Moment>,
}

impl Standing {
    /// The line of a currency.
    #[must_use]
    pub fn line(&self, currency: Currency) -> Line {
        self.lines.get(&currency).copied().unwrap_or_default()
    }

    /// Is something still held?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.lines.values().any(|line| !line.held.is_zero())
    }

    /// Is something held or promised, so that time can run out on it?
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.is_open()
            || self
                .lines
                .values()
                .any(|line| !line.pending_credit.is_zero())
    }

    pub(super) fn expiring_at(mut self, deadline: Option<Moment>) -> Self {
        self.lines.retain(|_, line| !line.is_nothing());
        self.expires = if self.is_pending() { deadline } else { None };
        self
    }
}
