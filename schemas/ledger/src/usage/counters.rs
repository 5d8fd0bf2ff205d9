//! The counters of one account: a sum for each window of each limit that it has been asked for.

use super::{Moved, Use, VelocityCounter};
use crate::control::{ControlSet, Period, Velocity};
use crate::money::Overflow;
use crate::time::Moment;
use crate::token::{AccountToken, ControlToken};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The counters of one account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VelocityCounters(BTreeMap<ControlToken, VelocityCounter>);

impl VelocityCounters {
    /// The counter of a limit, if this period of its window is counted.
    #[must_use]
    pub fn get(&self, velocity: &Velocity, period: &Period) -> Option<&VelocityCounter> {
        let counter = self.0.get(&velocity.control.token)?;
        counter.covers_period(velocity, period).then_some(counter)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&ControlToken, &VelocityCounter)> {
        self.0.iter()
    }

    /// Is nothing counted?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fills a limit's counter from the account's uses, which must be all from `since` on.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn fill_counter<'a>(
        &mut self,
        velocity: &Velocity,
        account: &AccountToken,
        controls: &ControlSet,
        since: Option<Moment>,
        uses: impl Iterator<Item = &'a Use>,
    ) -> Result<(), Overflow> {
        let counter = VelocityCounter::count_all(velocity, account, &controls.zone, since, uses)?;
        self.0.insert(velocity.control.token.clone(), counter);
        Ok(())
    }

    /// Counts what has moved in the account's holds. The counter of a limit that is not known, or not as it
    /// was when the counter was filled, cannot be kept and is dropped. `true` when something has changed.
    pub fn count_moves(
        &mut self,
        moved: &[Moved],
        controls: &ControlSet,
        account: &AccountToken,
    ) -> bool {
        if moved.is_empty() {
            return false;
        }
        let mut changed = false;
        self.0.retain(|token, counter| {
            let known = controls.velocity(token);
            let Some(velocity) = known.filter(|known| known.fingerprint == counter.fingerprint)
            else {
                changed = true;
                return false;
            };
            let counted = counter.count_moves(velocity, account, &controls.zone, moved);
            changed |= counted.unwrap_or(true);
            counted.is_ok()
        });
        changed
    }

    /// Drops the counters that cannot be kept by these controls.
    pub fn keep_current(&mut self, controls: &ControlSet) {
        self.0.retain(|token, counter| {
            let known = controls.velocity(token);
            known.is_some_and(|known| known.fingerprint == counter.fingerprint)
        });
    }

    /// The same counters with nothing counted yet.
    #[must_use]
    pub fn with_empty_windows(&self) -> Self {
        let emptied = |(token, counter): (&ControlToken, &VelocityCounter)| {
            let windows = BTreeMap::new();
            let counter = VelocityCounter {
                windows,
                ..counter.clone()
            };
            (token.clone(), counter)
        };
        Self(self.0.iter().map(emptied).collect())
    }

    /// Counts uses; what is old is kept.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn add_uses(
        &mut self,
        uses: &[Use],
        controls: &ControlSet,
        account: &AccountToken,
    ) -> Result<(), Overflow> {
        for (token, counter) in &mut self.0 {
            if let Some(velocity) = controls.velocity(token) {
                for made in uses {
                    counter.add_use(velocity, account, &controls.zone, made, false)?;
                }
            }
        }
        Ok(())
    }
}
