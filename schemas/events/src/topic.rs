//! The topics.

use std::fmt;

/// A Kafka topic of ours. Key of every record is the account token, save for changes of
/// what is no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Each decision, approved or declined.
    Authorizations,
    /// Notifications that move money finally.
    Clearings,
    /// Notifications that shrink or drop a hold.
    Reversals,
    /// All other notifications.
    Notices,
    /// The ledger changed by anything but a decision.
    Adjustments,
    /// An account, card, control, rule or setting changed.
    ProgramChanges,
    /// Clearings that could not be applied.
    ClearingsDlq,
    /// Reversals that could not be applied.
    ReversalsDlq,
    /// Notices that could not be applied.
    NoticesDlq,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 9] = [
        Self::Authorizations,
        Self::Clearings,
        Self::Reversals,
        Self::Notices,
        Self::Adjustments,
        Self::ProgramChanges,
        Self::ClearingsDlq,
        Self::ReversalsDlq,
        Self::NoticesDlq,
    ];

    /// The topic's name in Kafka.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Authorizations => "jit.authorizations.v1",
            Self::Clearings => "jit.clearings.v1",
            Self::Reversals => "jit.reversals.v1",
            Self::Notices => "jit.notices.v1",
            Self::Adjustments => "ledger.adjustments.v1",
            Self::ProgramChanges => "program.changes.v1",
            Self::ClearingsDlq => "jit.clearings.v1.dlq",
            Self::ReversalsDlq => "jit.reversals.v1.dlq",
            Self::NoticesDlq => "jit.notices.v1.dlq",
        }
    }

    /// The topic of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// Where its records go when they cannot be applied; `None` for topics that no worker of ours reads.
    #[must_use]
    pub fn dlq(self) -> Option<Self> {
        match self {
            Self::Clearings => Some(Self::ClearingsDlq),
            Self::Reversals => Some(Self::ReversalsDlq),
            Self::Notices => Some(Self::NoticesDlq),
            _ => None,
        }
    }

    /// May Kafka drop a record once a newer one has the same key? Each record then says the whole state.
    #[must_use]
    pub fn is_compacted(self) -> bool {
        self == Self::ProgramChanges
    }

    /// Is it one of the dead-letter topics?
    #[must_use]
    pub fn is_dlq(self) -> bool {
        matches!(
            self,
            Self::ClearingsDlq | Self::ReversalsDlq | Self::NoticesDlq
        )
    }

    /// Do its events carry `entries`, the money that they move?
    #[must_use]
    pub fn moves_money(self) -> bool {
        matches!(self, Self::Authorizations | Self::Adjustments)
    }

    /// The CloudEvents type of its records.
    #[must_use]
    pub fn event_type(self) -> &'static str {
        match self {
            Self::Authorizations => "holdfast.jit.authorization.v1",
            Self::Clearings => "holdfast.jit.clearing.v1",
            Self::Reversals => "holdfast.jit.reversal.v1",
            Self::Notices => "holdfast.jit.notice.v1",
            Self::Adjustments => "holdfast.ledger.adjustment.v1",
            Self::ProgramChanges => "holdfast.program.change.v1",
            Self::ClearingsDlq | Self::ReversalsDlq | Self::NoticesDlq => "holdfast.dead_letter.v1",
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
