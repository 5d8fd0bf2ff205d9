//! The methods, in the order of reference section 2.

use super::MethodEntry as Row;
use crate::catalog::Template::{
    Advice, Clearing, Credit, CreditAuthorization, CreditClearing, CreditReversal, Debit,
    DebitReversal, Dispute, Increment, Inquiry, Notice, Opener, Reversal,
};
use crate::catalog::Way::{Either, Load, None, Unload};
use holdfast_ledger::fact::DisputeStep::{Lost, Opened, ProvisionalCredit, ProvisionalDebit};

/// Every method that the reference knows.
pub static METHODS: &[Row] = &[
    // Purchases.
    Row::new("pgfs.authorization", Opener, Load)
        .with(&["account.funding.authorization"])
        .asked(),
    Row::new("pgfs.authorization.account_verification", Opener, Load)
        .with(&["authorization"])
        .asked()
        .inferred(),
    Row::new("pgfs.authorization.incremental", Increment, Load).asked(),
    Row::new("pgfs.authorization.cashback", Opener, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.authorization.quasi.cash", Opener, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.atm.withdrawal", Opener, Load)
        .with(&["authorization.atm.withdrawal"])
        .asked()
        .inferred(),
    Row::new("pgfs.auth_plus_capture", Debit, Load)
        .with(&[
            "pindebit",
            "pindebit.cashback",
            "pindebit.atm.withdrawal",
            "account.funding.auth_plus_capture",
        ])
        .asked(),
    Row::new("pgfs.pindebit", Debit, Load).asked().inferred(),
    Row::new("pgfs.pindebit.cashback", Debit, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.pindebit.atm.withdrawal", Debit, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.pindebit.quasi.cash", Debit, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.pindebit.transfer", Debit, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.pindebit.authorization", Opener, Load)
        .asked()
        .inferred(),
    Row::new("pgfs.pindebit.authorization.clearing", Clearing, Load).inferred(),
    Row::new("pgfs.pindebit.authorization.reversal", Reversal, Load)
        .with(&["pindebit.authorization.reversal.issuerexpiration"])
        .inferred(),
    Row::new(
        "pgfs.pindebit.authorization.reversal.issuerexpiration",
        Reversal,
        Load,
    )
    .inferred(),
    Row::new("pgfs.balanceinquiry", Inquiry, Load).asked(),
    Row::new("pgfs.pindebit.balanceinquiry", Inquiry, Load).asked(),
    Row::new("pgfs.billpayment", Opener, Load).asked(),
    Row::new("pgfs.billpayment.capture", Clearing, Load).asked(),
    Row::new("pgfs.billpayment.reversal", Reversal, Load).inferred(),
    // Credits.
    Row::new(
        "pgfs.original.credit.authorization",
        CreditAuthorization,
        Unload,
    )
    .asked(),
    Row::new("pgfs.original.credit.auth_plus_capture", Credit, Unload).asked(),
    Row::new(
        "pgfs.original.credit.authorization.clearing",
        CreditClearing,
        Unload,
    ),
    Row::new(
        "pgfs.original.credit.authorization.reversal",
        CreditReversal,
        Either,
    )
    .inferred(),
    Row::new(
        "pgfs.original.credit.auth_plus_capture.reversal",
        CreditReversal,
        Either,
    )
    .inferred(),
    Row::new("pgfs.refund.authorization", CreditAuthorization, Unload).asked(),
    Row::new("pgfs.refund.authorization.reversal", CreditReversal, Either).inferred(),
    Row::new("pgfs.refund.authorization.clearing", CreditClearing, Unload),
    Row::new("pgfs.refund", Credit, Unload).with(&["refund.authorization.clearing"]),
    Row::new("pgfs.pindebit.refund", Credit, Unload),
    // What follows a purchase.
    Row::new("pgfs.authorization.clearing", Clearing, Load).with(&[
        "authorization.clearing.atm.withdrawal",
        "authorization.clearing.cashback",
        "authorization.clearing.quasi.cash",
        "account.funding.authorization.clearing",
    ]),
    Row::new("pgfs.authorization.capture", Clearing, Load).with(&["authorization.clearing"]),
    Row::new("pgfs.atm.clearing.withdrawal", Clearing, Load)
        .with(&["authorization.clearing.atm.withdrawal"])
        .inferred(),
    Row::new("pgfs.authorization.clearing.quasi.cash", Clearing, Load).inferred(),
    Row::new("pgfs.force_capture", Clearing, Load).with(&["authorization.clearing"]),
    Row::new("pgfs.authorization.reversal", Reversal, Load).with(&[
        "authorization.reversal.issuerexpiration",
        "authorization.advice",
        "account.funding.authorization.reversal",
    ]),
    Row::new("pgfs.authorization.advice", Advice, Load).inferred(),
    // Disputes.
    Row::new(
        "pgfs.authorization.capture.chargeback",
        Dispute(Opened),
        Unload,
    )
    .with(&[
        "authorization.clearing.chargeback",
        "authorization.clearing.chargeback.completed",
    ])
    .inferred(),
    Row::new(
        "pgfs.authorization.capture.chargeback.reversal",
        Dispute(Lost),
        Load,
    )
    .with(&["authorization.clearing.chargeback.reversal"])
    .inferred(),
    Row::new("pgfs.pindebit.chargeback", Dispute(Opened), Unload)
        .with(&["pindebit.chargeback.completed"])
        .inferred(),
    Row::new("pgfs.pindebit.chargeback.reversal", Dispute(Lost), Load).inferred(),
    Row::new("pgfs.dispute.credit", Dispute(ProvisionalCredit), Unload)
        .with(&[
            "authorization.clearing.chargeback.provisional.credit",
            "pindebit.chargeback.provisional.credit",
        ])
        .inferred(),
    Row::new("pgfs.dispute.debit", Dispute(ProvisionalDebit), Load)
        .with(&[
            "authorization.clearing.chargeback.provisional.debit",
            "pindebit.chargeback.provisional.debit",
        ])
        .inferred(),
    // Direct deposits, adjustments, loads.
    Row::new("pgfs.directdeposit.credit", CreditClearing, Unload)
        .with(&["directdeposit.credit.pending"])
        .inferred(),
    Row::new("pgfs.directdeposit.credit.reversal", CreditReversal, Either).inferred(),
    Row::new("pgfs.directdeposit.debit", Debit, Load).inferred(),
    Row::new("pgfs.directdeposit.debit.reversal", DebitReversal, Either).inferred(),
    Row::new("pgfs.adjustment.credit", Credit, Unload)
        .with(&["pindebit.credit.adjustment", "fee.collection.credit"])
        .inferred(),
    Row::new("pgfs.adjustment.debit", Debit, Load)
        .with(&[
            "pindebit.debit.adjustment",
            "fee.collection.debit",
            "fee.charge",
        ])
        .inferred(),
    Row::new("pgfs.network.load", Credit, Unload)
        .with(&["gpa.credit.networkload"])
        .inferred(),
    // Approved for us.
    Row::new("pgfs.authorization.standin", Opener, Load).inferred(),
    Row::new("pgfs.auth_plus_capture.standin", Debit, Load)
        .with(&["pindebit"])
        .inferred(),
    // We choose no product: the answer leaves Marqeta's default.
    Row::new("pgfs.product.inquiry", Notice, None)
        .asked()
        .inferred(),
];
