//! The rules that bind one purchase: those of its card, its account and the program, each field from the
//! narrowest that says something of it. Nothing is copied.

use super::{Channel, Countries, Country, RiskScore, Rules};
use crate::money::{Amount, Currency};

/// Whose word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The card's.
    Card,
    /// The account's.
    Account,
    /// The program's.
    Program,
}

impl Whose {
    /// As it is shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Account => "account",
            Self::Program => "program",
        }
    }
}

/// What a rule says, and whose rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<T> {
    /// What it says.
    pub value: T,
    /// Whose word it is.
    pub whose: Whose,
}

/// The rules that bind one purchase.
#[derive(Debug, Clone, Copy)]
pub struct RulesInForce<'a> {
    narrowest_first: [(Whose, Option<&'a Rules>); 3],
}

impl<'a> RulesInForce<'a> {
    pub(super) fn new(narrowest_first: [(Whose, Option<&'a Rules>); 3]) -> Self {
        Self { narrowest_first }
    }

    /// Is this way to pay open?
    #[must_use]
    pub fn channel_is_open(&self, channel: Channel) -> Option<Said<bool>> {
        self.first_said(|rules| rules.channels.get(&channel).copied())
    }

    /// The most that one purchase may be, in this currency.
    #[must_use]
    pub fn single_purchase_maximum(&self, currency: Currency) -> Option<Said<Amount>> {
        self.first_said(|rules| rules.single_purchase_maximum.get(&currency).copied())
    }

    /// Where purchases may be made.
    #[must_use]
    pub fn permitted_countries(&self) -> Option<Said<&'a Countries>> {
        self.first_said(|rules| rules.countries.as_ref())
    }

    /// What is not abroad.
    #[must_use]
    pub fn home_country(&self) -> Option<Said<Country>> {
        self.first_said(|rules| rules.home_country)
    }

    /// From which score on a purchase is refused.
    #[must_use]
    pub fn risk_limit(&self, score: RiskScore) -> Option<Said<u32>> {
        self.first_said(|rules| rules.risk.get(&score).copied())
    }

    /// Above which amount a purchase on the Internet needs 3-D Secure, in this currency.
    #[must_use]
    pub fn three_ds_above(&self, currency: Currency) -> Option<Said<Amount>> {
        self.first_said(|rules| rules.three_ds_above.get(&currency).copied())
    }

    fn first_said<T>(&self, says: impl Fn(&'a Rules) -> Option<T>) -> Option<Said<T>> {
        self.narrowest_first.iter().find_map(|(whose, rules)| {
            let value = says((*rules)?)?;
            Some(Said {
                value,
                whose: *whose,
            })
        })
    }
}
