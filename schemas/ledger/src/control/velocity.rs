//! How much may be spent, and how often (reference section 9.1).

use super::{Applies, Counts, MerchantScope, Period, Window, Zone};
use crate::money::{Amount, Currency};
use crate::time::Moment;
use crate::token::ControlToken;
use serde::{Deserialize, Serialize};

/// What may be used of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The amount, in the control's currency.
    pub amount: Amount,
    /// How many messages; `None` is no limit (Marqeta's -1).
    pub uses: Option<u32>,
}

/// A spending limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VelocityControl {
    /// Its name for programs.
    pub token: ControlToken,
    /// Its name for people; Marqeta tells it when a purchase is declined.
    pub name: Option<String>,
    /// Without effect otherwise.
    pub active: bool,
    /// What may be used.
    pub limit: Limit,
    /// Only messages in this currency count.
    pub currency: Currency,
    /// In what time.
    pub window: Window,
    /// `true`: what was approved counts. `false`: what was declined does (Marqeta's `approvals_only`).
    pub approvals_only: bool,
    /// Which messages.
    pub counts: Counts,
    /// The subject that it is for.
    pub applies: Applies,
    /// Which merchants, as it was said.
    pub merchants: MerchantScope,
    /// When it was first put; LIFETIME counts from here.
    pub created: Moment,
}

impl VelocityControl {
    /// The period of its window that a use belongs to. `at` is when it was made, `seen` when its first
    /// message came: LIFETIME counts what came after the control, whatever date it bears.
    #[must_use]
    pub fn period(&self, at: Moment, seen: Moment, zone: &Zone) -> Option<Period> {
        let from_creation = || Period {
            start: self.created,
            end: Moment(i64::MAX),
        };
        match self.window {
            Window::Lifetime => (seen >= self.created).then(from_creation),
            window => window.period(at, zone),
        }
    }
}
