//! The controls in force, indexed by their subject: thousands of them cost a decision only those that
//! apply to it.

use super::indexed::{ControlSubject, Indexed};
use super::rules::RuleBook;
use super::{
    AuthorizationControl, ControlFingerprint, Increase, MccGroup, MerchantGroup, Rules,
    RulesInForce, RulesOf, Scope, Terms, VelocityControl, Zone,
};
use crate::token::{ControlToken, GroupToken};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that a program has defined, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Definition {
    /// A spending limit.
    Velocity(VelocityControl),
    /// Where may be spent.
    Authorization(AuthorizationControl),
    /// Merchants that are exempt from authorization controls.
    Exemption(AuthorizationControl),
    /// A group of merchant categories.
    MccGroup(MccGroup),
    /// A group of merchants.
    MerchantGroup(MerchantGroup),
    /// The rules of a card, an account or the program.
    Rules(RulesOf, Rules),
}

impl Definition {
    /// What it is, as it is stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Velocity(_) => "velocity",
            Self::Authorization(_) => "authorization",
            Self::Exemption(_) => "exemption",
            Self::MccGroup(_) => "mcc_group",
            Self::MerchantGroup(_) => "merchant_group",
            Self::Rules(..) => "rules",
        }
    }

    /// Its name among its kind.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Velocity(control) => control.token.to_string(),
            Self::Authorization(control) | Self::Exemption(control) => control.token.to_string(),
            Self::MccGroup(group) => group.token.to_string(),
            Self::MerchantGroup(group) => group.token.to_string(),
            Self::Rules(of, _) => of.name(),
        }
    }
}

/// Everything that a program has defined.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// Spending limits.
    pub velocity: Vec<VelocityControl>,
    /// Where may be spent.
    pub authorization: Vec<AuthorizationControl>,
    /// Merchants that are exempt from authorization controls.
    pub exemptions: Vec<AuthorizationControl>,
    /// Groups of merchant categories.
    pub mcc_groups: Vec<MccGroup>,
    /// Groups of merchants.
    pub merchant_groups: Vec<MerchantGroup>,
    /// Rules.
    pub rules: Vec<(RulesOf, Rules)>,
}

impl FromIterator<Definition> for Definitions {
    fn from_iter<T: IntoIterator<Item = Definition>>(all: T) -> Self {
        let mut defined = Self::default();
        for definition in all {
            match definition {
                Definition::Velocity(control) => defined.velocity.push(control),
                Definition::Authorization(control) => defined.authorization.push(control),
                Definition::Exemption(control) => defined.exemptions.push(control),
                Definition::MccGroup(group) => defined.mcc_groups.push(group),
                Definition::MerchantGroup(group) => defined.merchant_groups.push(group),
                Definition::Rules(of, rules) => defined.rules.push((of, rules)),
            }
        }
        defined
    }
}

/// A spending limit with its groups looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Velocity {
    /// The control.
    pub control: VelocityControl,
    /// Which merchants.
    pub scope: Scope,
    /// Fingerprint of what it counts.
    pub fingerprint: ControlFingerprint,
}

/// The controls in force. It never changes: a change makes a new set with another version.
#[derive(Debug, Clone, Default)]
pub struct ControlSet {
    /// Grows with every change of a control; 0 before there was any.
    pub version: i64,
    /// In which time zone days begin.
    pub zone: Zone,
    velocity: Indexed<Velocity>,
    authorization: Indexed<Terms>,
    exemptions: Indexed<Terms>,
    mcc_groups: BTreeMap<GroupToken, MccGroup>,
    merchant_groups: BTreeMap<GroupToken, MerchantGroup>,
    rules: RuleBook,
}

