//! Types known by how their names begin and end, tried after all exact names.

use super::{Pattern, TypeEntry};
use crate::catalog::{Template, Way};
use holdfast_ledger::fact::Role;

const fn family(pattern: Pattern, template: Template, role: Role, way: Way) -> TypeEntry {
    TypeEntry::new(pattern, template, role, way)
}

/// The families. An expired credit takes its promise back; any other expiration drops a hold.
pub static FAMILIES: &[TypeEntry] = &[
    family(
        Pattern::Between("refund.authorization", ".issuerexpiration"),
        Template::CreditReversal,
        Role::FollowUp,
        Way::Either,
    )
    .inferred(),
    family(
        Pattern::Between("original.credit.", ".issuerexpiration"),
        Template::CreditReversal,
        Role::FollowUp,
        Way::Either,
    )
    .inferred(),
    family(
        Pattern::Between("original.credit.", ".reversal"),
        Template::CreditReversal,
        Role::FollowUp,
        Way::Either,
    ),
    family(
        Pattern::Between("", ".issuerexpiration"),
        Template::IssuerExpiration,
        Role::FollowUp,
        Way::Load,
    )
    .inferred(),
    family(
        Pattern::Prefix("authorization.clearing.chargeback."),
        Template::Dispute,
        Role::Alone,
        Way::Either,
    ),
    family(
        Pattern::Prefix("pindebit.chargeback."),
        Template::Dispute,
        Role::Alone,
        Way::Either,
    ),
    family(
        Pattern::Prefix("token."),
        Template::Notice,
        Role::Alone,
        Way::None,
    ),
    family(
        Pattern::Prefix("pin.change"),
        Template::Notice,
        Role::Alone,
        Way::None,
    ),
];
