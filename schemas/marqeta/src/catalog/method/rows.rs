//! The methods, in the order of reference section 2.

use super::MethodEntry;
use crate::catalog::{Template, Way};
use holdfast_ledger::fact::DisputeStep::{Lost, Opened, ProvisionalCredit, ProvisionalDebit};

/// Every method that the reference knows.
pub static METHODS: &[MethodEntry] = rows! {
    // Purchases.
    Original                     Load   asked          "pgfs.authorization" with "account.funding.authorization";
    Original                     Load   asked inferred "pgfs.authorization.account_verification" with "authorization";
    Increment                  Load   asked          "pgfs.authorization.incremental";
    Original                     Load   asked inferred "pgfs.authorization.cashback";
    Original                     Load   asked inferred "pgfs.authorization.quasi.cash";
    Original                     Load   asked inferred "pgfs.atm.withdrawal" with "authorization.atm.withdrawal";
    Debit                      Load   asked          "pgfs.auth_plus_capture"
        with "pindebit", "pindebit.cashback", "pindebit.atm.withdrawal", "account.funding.auth_plus_capture";
    Debit                      Load   asked inferred "pgfs.pindebit";
    Debit                      Load   asked inferred "pgfs.pindebit.cashback";
    Debit                      Load   asked inferred "pgfs.pindebit.atm.withdrawal";
    Debit                      Load   asked inferred "pgfs.pindebit.quasi.cash";
    Debit                      Load   asked inferred "pgfs.pindebit.transfer";
    Original                     Load   asked inferred "pgfs.pindebit.authorization";
    Clearing                   Load   inferred       "pgfs.pindebit.authorization.clearing";
    Reversal                   Load   inferred       "pgfs.pindebit.authorization.reversal"
        with "pindebit.authorization.reversal.issuerexpiration";
    Reversal                   Load   inferred       "pgfs.pindebit.authorization.reversal.issuerexpiration";
    Inquiry                    Load   asked          "pgfs.balanceinquiry";
    Inquiry                    Load   asked          "pgfs.pindebit.balanceinquiry";
    Original                     Load   asked          "pgfs.billpayment";
    Clearing                   Load   asked          "pgfs.billpayment.capture";
    Reversal                   Load   inferred       "pgfs.billpayment.reversal";
    // Credits.
    CreditAuthorization        Unload asked          "pgfs.original.credit.authorization";
    Credit                     Unload asked          "pgfs.original.credit.auth_plus_capture";
    CreditClearing             Unload                "pgfs.original.credit.authorization.clearing";
    CreditReversal             Either inferred       "pgfs.original.credit.authorization.reversal";
    CreditReversal             Either inferred       "pgfs.original.credit.auth_plus_capture.reversal";
    CreditAuthorization        Unload asked          "pgfs.refund.authorization";
    CreditReversal             Either inferred       "pgfs.refund.authorization.reversal";
    CreditClearing             Unload                "pgfs.refund.authorization.clearing";
    Credit                     Unload                "pgfs.refund" with "refund.authorization.clearing";
    Credit                     Unload                "pgfs.pindebit.refund";
    // What follows a purchase.
    Clearing                   Load                  "pgfs.authorization.clearing"
        with "authorization.clearing.atm.withdrawal", "authorization.clearing.cashback",
            "authorization.clearing.quasi.cash", "account.funding.authorization.clearing";
    Clearing                   Load                  "pgfs.authorization.capture" with "authorization.clearing";
    Clearing                   Load   inferred       "pgfs.atm.clearing.withdrawal"
        with "authorization.clearing.atm.withdrawal";
    Clearing                   Load   inferred       "pgfs.authorization.clearing.quasi.cash";
    Clearing                   Load                  "pgfs.force_capture" with "authorization.clearing";
    Reversal                   Load                  "pgfs.authorization.reversal"
        with "authorization.reversal.issuerexpiration", "authorization.advice",
            "account.funding.authorization.reversal";
    Advice                     Load   inferred       "pgfs.authorization.advice";
    // Disputes.
    Dispute(Opened)            Unload inferred       "pgfs.authorization.capture.chargeback"
        with "authorization.clearing.chargeback", "authorization.clearing.chargeback.completed";
    Dispute(Lost)              Load   inferred       "pgfs.authorization.capture.chargeback.reversal"
        with "authorization.clearing.chargeback.reversal";
    Dispute(Opened)            Unload inferred       "pgfs.pindebit.chargeback" with "pindebit.chargeback.completed";
    Dispute(Lost)              Load   inferred       "pgfs.pindebit.chargeback.reversal";
    Dispute(ProvisionalCredit) Unload inferred       "pgfs.dispute.credit"
        with "authorization.clearing.chargeback.provisional.credit", "pindebit.chargeback.provisional.credit";
    Dispute(ProvisionalDebit)  Load   inferred       "pgfs.dispute.debit"
        with "authorization.clearing.chargeback.provisional.debit", "pindebit.chargeback.provisional.debit";
    // Direct deposits, adjustments, loads.
    CreditClearing             Unload inferred       "pgfs.directdeposit.credit" with "directdeposit.credit.pending";
    CreditReversal             Either inferred       "pgfs.directdeposit.credit.reversal";
    Debit                      Load   inferred       "pgfs.directdeposit.debit";
    DebitReversal              Either inferred       "pgfs.directdeposit.debit.reversal";
    Credit                     Unload inferred       "pgfs.adjustment.credit"
        with "pindebit.credit.adjustment", "fee.collection.credit";
    Debit                      Load   inferred       "pgfs.adjustment.debit"
        with "pindebit.debit.adjustment", "fee.collection.debit", "fee.charge";
    Credit                     Unload inferred       "pgfs.network.load" with "gpa.credit.networkload";
    // Approved for us.
    Original                     Load   inferred       "pgfs.authorization.standin";
    Debit                      Load   inferred       "pgfs.auth_plus_capture.standin" with "pindebit";
    // We choose no product: the response leaves Marqeta's default.
    Notice                     None   asked inferred "pgfs.product.inquiry";
};
