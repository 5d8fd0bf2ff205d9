//! Types known by how their names begin and end, tried after all exact names.

use super::{Pattern, TypeEntry};
use crate::catalog::{Template, Way};
use holdfast_ledger::fact::Role;

/// What takes money back of a type that moves it, where Marqeta lists no name for it.
const fn opposite(pattern: Pattern, template: Template) -> TypeEntry {
    TypeEntry::new(pattern, template, Role::FollowUp, Way::Either, "Taken back").inferred()
}

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
    opposite(
        Pattern::Between("fee.collection.credit", ".reversal"),
        Template::CreditReversal,
    ),
    opposite(
        Pattern::Between("fee.", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(Pattern::Between("fee.", ".refund"), Template::DebitReversal),
    opposite(
        Pattern::Between("dispute.debit", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(
        Pattern::Between("dispute.credit", ".reversal"),
        Template::CreditReversal,
    ),
    opposite(
        Pattern::Between("pindebit.debit", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(
        Pattern::Between("pindebit.credit", ".reversal"),
        Template::CreditReversal,
    ),
    opposite(
        Pattern::Between("pindebit.financial", ".reversal"),
        Template::CreditReversal,
    ),
    opposite(
        Pattern::Between("pindebit.authorization", ".reversal"),
        Template::Reversal,
    ),
    opposite(
        Pattern::Between("pindebit", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(
        Pattern::Between("debit.adjustment", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(
        Pattern::Between("credit.adjustment", ".reversal"),
        Template::CreditReversal,
    ),
    opposite(
        Pattern::Between("account.funding.auth_plus_capture", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(
        Pattern::Between("account.funding.authorization", ".reversal"),
        Template::Reversal,
    ),
    opposite(
        Pattern::Between("directdeposit.debit", ".reversal"),
        Template::DebitReversal,
    ),
    opposite(
        Pattern::Between("directdeposit.credit", ".reversal"),
        Template::CreditReversal,
    ),
    opposite(
        Pattern::Between("refund", ".reversal"),
        Template::CreditReversal,
    ),
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
