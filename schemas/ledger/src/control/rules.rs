//! Rules of a card, an account or the program that are no limits over time.

use super::{Channel, ControlSubject, Country, RiskScore, RulesInForce, Whose};
use crate::money::{Amount, Currency};
use crate::token::{AccountToken, CardToken};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whose rules; the narrowest that says something counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulesOf {
    /// Everybody's.
    Program,
    /// An account's.
    Account(AccountToken),
    /// A card's.
    Card(CardToken),
}

impl RulesOf {
    /// Their name, as they are stored.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Program => "program".to_owned(),
            Self::Account(token) => format!("account:{token}"),
            Self::Card(token) => format!("card:{token}"),
        }
    }
}

/// What is ruled. A field that says nothing leaves it to the wider rules. Each channel, currency and score
/// is a field of its own: a card that may be used at machines is still not used abroad if its account's is not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Which ways to pay are open.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<Channel, bool>,
    /// The most that one purchase may be, with what is added to it later. In the purchase's currency; there is
    /// no maximum in a currency that is not named.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub single_purchase_maximum: BTreeMap<Currency, Amount>,
    /// Where purchases may be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub countries: Option<Countries>,
    /// What [`Channel::Abroad`] is measured against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_country: Option<Country>,
    /// From which score on a purchase is refused, in the network's points.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub risk: BTreeMap<RiskScore, u32>,
    /// Above which amount a purchase on the Internet needs successful 3-D Secure, by the purchase's currency.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub three_ds_above: BTreeMap<Currency, Amount>,
}

impl Rules {
    /// The names of all fields.
    pub const NAMES: [&str; 6] = [
        "channels",
        "single_purchase_maximum",
        "countries",
        "home_country",
        "risk",
        "three_ds_above",
    ];
}

/// Where purchases may be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Countries {
    /// Only in these: not where the country is unknown.
    Allow(BTreeSet<Country>),
    /// Everywhere but in these.
    Deny(BTreeSet<Country>),
}

impl Countries {
    /// May be paid there?
    #[must_use]
    pub fn permit(&self, country: Option<Country>) -> bool {
        match self {
            Self::Allow(countries) => country.is_some_and(|country| countries.contains(&country)),
            Self::Deny(countries) => !country.is_some_and(|country| countries.contains(&country)),
        }
    }

    /// As it is shown: `only CAN, USA`.
    #[must_use]
    pub fn text(&self) -> String {
        let (word, countries) = match self {
            Self::Allow(countries) => ("only", countries),
            Self::Deny(countries) => ("not", countries),
        };
        let codes: Vec<&str> = countries.iter().map(|country| country.code()).collect();
        let codes = if codes.is_empty() {
            "nowhere".to_owned()
        } else {
            codes.join(", ")
        };
        format!("{word} {codes}")
    }
}

/// All rules, by whose they are.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleBook {
    program: Option<Rules>,
    accounts: HashMap<AccountToken, Rules>,
    cards: HashMap<CardToken, Rules>,
}

impl RuleBook {
    pub(super) fn rules_of(&self, of: &RulesOf) -> Option<&Rules> {
        match of {
            RulesOf::Program => self.program.as_ref(),
            RulesOf::Account(token) => self.accounts.get(token),
            RulesOf::Card(token) => self.cards.get(token),
        }
    }

    pub(super) fn in_force(&self, subject: ControlSubject<'_>) -> RulesInForce<'_> {
        let card = subject.card.and_then(|card| self.cards.get(card));
        RulesInForce::new([
            (Whose::Card, card),
            (Whose::Account, self.accounts.get(subject.account)),
            (Whose::Program, self.program.as_ref()),
        ])
    }
}

impl FromIterator<(RulesOf, Rules)> for RuleBook {
    fn from_iter<T: IntoIterator<Item = (RulesOf, Rules)>>(all: T) -> Self {
        let mut book = Self::default();
        for (of, rules) in all {
            match of {
                RulesOf::Program => book.program = Some(rules),
                RulesOf::Account(token) => drop(book.accounts.insert(token, rules)),
                RulesOf::Card(token) => drop(book.cards.insert(token, rules)),
            }
        }
        book
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_all_fields() {
        let all = r#"{"channels":{"atm":true},"single_purchase_maximum":{"USD":"9"},
            "countries":{"allow":["USA"]},"home_country":"USA","risk":{"account_risk_score":7},
            "three_ds_above":{"USD":"30"}}"#;
        let rules: Rules = serde_json::from_str(all).unwrap();
        // A new field breaks this line: it needs its name in `Rules::NAMES`.
        let Rules {
            channels: _,
            single_purchase_maximum: _,
            countries: _,
            home_country: _,
            risk: _,
            three_ds_above: _,
        } = &rules;
        let written = serde_json::to_value(&rules).unwrap();
        let written: BTreeSet<&str> = written
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(written, BTreeSet::from(Rules::NAMES));
    }
}
