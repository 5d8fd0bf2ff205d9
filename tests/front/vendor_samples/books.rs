//! What each of the samples does to the books.

use super::samples::Sample;

/// What a message does to the account, as `posted held pending_credit` against the 100.00 that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Books {
    /// Changes it so.
    Moves(&'static str),
    /// The same, where credits without a JIT block are booked; else nothing.
    Credits(&'static str),
    /// Nothing, but it was understood.
    Nothing,
    /// It cannot be applied: it waits for a person.
    Parked,
}
use Books::{Credits, Moves, Nothing, Parked};

/// Each sample by its name, without the number. A follow-up stands alone here: its purchase is not notified, so a
/// reversal has nothing to undo, while a clearing posts and an advice sets the total all the same.
const TABLE: &[(&str, Books)] = &[
    ("authorization", Moves("100.00 10.00 0.00")),
    // Cut down to what its page explains: without a currency nothing can be booked.
    ("authorization-minimal", Parked),
    // The twin of a purchase.
    ("gpa.credit.authorization", Nothing),
    (
        "account.funding.auth_plus_capture",
        Moves("90.00 0.00 0.00"),
    ),
    ("account.funding.auth_plus_capture.reversal", Nothing),
    ("account.funding.authorization", Moves("100.00 10.00 0.00")),
    (
        "account.funding.authorization.clearing",
        Moves("90.00 0.00 0.00"),
    ),
    ("account.funding.authorization.reversal", Nothing),
    ("authorization.advice", Moves("100.00 10.00 0.00")),
    ("authorization.atm.withdrawal", Moves("100.00 10.00 0.00")),
    // 10.00 of goods and 10.00 of cash.
    ("authorization.cashback", Moves("100.00 20.00 0.00")),
    ("authorization.clearing", Moves("90.00 0.00 0.00")),
    (
        "authorization.clearing.atm.withdrawal",
        Moves("90.00 0.00 0.00"),
    ),
    (
        "authorization.clearing.quasi.cash",
        Moves("90.00 0.00 0.00"),
    ),
    ("authorization.incremental", Moves("100.00 5.00 0.00")),
    ("authorization.quasi.cash", Moves("100.00 10.00 0.00")),
    ("authorization.reversal", Nothing),
    (
        "original.credit.auth_plus_capture",
        Credits("110.00 0.00 0.00"),
    ),
    ("original.credit.auth_plus_capture.reversal", Nothing),
    (
        "original.credit.authorization",
        Credits("100.00 0.00 10.00"),
    ),
    (
        "original.credit.authorization.clearing",
        Credits("110.00 0.00 0.00"),
    ),
    ("pindebit", Moves("90.00 0.00 0.00")),
    ("pindebit.atm.withdrawal", Moves("90.00 0.00 0.00")),
    ("pindebit.authorization", Moves("100.00 10.00 0.00")),
    ("pindebit.authorization.clearing", Moves("90.00 0.00 0.00")),
    ("pindebit.authorization.reversal", Nothing),
    ("pindebit.balanceinquiry", Nothing),
    // The cash is inside the amount.
    ("pindebit.cashback", Moves("85.00 0.00 0.00")),
    ("pindebit.quasi.cash", Moves("90.00 0.00 0.00")),
    ("pindebit.refund", Credits("110.00 0.00 0.00")),
    ("refund", Credits("110.00 0.00 0.00")),
    ("refund.authorization", Credits("100.00 0.00 10.00")),
    ("refund.authorization.clearing", Credits("110.00 0.00 0.00")),
    ("refund.authorization.reversal", Nothing),
];

/// What a sample does.
pub(super) fn books(sample: &Sample) -> Books {
    let row = TABLE.iter().find(|(name, _)| *name == sample.name);
    row.unwrap_or_else(|| panic!("{} is not in the table", sample.file))
        .1
}
