//! Marqeta's words, and what each means for the books: one row a transaction type, as sections 2, 3.9
//! and 6 of the reference have them.

/// What a message does, once it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Opener,
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

    /// Something is set aside or promised until it expires.
    pub(crate) fn is_approval(self) -> bool {
        matches!(
            self,
            Self::Opener | Self::Increment | Self::Advice | Self::CreditAuthorization
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
const TOLD: bool = false;
const PENDING: &str = "PENDING";
const DONE: &str = "COMPLETION";
const CLEARED: &str = "CLEARED";

/// All of them.
#[rustfmt::skip]
pub(crate) static WORDINGS: &[Wording] = &[
    row("authorization", "authorization", "pgfs.authorization", Load, PENDING, ASKED, Opener),
    row("authorization.cashback", "authorization.cashback", "pgfs.authorization.cashback", Load, PENDING, ASKED, Opener),
    row("authorization.quasi.cash", "authorization.quasi.cash", "pgfs.authorization.quasi.cash", Load, PENDING, ASKED, Opener),
    row("authorization.atm.withdrawal", "authorization.atm.withdrawal", "pgfs.atm.withdrawal", Load, PENDING, ASKED, Opener),
    row("account.funding.authorization", "account.funding.authorization", "pgfs.authorization", Load, PENDING, ASKED, Opener),
    row("billpayment", "billpayment", "pgfs.billpayment", Load, PENDING, ASKED, Opener),
    row("billpayment.capture", "billpayment.capture", "pgfs.billpayment.capture", Load, DONE, ASKED, Clearing),
    row("billpayment.reversal", "billpayment.reversal", "pgfs.billpayment.reversal", Load, CLEARED, TOLD, Reversal),
    row("pindebit.authorization", "pindebit.authorization", "pgfs.pindebit.authorization", Load, PENDING, ASKED, Opener),
    row("authorization.standin", "authorization.standin", "pgfs.authorization.standin", Load, PENDING, TOLD, Opener),
    row("authorization.incremental", "authorization.incremental", "pgfs.authorization.incremental", Load, PENDING, ASKED, Increment),
    row("authorization.advice", "authorization.advice", "pgfs.authorization.reversal", Load, PENDING, TOLD, Advice),
    row("authorization.advice/new", "authorization.advice", "pgfs.authorization.advice", Load, PENDING, TOLD, Advice),
    row("authorization.reversal/part", "authorization.reversal", "pgfs.authorization.reversal", Load, PENDING, TOLD, Reversal),
    row("authorization.reversal", "authorization.reversal", "pgfs.authorization.reversal", Load, CLEARED, TOLD, Reversal),
    row("authorization.reversal/all", "authorization.reversal", "pgfs.authorization.reversal", Load, CLEARED, TOLD, ReleaseAll),
    row("authorization.reversal.issuerexpiration", "authorization.reversal.issuerexpiration", "pgfs.authorization.reversal", Load, CLEARED, TOLD, ReleaseAll),
    row("account.funding.authorization.reversal", "account.funding.authorization.reversal", "pgfs.authorization.reversal", Load, CLEARED, TOLD, Reversal),
    row("pindebit.authorization.reversal", "pindebit.authorization.reversal", "pgfs.pindebit.authorization.reversal", Load, CLEARED, TOLD, Reversal),
    row("pindebit.authorization.reversal/all", "pindebit.authorization.reversal", "pgfs.pindebit.authorization.reversal", Load, PENDING, TOLD, ReleaseAll),
    row("pindebit.authorization.reversal.issuerexpiration", "pindebit.authorization.reversal.issuerexpiration", "pgfs.pindebit.authorization.reversal", Load, CLEARED, TOLD, ReleaseAll),
    row("authorization.clearing", "authorization.clearing", "pgfs.authorization.clearing", Load, DONE, TOLD, Clearing),
    row("authorization.clearing/old", "authorization.clearing", "pgfs.authorization.capture", Load, DONE, TOLD, Clearing),
    row("authorization.clearing.cashback", "authorization.clearing.cashback", "pgfs.authorization.clearing", Load, DONE, TOLD, Clearing),
    row("authorization.clearing.quasi.cash", "authorization.clearing.quasi.cash", "pgfs.authorization.clearing.quasi.cash", Load, DONE, TOLD, Clearing),
    row("authorization.clearing.atm.withdrawal", "authorization.clearing.atm.withdrawal", "pgfs.atm.clearing.withdrawal", Load, DONE, TOLD, Clearing),
    row("account.funding.authorization.clearing", "account.funding.authorization.clearing", "pgfs.authorization.clearing", Load, DONE, TOLD, Clearing),
    row("pindebit.authorization.clearing", "pindebit.authorization.clearing", "pgfs.pindebit.authorization.clearing", Load, DONE, TOLD, Clearing),
    row("force.capture", "authorization.clearing", "pgfs.force_capture", Load, DONE, TOLD, ForceCapture),
    row("pindebit", "pindebit", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit/new", "pindebit", "pgfs.pindebit", Load, DONE, ASKED, Debit),
    row("pindebit.cashback", "pindebit.cashback", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit.atm.withdrawal", "pindebit.atm.withdrawal", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit.quasi.cash", "pindebit.quasi.cash", "pgfs.pindebit.quasi.cash", Load, DONE, ASKED, Debit),
    row("account.funding.auth_plus_capture", "account.funding.auth_plus_capture", "pgfs.auth_plus_capture", Load, DONE, ASKED, Debit),
    row("pindebit.reversal", "pindebit.reversal", "pgfs.authorization.reversal", Load, DONE, TOLD, DebitReversal),
    row("account.funding.auth_plus_capture.reversal", "account.funding.auth_plus_capture.reversal", "pgfs.authorization.reversal", Load, DONE, TOLD, DebitReversal),
    row("refund", "refund", "pgfs.refund", Unload, DONE, TOLD, Credit),
    row("pindebit.refund", "pindebit.refund", "pgfs.pindebit.refund", Unload, DONE, TOLD, Credit),
    row("original.credit.auth_plus_capture", "original.credit.auth_plus_capture", "pgfs.original.credit.auth_plus_capture", Unload, DONE, ASKED, Credit),
    row("gpa.credit.networkload", "gpa.credit.networkload", "pgfs.network.load", Unload, DONE, TOLD, Credit),
    row("refund.authorization", "refund.authorization", "pgfs.refund.authorization", Unload, PENDING, ASKED, CreditAuthorization),
    row("original.credit.authorization", "original.credit.authorization", "pgfs.original.credit.authorization", Unload, PENDING, ASKED, CreditAuthorization),
    row("refund.authorization.clearing", "refund.authorization.clearing", "pgfs.refund", Unload, DONE, TOLD, CreditClearing),
    row("original.credit.authorization.clearing", "original.credit.authorization.clearing", "pgfs.original.credit.authorization.clearing", Unload, DONE, TOLD, CreditClearing),
    row("refund.authorization.reversal", "refund.authorization.reversal", "pgfs.refund.authorization.reversal", Unload, CLEARED, TOLD, CreditReversal),
    row("original.credit.authorization.reversal", "original.credit.authorization.reversal", "pgfs.original.credit.authorization.reversal", Unload, CLEARED, TOLD, CreditReversal),
    row("original.credit.auth_plus_capture.reversal", "original.credit.auth_plus_capture.reversal", "pgfs.original.credit.authorization.reversal", Load, DONE, TOLD, CreditReversal),
    row("pindebit.refund.reversal", "pindebit.refund.reversal", "pgfs.authorization.reversal", Load, DONE, TOLD, CreditReversal),
    row("verification", "authorization", "pgfs.authorization.account_verification", Load, PENDING, ASKED, Nothing),
    row("balanceinquiry", "balanceinquiry", "pgfs.balanceinquiry", Load, CLEARED, ASKED, Nothing),
    row("pindebit.balanceinquiry", "pindebit.balanceinquiry", "pgfs.pindebit.balanceinquiry", Load, CLEARED, ASKED, Nothing),
    row("unknown", "authorization.novelty", "pgfs.novelty", Load, DONE, TOLD, Nothing),
    row("chargeback", "authorization.clearing.chargeback", "pgfs.authorization.capture.chargeback", Unload, DONE, TOLD, Nothing),
    row("chargeback.representment", "authorization.clearing.representment", "pgfs.authorization.capture.chargeback.reversal", Load, DONE, TOLD, Nothing),
    row("chargeback.writeoff", "authorization.clearing.chargeback.writeoff", "pgfs.authorization.capture.chargeback", Unload, DONE, TOLD, Nothing),
    row("chargeback.provisional.credit", "authorization.clearing.chargeback.provisional.credit", "pgfs.dispute.credit", Unload, DONE, TOLD, ProvisionalCredit),
    row("chargeback.provisional.debit", "authorization.clearing.chargeback.provisional.debit", "pgfs.dispute.debit", Load, DONE, TOLD, ProvisionalDebit),
    row("chargeback.completed", "authorization.clearing.chargeback.completed", "pgfs.authorization.capture.chargeback", Unload, DONE, TOLD, DisputeWon),
    row("chargeback.reversal", "authorization.clearing.chargeback.reversal", "pgfs.authorization.capture.chargeback.reversal", Load, DONE, TOLD, DisputeLost),
];
