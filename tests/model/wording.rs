//! Marqeta's words, and what each means for the books: one row a transaction type, as sections 2, 3.9
//! and 6 of the reference have them.

/// What a message does, once it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Original,
    Increment,
    Advice,
    /// Releases its own amount.
    Reversal,
    /// Releases all: it names no amount, or the network's time is over.
    ReleaseAll,
    Clearing,
    ForceCapture,
    Debit,
    DebitReversal,
    Credit,
    CreditAuthorization,
    CreditClearing,
    CreditReversal,
    ProvisionalCredit,
    ProvisionalDebit,
    DisputeWon,
    DisputeLost,
    Nothing,
}

impl Meaning {
    /// Is it the merchant's final amount?
    pub(crate) fn is_clearing(self) -> bool {
        matches!(self, Self::Clearing | Self::ForceCapture)
    }

    /// Something is held or promised until it expires.
    pub(crate) fn is_approval(self) -> bool {
        matches!(
            self,
            Self::Original | Self::Increment | Self::Advice | Self::CreditAuthorization
        )
    }
}

/// Where the JIT block sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Load,
    Unload,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Wording {
    /// As tables write it.
    pub(crate) name: &'static str,
    /// `type`.
    pub(crate) kind: &'static str,
    /// `jit_funding.method`.
    pub(crate) method: &'static str,
    pub(crate) order: Order,
    /// State when all goes well.
    pub(crate) success: &'static str,
    /// Is the gateway asked first?
    pub(crate) is_asked: bool,
    pub(crate) meaning: Meaning,
}

impl Wording {
    /// Does the message say an amount?
    pub(crate) fn names_amount(&self) -> bool {
        !self.name.ends_with("/all")
    }
}

impl PartialEq for Wording {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const fn row(
    name: &'static str,
    kind: &'static str,
    method: &'static str,
    order: Order,
    success: &'static str,
    is_asked: bool,
    meaning: Meaning,
) -> Wording {
    Wording {
        name,
        kind,
        method,
        order,
        success,
        is_asked,
        meaning,
    }
}

/// The row of this name.
pub(crate) fn wording(name: &str) -> Option<&'static Wording> {
    WORDINGS.iter().find(|wording| wording.name == name)
}

use Meaning::*;
use Order::{Load, Unload};

const ASKED: bool = true;
const NOTIFIED: bool = false;
const PENDING: &str = "PENDING";
const DONE: &str = "COMPLETION";
const CLEARED: &str = "CLEARED";

