//! Money that is not in these books: Marqeta's own GPA, the program's reserve, banking products.

use super::{Pattern, TypeEntry};
use crate::catalog::{Template, Way};
use holdfast_ledger::fact::Role;

const fn gpa(prefix: &'static str, about: &'static str) -> TypeEntry {
    TypeEntry::new(
        Pattern::Prefix(prefix),
        Template::Twin,
        Role::Alone,
        Way::Either,
        about,
    )
}

const fn banking(prefix: &'static str, about: &'static str) -> TypeEntry {
    TypeEntry::new(
        Pattern::Prefix(prefix),
        Template::Elsewhere,
        Role::Alone,
        Way::Either,
        about,
    )
    .inferred()
}

/// GPA transactions: doubles of card messages, for Marqeta's own balance (reference section 7.1), and what is
/// moved between GPA balances by hand.
pub(super) const GPA: &[TypeEntry] = &[
    gpa(
        "gpa.credit",
        "Money into the GPA, as for a debit or a clearing",
    ),
    gpa("gpa.debit", "Money out of the GPA, as for a credit"),
    gpa("gpa.grant", "Money granted to the GPA"),
    gpa("msa.", "Money of a merchant-specific balance at Marqeta"),
];

/// Accounts and products of Marqeta that are not kept here. With a JIT block such a message alerts.
pub(super) const BANKING: &[TypeEntry] = &[
    banking("programreserve.", "The program's reserve"),
    banking("account.credit", "A credit to an account at Marqeta"),
    banking("account.debit", "A debit to an account at Marqeta"),
    banking("account.transfer", "A transfer between accounts at Marqeta"),
    banking("transfer.", "A transfer between balances at Marqeta"),
    banking("funds.expire", "Funds at Marqeta expired"),
    banking("reward.earn", "A reward was earned"),
    banking("fps.", "UK Faster Payments"),
    banking("open.banking.", "UK Faster Payments by open banking"),
    banking("ach.", "A transfer by ACH"),
    banking("check.", "A paper check"),
    banking("billpay.", "Bill payment by Marqeta's service"),
    banking("pushtocard.", "Money pushed to a card by the program"),
    banking("pullfromcard.", "Money pulled from another card"),
    banking("accountfunding.", "Money pulled from another card"),
    banking("interest.", "Interest of an account at Marqeta"),
    banking("deposit.network.sweep", "A sweep of deposits"),
    banking("receivables.", "Receivables of a credit program"),
    banking("escheatment.", "Unclaimed money"),
    banking("written.off.", "Written off by Marqeta"),
];
