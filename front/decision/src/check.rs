//! The checks, in the order in which they are made. The order is that of the interface (section 3:
//! account, card, method, currency, controls, funds) and also the precedence of reasons.

mod account;
mod card;
mod currency;
mod funds;
mod method;
mod velocity;

use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::money::Amount;
use serde::Serialize;

/// One check. Spend controls take their place between [`Check::Currency`] and [`Check::Funds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Is there such an account, and may it spend?
    Account,
    /// Is it the account's own card, and usable?
    Card,
    /// Do we know what is asked for?
    Method,
    /// Has the account a balance in this currency?
    Currency,
    /// Do all spending limits leave room for it?
    Velocity,
    /// Is there enough money?
    Funds,
}

impl Check {
    /// All checks, in order.
    pub const ALL: [Self; 6] = [
        Self::Account,
        Self::Card,
        Self::Method,
        Self::Currency,
        Self::Velocity,
        Self::Funds,
    ];

    /// Makes the check.
    #[must_use]
    pub fn judge(self, case: &Case<'_>) -> Checked {
        let (verdict, inputs) = match self {
            Self::Account => account::judge(case),
            Self::Card => card::judge(case),
            Self::Method => method::judge(case),
            Self::Currency => currency::judge(case),
            Self::Velocity => velocity::judge(case),
            Self::Funds => funds::judge(case),
        };
        Checked {
            check: self,
            verdict,
            inputs,
        }
    }
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing speaks against it.
    Passed,
    /// Only this smaller amount passes, in the request's currency.
    Reduced(Amount),
    /// The purchase is refused.
    Refused(Refusal),
}

impl From<Option<Refusal>> for Verdict {
    fn from(refusal: Option<Refusal>) -> Self {
        refusal.map_or(Self::Passed, Self::Refused)
    }
}

/// One input of a check: its name and its value, in words that support staff read.
pub type Input = (&'static str, String);

/// A check that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Which one.
    pub check: Check,
    /// How it came out.
    pub verdict: Verdict,
    /// What it looked at.
    pub inputs: Vec<Input>,
}