impl ControlSet {
    /// Looks all groups up and indexes what is defined.
    #[must_use]
    pub fn new(version: i64, zone: Zone, defined: Definitions) -> Self {
        let groups = defined.mcc_groups.into_iter();
        let mcc_groups = groups.map(|group| (group.token.clone(), group)).collect();
        let groups = defined.merchant_groups.into_iter();
        let merchant_groups = groups.map(|group| (group.token.clone(), group)).collect();
        let scoped = |control: AuthorizationControl| {
            let scope = control
                .merchants
                .resolve_group(&mcc_groups, &merchant_groups);
            let entry = Terms { scope, control };
            (
                entry.control.token.clone(),
                entry.control.applies.clone(),
                entry,
            )
        };
        let authorization =
            Indexed::index_by_subject(defined.authorization.into_iter().map(scoped));
        let exemptions = Indexed::index_by_subject(defined.exemptions.into_iter().map(scoped));
        let in_force = defined
            .velocity
            .into_iter()
            .filter(|control| control.active);
        let velocity = in_force.map(|control| {
            let scope = control
                .merchants
                .resolve_group(&mcc_groups, &merchant_groups);
            let fingerprint = ControlFingerprint::of(&control, &scope, &zone);
            let (token, applies) = (control.token.clone(), control.applies.clone());
            (
                token,
                applies,
                Velocity {
                    control,
                    scope,
                    fingerprint,
                },
            )
        });
        let velocity = Indexed::index_by_subject(velocity);
        Self {
            version,
            zone,
            velocity,
            authorization,
            exemptions,
            mcc_groups,
            merchant_groups,
            rules: defined.rules.into_iter().collect(),
        }
    }

    /// An active limit by its name.
    #[must_use]
    pub fn velocity(&self, token: &ControlToken) -> Option<&Velocity> {
        self.velocity.all.get(token).map(AsRef::as_ref)
    }

    /// The limits for an account, one of its cards and the card's product: the widest first, by name.
    pub fn velocity_for<'a>(
        &'a self,
        subject: ControlSubject<'a>,
    ) -> impl Iterator<Item = &'a Velocity> {
        self.velocity.for_subject(subject)
    }

    /// Is there any limit at all?
    #[must_use]
    pub fn has_velocity(&self) -> bool {
        !self.velocity.all.is_empty()
    }

    /// Where they may spend.
    pub fn authorization_for<'a>(
        &'a self,
        subject: ControlSubject<'a>,
    ) -> impl Iterator<Item = &'a Terms> {
        self.authorization.for_subject(subject)
    }

    /// Where that is not asked.
    pub fn exemptions_for<'a>(
        &'a self,
        subject: ControlSubject<'a>,
    ) -> impl Iterator<Item = &'a Terms> {
        self.exemptions.for_subject(subject)
    }

    /// A group of merchant categories by its name.
    #[must_use]
    pub fn mcc_group(&self, token: &GroupToken) -> Option<&MccGroup> {
        self.mcc_groups.get(token)
    }

    /// A group of merchants by its name.
    #[must_use]
    pub fn merchant_group(&self, token: &GroupToken) -> Option<&MerchantGroup> {
        self.merchant_groups.get(token)
    }

    /// The active groups that a merchant category is in, by name.
    pub fn groups_of<'a>(&'a self, mcc: &'a str) -> impl Iterator<Item = &'a MccGroup> {
        let groups = self.mcc_groups.values();
        groups.filter(move |group| group.active && group.contains(mcc))
    }

    /// Days that an authorization in this category is held, by the first group that says so.
    #[must_use]
    pub fn hold_days(&self, mcc: &str) -> Option<u16> {
        self.groups_of(mcc).find_map(|group| group.hold_days)
    }

    /// What is held beyond the amount in this category, by the first group that says so.
    #[must_use]
    pub fn hold_increase(&self, mcc: &str) -> Option<Increase> {
        self.groups_of(mcc).find_map(|group| group.increase)
    }

    /// The rules of a card, an account or the program.
    #[must_use]
    pub fn rules(&self, of: &RulesOf) -> Option<&Rules> {
        self.rules.rules_of(of)
    }

    /// The rules that bind a purchase of theirs.
    #[must_use]
    pub fn rules_in_force(&self, subject: ControlSubject<'_>) -> RulesInForce<'_> {
        self.rules.in_force(subject)
    }
}