/// All of them.
#[rustfmt::skip]
pub(crate) static WORDINGS: &[Wording] = &[
    row("authorization", "authorization", "pgfs.authorization", Load, PENDING, ASKED, Original),
    row("authorization.cashback", "authorization.cashback", "pgfs.authorization.cashback", Load, PENDING, ASKED, Original),
    row("authorization.quasi.cash", "authorization.quasi.cash", "pgfs.authorization.quasi.cash", Load, PENDING, ASKED, Original),
    row("authorization.atm.withdrawal", "authorization.atm.withdrawal", "pgfs.atm.withdrawal", Load, PENDING, ASKED, Original),
    row("account.funding.authorization", "account.funding.authorization", "pgfs.authorization", Load, PENDING, ASKED, Original),
    row("billpayment", "billpayment", "pgfs.billpayment", Load, PENDING, ASKED, Original),
    row("billpayment.capture", "billpayment.capture", "pgfs.billpayment.capture", Load, DONE, ASKED, Clearing),
    row("billpayment.reversal", "billpayment.reversal", "pgfs.billpayment.reversal", Load, CLEARED, NOTIFIED, Reversal),
    row("pindebit.authorization", "pindebit.authorization", "pgfs.pindebit.authorization", Load, PENDING, ASKED, Original),
    row("authorization.standin", "authorization.standin", "pgfs.authorization.standin", Load, PENDING, NOTIFIED, Original),
    row("authorization.incremental", "authorization.incremental", "pgfs.authorization.incremental", Load, PENDING, ASKED, Increment),
    row("authorization.advice", "authorization.advice", "pgfs.authorization.reversal", Load, PENDING, NOTIFIED, Advice),
    row("authorization.advice/new", "authorization.advice", "pgfs.authorization.advice", Load, PENDING, NOTIFIED, Advice),
    row("authorization.reversal/part", "authorization.reversal", "pgfs.authorization.reversal", Load, PENDING, NOTIFIED, Reversal),
    row("authorization.reversal", "authorization.reversal", "pgfs.authorization.reversal", Load, CLEARED, NOTIFIED, Reversal),
    row("authorization.reversal/all", "authorization.reversal", "pgfs.authorization.reversal", Load, CLEARED, NOTIFIED, ReleaseAll),
    row("authorization.reversal.issuerexpiration", "authorization.reversal.issuerexpiration", "pgfs.authorization.reversal", Load, CLEARED, NOTIFIED, ReleaseAll),
    row("account.funding.authorization.reversal", "account.funding.authorization.reversal", "pgfs.authorization.reversal", Load, CLEARED, NOTIFIED, Reversal),
    row("pindebit.authorization.reversal", "pindebit.authorization.reversal", "pgfs.pindebit.authorization.reversal", Load, CLEARED, NOTIFIED, Reversal),
    row("pindebit.authorization.reversal/all", "pindebit.authorization.reversal", "pgfs.pindebit.authorization.reversal", Load, PENDING, NOTIFIED, ReleaseAll),
    row("pindebit.authorization.reversal.issuerexpiration", "pindebit.authorization.reversal.issuerexpiration", "pgfs.pindebit.authorization.reversal", Load, CLEARED, NOTIFIED, ReleaseAll),
    row("authorization.clearing", "authorization.clearing", "pgfs.authorization.clearing", Load, DONE, NOTIFIED, Clearing),
    row("authorization.clearing/old", "authorization.clearing", "pgfs.authorization.capture", Load, DONE, NOTIFIED, Clearing),
    row("authorization.clearing.cashback", "authorization.clearing.cashback", "pgfs.authorization.clearing", Load, DONE, NOTIFIED, Clearing),
    row("authorization.clearing.quasi.cash", "authorization.clearing.quasi.cash", "pgfs.authorization.clearing.quasi.cash", Load, DONE, NOTIFIED, Clearing),
    row("authorization.clearing.atm.withdrawal", "authorization.clearing.atm.withdrawal", "pgfs.atm.clearing.withdrawal", Load, DONE, NOTIFIED, Clearing),
    row("account.funding.authorization.clearing", "account.funding.authorization.clearing", "pgfs.authorization.clearing", Load, DONE, NOTIFIED, Clearing),
    row("pindebit.authorization.clearing", "pindebit.authorization.clearing", "pgfs.pindebit.authorization.clearing", Load, DONE, NOTIFIED, Clearing),
    row("force.capture", "authorization.clearing", "pgfs.force_capture", Load, DONE, NOTIFIED, ForceCapture),
    row("pindebit", "pindebit", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit/new", "pindebit", "pgfs.pindebit", Load, DONE, ASKED, Debit),
    row("pindebit.cashback", "pindebit.cashback", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit.atm.withdrawal", "pindebit.atm.withdrawal", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit.quasi.cash", "pindebit.quasi.cash", "pgfs.pindebit.quasi.cash", Load, DONE, ASKED, Debit),
    row("account.funding.auth_plus_capture", "account.funding.auth_plus_capture", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit.reversal", "pindebit.reversal", "pgfs.authorization.reversal", Load, DONE, NOTIFIED, DebitReversal),
    row("account.funding.auth_plus_capture.reversal", "account.funding.auth_plus_capture.reversal", "pgfs.authorization.reversal", Load, DONE, NOTIFIED, DebitReversal),
    row("refund", "refund", "pgfs.refund", Unload, DONE, NOTIFIED, Credit),
    row("pindebit.refund", "pindebit.refund", "pgfs.pindebit.refund", Unload, DONE, NOTIFIED, Credit),
    row("original.credit.auth_plus_capture", "original.credit.auth_plus_capture", "pgfs.original.credit.auth_plus_capture", Unload, DONE, ASKED, Credit),
    row("gpa.credit.networkload", "gpa.credit.networkload", "pgfs.network.load", Unload, DONE, NOTIFIED, Credit),
    row("refund.authorization", "refund.authorization", "pgfs.refund.authorization", Unload, PENDING, ASKED, CreditAuthorization),
    row("original.credit.authorization", "original.credit.authorization", "pgfs.original.credit.authorization", Unload, PENDING, ASKED, CreditAuthorization),
    row("refund.authorization.clearing", "refund.authorization.clearing", "pgfs.refund", Unload, DONE, NOTIFIED, CreditClearing),
    row("original.credit.authorization.clearing", "original.credit.authorization.clearing", "pgfs.original.credit.authorization.clearing", Unload, DONE, NOTIFIED, CreditClearing),
    row("refund.authorization.reversal", "refund.authorization.reversal", "pgfs.refund.authorization.reversal", Unload, CLEARED, NOTIFIED, CreditReversal),
    row("original.credit.authorization.reversal", "original.credit.authorization.reversal", "pgfs.original.credit.authorization.reversal", Unload, CLEARED, NOTIFIED, CreditReversal),
    row("original.credit.auth_plus_capture.reversal", "original.credit.auth_plus_capture.reversal", "pgfs.original.credit.authorization.reversal", Load, DONE, NOTIFIED, CreditReversal),
    row("pindebit.refund.reversal", "pindebit.refund.reversal", "pgfs.authorization.reversal", Load, DONE, NOTIFIED, CreditReversal),
    row("verification", "authorization", "pgfs.authorization.account_verification", Load, PENDING, ASKED, Nothing),
    row("balanceinquiry", "balanceinquiry", "pgfs.balanceinquiry", Load, CLEARED, ASKED, Nothing),
    row("pindebit.balanceinquiry", "pindebit.balanceinquiry", "pgfs.pindebit.balanceinquiry", Load, CLEARED, ASKED, Nothing),
    row("unknown", "authorization.novelty", "pgfs.novelty", Load, DONE, NOTIFIED, Nothing),
    row("chargeback", "authorization.clearing.chargeback", "pgfs.authorization.capture.chargeback", Unload, DONE, NOTIFIED, Nothing),
    row("chargeback.representment", "authorization.clearing.representment", "pgfs.authorization.capture.chargeback.reversal", Load, DONE, NOTIFIED, Nothing),
    row("chargeback.writeoff", "authorization.clearing.chargeback.writeoff", "pgfs.authorization.capture.chargeback", Unload, DONE, NOTIFIED, Nothing),
    row("chargeback.provisional.credit", "authorization.clearing.chargeback.provisional.credit", "pgfs.dispute.credit", Unload, DONE, NOTIFIED, ProvisionalCredit),
    row("chargeback.provisional.debit", "authorization.clearing.chargeback.provisional.debit", "pgfs.dispute.debit", Load, DONE, NOTIFIED, ProvisionalDebit),
    row("chargeback.completed", "authorization.clearing.chargeback.completed", "pgfs.authorization.capture.chargeback", Unload, DONE, NOTIFIED, DisputeWon),
    row("chargeback.reversal", "authorization.clearing.chargeback.reversal", "pgfs.authorization.capture.chargeback.reversal", Load, DONE, NOTIFIED, DisputeLost),
];
