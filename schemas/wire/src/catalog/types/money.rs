//! Types that move money.

use super::TypeEntry as Row;
use crate::catalog::Template::{
    Advice, Clearing, Credit, CreditAuthorization, CreditClearing, CreditReversal, Debit,
    DebitReversal, Increment, IssuerExpiration, Opener, Reversal,
};
use crate::catalog::Way::{Either, Load, Unload};

pub(super) const ROWS: &[Row] = &[
    // Holds.
    Row::opener("authorization", Opener, Load).asked(),
    Row::follow_up("authorization.incremental", Increment, Load).asked(),
    Row::opener("authorization.cashback", Opener, Load).asked(),
    Row::opener("authorization.atm.withdrawal", Opener, Load).asked(),
    Row::opener("authorization.quasi.cash", Opener, Load).asked(),
    Row::opener("authorization.standin", Opener, Load),
    Row::opener("account.funding.authorization", Opener, Load).asked(),
    Row::opener("pindebit.authorization", Opener, Load).asked(),
    Row::opener("billpayment", Opener, Load).asked().inferred(),
    // Changes of holds.
    Row::follow_up("authorization.advice", Advice, Load),
    Row::follow_up("authorization.reversal", Reversal, Load),
    Row::follow_up(
        "authorization.reversal.issuerexpiration",
        IssuerExpiration,
        Load,
    ),
    Row::follow_up("pindebit.authorization.reversal", Reversal, Load),
    Row::follow_up(
        "pindebit.authorization.reversal.issuerexpiration",
        IssuerExpiration,
        Load,
    ),
    Row::follow_up("account.funding.authorization.reversal", Reversal, Load),
    Row::follow_up("billpayment.reversal", Reversal, Load).inferred(),
    // Captures.
    Row::follow_up("authorization.clearing", Clearing, Load),
    Row::follow_up("authorization.clearing.cashback", Clearing, Load),
    Row::follow_up("authorization.clearing.atm.withdrawal", Clearing, Load),
    Row::follow_up("authorization.clearing.quasi.cash", Clearing, Load),
    Row::follow_up("account.funding.authorization.clearing", Clearing, Load),
    Row::follow_up("pindebit.authorization.clearing", Clearing, Load),
    Row::follow_up("billpayment.capture", Clearing, Load)
        .asked()
        .inferred(),
    // Debits at once.
    Row::opener("pindebit", Debit, Load).asked(),
    Row::opener("pindebit.cashback", Debit, Load).asked(),
    Row::opener("pindebit.atm.withdrawal", Debit, Load).asked(),
    Row::opener("pindebit.quasi.cash", Debit, Load).asked(),
    Row::opener("pindebit.transfer", Debit, Load)
        .asked()
        .inferred(),
    Row::opener("account.funding.auth_plus_capture", Debit, Load).asked(),
    Row::alone("fee.charge", Debit, Load),
    Row::alone("fee.collection.debit", Debit, Load),
    Row::alone("pindebit.debit.adjustment", Debit, Load),
    Row::opener("directdeposit.debit", Debit, Load).inferred(),
    // Debits taken back.
    Row::follow_up("pindebit.reversal", DebitReversal, Load),
    Row::follow_up(
        "account.funding.auth_plus_capture.reversal",
        DebitReversal,
        Load,
    ),
    Row::follow_up("directdeposit.debit.reversal", DebitReversal, Either).inferred(),
    // Credits. Offline ones have a hold of their own whatever they link to.
    Row::alone("refund", Credit, Unload),
    Row::alone("pindebit.refund", Credit, Unload),
    Row::alone("pindebit.credit.adjustment", Credit, Unload),
    Row::alone("fee.collection.credit", Credit, Unload),
    Row::alone("gpa.credit.networkload", Credit, Unload),
    Row::opener("original.credit.auth_plus_capture", Credit, Unload).asked(),
    // Promises of credit, and their clearings.
    Row::opener("refund.authorization", CreditAuthorization, Unload).asked(),
    Row::opener("original.credit.authorization", CreditAuthorization, Unload).asked(),
    Row::opener("directdeposit.credit.pending", CreditAuthorization, Unload),
    Row::follow_up("refund.authorization.clearing", CreditClearing, Unload),
    Row::follow_up(
        "original.credit.authorization.clearing",
        CreditClearing,
        Unload,
    ),
    Row::follow_up("directdeposit.credit", CreditClearing, Unload),
    // Credits taken back.
    Row::follow_up("refund.authorization.reversal", CreditReversal, Either),
    Row::follow_up("pindebit.refund.reversal", CreditReversal, Either),
    Row::follow_up(
        "original.credit.authorization.reversal",
        CreditReversal,
        Either,
    ),
    Row::follow_up(
        "original.credit.auth_plus_capture.reversal",
        CreditReversal,
        Either,
    ),
    Row::follow_up("directdeposit.credit.reversal", CreditReversal, Either),
];
