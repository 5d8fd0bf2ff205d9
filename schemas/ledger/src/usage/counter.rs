//! The sums of one limit for one account.

use super::{Moved, Use};
use crate::control::{ControlFingerprint, Period, Velocity, Zone};
use crate::money::{Amount, Overflow, Signed};
use crate::time::Moment;
use crate::token::AccountToken;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many periods of a window are kept; an older one is counted again when it is read.
const KEPT: usize = 3;

/// What is used of one period of a window, in the control's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    /// The amount.
    #[serde(rename = "a")]
    pub amount: Signed,
    /// How many messages.
    #[serde(rename = "n")]
    pub uses: i64,
}

impl Sum {
    /// The sum with so much more; one message more if there is some of it.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plus(self, amount: Amount, is_back: bool) -> Result<Self, Overflow> {
        let amount_moved = if is_back {
            amount.debit()
        } else {
            amount.credit()
        };
        let one = i64::from(!amount.is_zero());
        let uses = if is_back { -one } else { one };
        Ok(Self {
            amount: self.amount.plus(amount_moved)?,
            uses: self.uses.checked_add(uses).ok_or(Overflow)?,
        })
    }
}

/// The sums of one limit, by the beginning of each period of its window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VelocityCounter {
    /// Fingerprint of what the limit counted when these were added up.
    #[serde(rename = "p")]
    pub fingerprint: ControlFingerprint,
    /// Everything from here on is counted; `None`: everything that there is.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Moment>,
    /// Periods in which something was used.
    #[serde(rename = "w")]
    pub windows: BTreeMap<Moment, Sum>,
}

impl VelocityCounter {
    /// Counts uses from nothing. They must be all of the account's from `since` on.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn count_all<'a>(
        velocity: &Velocity,
        account: &AccountToken,
        zone: &Zone,
        since: Option<Moment>,
        uses: impl Iterator<Item = &'a Use>,
    ) -> Result<Self, Overflow> {
        let mut counter = Self {
            fingerprint: velocity.fingerprint.clone(),
            since,
            windows: BTreeMap::new(),
        };
        for made in uses {
            counter.add_use(velocity, account, zone, made, false)?;
        }
        counter.drop_old_periods();
        Ok(counter)
    }

    /// Is this period of the limit's window counted?
    #[must_use]
    pub fn covers_period(&self, velocity: &Velocity, period: &Period) -> bool {
        self.fingerprint == velocity.fingerprint
            && self.since.is_none_or(|since| since <= period.start)
    }

    /// What is used of a period.
    #[must_use]
    pub fn sum(&self, period: &Period) -> Sum {
        self.windows.get(&period.start).copied().unwrap_or_default()
    }

    /// Counts what has moved. `true` when something of it was this limit's.
    pub(super) fn count_moves(
        &mut self,
        velocity: &Velocity,
        account: &AccountToken,
        zone: &Zone,
        moved: &[Moved],
    ) -> Result<bool, Overflow> {
        let mut changed = false;
        for moved in moved {
            changed |= self.add_use(velocity, account, zone, &moved.made, moved.is_back)?;
        }
        if changed {
            self.drop_old_periods();
        }
        Ok(changed)
    }

    /// Counts one use, or gives it back. `true` when it was this limit's.
    pub(super) fn add_use(
        &mut self,
        velocity: &Velocity,
        account: &AccountToken,
        zone: &Zone,
        made: &Use,
        is_back: bool,
    ) -> Result<bool, Overflow> {
        let (Some(amount), Some(period)) = (
            made.counted_amount(velocity, account),
            made.period(velocity, zone),
        ) else {
            return Ok(false);
        };
        if self.since.is_some_and(|since| period.start < since) {
            return Ok(false);
        }
        let sum = self.windows.entry(period.start).or_default();
        *sum = sum.plus(amount, is_back)?;
        if *sum == Sum::default() {
            self.windows.remove(&period.start);
        }
        Ok(true)
    }

    /// Drops old periods.
    fn drop_old_periods(&mut self) {
        while self.windows.len() > KEPT {
            self.windows.pop_first();
            self.since = self.windows.keys().next().copied().or(self.since);
        }
    }
}
