//! The kinds of things that Marqeta's API has resources for.

/// What a definition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A spending limit.
    Velocity,
    /// Where may be spent.
    Authorization,
    /// Merchants that are exempt from authorization controls: Marqeta's `exemptmids`.
    Exemption,
    /// A group of merchant categories.
    MccGroup,
    /// A group of merchants.
    MerchantGroup,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Velocity,
        Self::Authorization,
        Self::Exemption,
        Self::MccGroup,
        Self::MerchantGroup,
    ];

    /// The kind of a definition, as it is stored; `None` for rules, which Marqeta does not have.
    #[must_use]
    pub fn stored_as(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.stored() == name)
    }

    /// As it is stored: what `holdfast_ledger::control::Definition::kind` says.
    #[must_use]
    pub fn stored(self) -> &'static str {
        match self {
            Self::Velocity => "velocity",
            Self::Authorization => "authorization",
            Self::Exemption => "exemption",
            Self::MccGroup => "mcc_group",
            Self::MerchantGroup => "merchant_group",
        }
    }

    /// For people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Velocity => "velocity control",
            Self::Authorization => "authorization control",
            Self::Exemption => "exemption",
            Self::MccGroup => "mcc group",
            Self::MerchantGroup => "merchant group",
        }
    }

    /// Is it a group, which controls name?
    #[must_use]
    pub fn is_group(self) -> bool {
        matches!(self, Self::MccGroup | Self::MerchantGroup)
    }
}
