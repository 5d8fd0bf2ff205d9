//! At which merchants a control counts (Marqeta's `merchant_scope`).

use super::group::{MccGroup, MerchantGroup};
use crate::hold::MccRange;
use crate::token::GroupToken;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// At which merchants, as a control says it: at most one of Marqeta's fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MerchantScope {
    /// Everywhere.
    #[default]
    All,
    /// A merchant category: `mcc`. A range is read as well.
    Mcc(MccRange),
    /// A group of categories: `mcc_group`.
    MccGroup(GroupToken),
    /// One merchant: `mid`.
    Mid(String),
    /// A group of merchants: `merchant_group_token`.
    MerchantGroup(GroupToken),
}

/// The same with its groups looked up: what is compared with a purchase.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere.
    All,
    /// In these categories. Empty where the group is gone or not active: nowhere.
    Mccs(Vec<MccRange>),
    /// At these merchants.
    Mids(BTreeSet<String>),
}

impl MerchantScope {
    /// Looks its group up.
    #[must_use]
    pub fn resolve_group(
        &self,
        mccs: &BTreeMap<GroupToken, MccGroup>,
        merchants: &BTreeMap<GroupToken, MerchantGroup>,
    ) -> Scope {
        match self {
            Self::All => Scope::All,
            Self::Mcc(range) => Scope::Mccs(vec![*range]),
            Self::MccGroup(token) => {
                let group = mccs.get(token).filter(|group| group.active);
                Scope::Mccs(group.map_or_else(Vec::new, |group| group.mccs.clone()))
            }
            Self::Mid(mid) => Scope::Mids(BTreeSet::from([mid.clone()])),
            Self::MerchantGroup(token) => Scope::Mids(
                merchants
                    .get(token)
                    .map_or_else(BTreeSet::new, |group| group.mids.clone()),
            ),
        }
    }

    /// Does it name merchants and not categories?
    #[must_use]
    pub fn names_merchants(&self) -> bool {
        matches!(self, Self::Mid(_) | Self::MerchantGroup(_))
    }

    /// As it is shown: `mcc 5411`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::All => "all merchants".to_owned(),
            Self::Mcc(range) => format!("mcc {range}"),
            Self::MccGroup(token) => format!("mcc group {token}"),
            Self::Mid(mid) => format!("merchant {mid}"),
            Self::MerchantGroup(token) => format!("merchant group {token}"),
        }
    }
}

impl Scope {
    /// Is the merchant one of these? An unknown merchant is in the scope of all merchants only.
    #[must_use]
    pub fn covers(&self, mcc: Option<&str>, mid: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Mccs(ranges) => {
                mcc.is_some_and(|mcc| ranges.iter().any(|range| range.contains(mcc)))
            }
            Self::Mids(mids) => mid.is_some_and(|mid| mids.contains(mid)),
        }
    }
}
