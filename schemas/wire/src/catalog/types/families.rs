//! Types known by how their names begin and end, tried after all exact names.

use super::{Pattern, TypeEntry};
use crate::catalog::{Template, Way};
use holdfast_ledger::fact::Role;

/// The families. An expired credit takes its promise back; any other expiration drops a hold.
pub(super) const FAMILIES: &[TypeEntry] = &[
    TypeEntry::new(
        Pattern::Between("refund.authorization", ".issuerexpiration"),
        Template::CreditReversal,
        Role::FollowUp,
        Way::Either,
        "The time for a refund is over",
    )
    .inferred(),
    TypeEntry::new(
        Pattern::Between("original.credit.", ".issuerexpiration"),
        Template::CreditReversal,
        Role::FollowUp,
        Way::Either,
        "The time for money sent is over",
    )
    .inferred(),
    TypeEntry::new(
        Pattern::Between("original.credit.", ".reversal"),
        Template::CreditReversal,
        Role::FollowUp,
        Way::Either,
        "Money sent will not come, or is taken back",
    ),
    TypeEntry::new(
        Pattern::Between("", ".issuerexpiration"),
        Template::IssuerExpiration,
        Role::FollowUp,
        Way::Load,
        "The network's time for it is over",
    )
    .inferred(),
    TypeEntry::new(
        Pattern::Prefix("token."),
        Template::Notice,
        Role::Alone,
        Way::None,
        "A digital wallet's token",
    ),
    TypeEntry::new(
        Pattern::Prefix("pin.change"),
        Template::Notice,
        Role::Alone,
        Way::None,
        "The PIN was changed",
    ),
];
