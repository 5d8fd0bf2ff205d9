//! Groups of merchant categories and of merchants (reference sections 9.2 and 9.3).

use crate::hold::MccRange;
use crate::money::{Amount, Overflow};
use crate::token::GroupToken;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A group of merchant categories, and how authorizations in it are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MccGroup {
    /// Its name for programs.
    pub token: GroupToken,
    /// Its name for people.
    pub name: String,
    /// The categories; one may be in several groups.
    pub mccs: Vec<MccRange>,
    /// Without effect otherwise.
    pub active: bool,
    /// What is held beyond the amount.
    pub increase: Option<Increase>,
    /// Days that an authorization is held which says nothing else.
    pub hold_days: Option<u16>,
}

impl MccGroup {
    /// Is the category one of the group's?
    #[must_use]
    pub fn contains(&self, mcc: &str) -> bool {
        self.mccs.iter().any(|range| range.contains(mcc))
    }
}

/// What is held beyond the amount (`hold_increase`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Increase {
    /// So much, in whatever currency the purchase is.
    Amount(Amount),
    /// So many percent of the amount.
    Percent(Amount),
    /// As much as makes the whole this; for pumps, that ask for 1 and fill for 80.
    UpToLimit(Amount),
}

impl Increase {
    /// What is held beyond this amount; percents are rounded up to so many `decimals`.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn increase_of(self, amount: Amount, decimals: u32) -> Result<Amount, Overflow> {
        let up = rust_decimal::RoundingStrategy::AwayFromZero;
        match self {
            Self::Amount(more) => Ok(more),
            Self::UpToLimit(limit) => Ok(limit.less(amount)),
            Self::Percent(percent) => {
                let part = percent
                    .value()
                    .checked_div(Decimal::ONE_HUNDRED)
                    .and_then(|share| amount.value().checked_mul(share))
                    .ok_or(Overflow)?;
                Amount::new(part.round_dp_with_strategy(decimals, up)).map_err(|_| Overflow)
            }
        }
    }
}

/// A group of merchants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantGroup {
    /// Its name for programs.
    pub token: GroupToken,
    /// Its name for people.
    pub name: String,
    /// The merchants' numbers at their acquirers.
    pub mids: BTreeSet<String>,
}
