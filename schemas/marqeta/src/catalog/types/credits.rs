//! Money that comes to the customer, and disputes.

use super::TypeEntry;
use holdfast_ledger::fact::DisputeStep::{
    self, Lost, Opened, ProvisionalCredit, ProvisionalDebit, Represented, WrittenOff,
};

const WON: DisputeStep = DisputeStep::Won { credit_user: None };

/// What gives money, promises it, and takes that back. Offline refunds have a hold of their own whatever they link to.
pub(super) const CREDITS: &[TypeEntry] = rows! {
    Credit              Alone    Unload          "refund": "The merchant gives money back; tied to no purchase";
    Credit              Alone    Unload          "pindebit.refund": "The same for a purchase with PIN";
    Credit              Alone    Unload          "pindebit.credit.adjustment":
        "The network corrects an amount downwards";
    Credit              Alone    Unload inferred "credit.adjustment": "An amount is corrected downwards";
    Credit              Alone    Unload inferred "pindebit.financial.deposit":
        "Cash or a check was paid in at a machine";
    Credit              Alone    Unload          "fee.collection.credit": "The network gives a fee back";
    Credit              Alone    Unload          "gpa.credit.networkload":
        "Cash or a check was paid in through the network";
    Credit              Original   Unload asked    "original.credit.auth_plus_capture":
        "Money sent to the card, in one message";
    CreditAuthorization Original   Unload asked    "refund.authorization": "A refund is announced";
    CreditAuthorization Original   Unload asked    "original.credit.authorization":
        "Money sent to the card is announced; fast funds count at once";
    CreditAuthorization Original   Unload          "directdeposit.credit.pending": "Pay is announced";
    CreditClearing      FollowUp Unload          "refund.authorization.clearing": "The refund has come";
    CreditClearing      FollowUp Unload          "original.credit.authorization.clearing": "The money sent has come";
    CreditClearing      FollowUp Unload          "directdeposit.credit": "Pay has come";
    CreditReversal      FollowUp Either          "refund.authorization.reversal": "The refund will not come";
    CreditReversal      FollowUp Either          "pindebit.refund.reversal": "The refund is taken back";
    CreditReversal      FollowUp Either          "original.credit.authorization.reversal":
        "The money sent will not come, or is taken back";
    CreditReversal      FollowUp Either          "original.credit.auth_plus_capture.reversal":
        "The money sent is taken back";
    CreditReversal      FollowUp Either          "directdeposit.credit.reversal": "Pay is taken back";
    CreditReversal      FollowUp Either          "directdeposit.credit.pending.reversal":
        "The announced pay will not come";
    CreditReversal      FollowUp Either          "directdeposit.credit.reject": "The announced pay is rejected";
    CreditReversal      FollowUp Either          "gpa.credit.networkload.reversal":
        "What was paid in through the network is taken back";
};

/// Disputes (reference section 6.17). The state decides, not the type alone: a dispute `completed` in state
/// DECLINED was seen.
pub(super) const DISPUTES: &[TypeEntry] = rows! {
    Dispute(Opened)            Dispute Unload          "authorization.clearing.chargeback":
        "The customer disputes a purchase";
    Dispute(ProvisionalCredit) Dispute Unload          "authorization.clearing.chargeback.provisional.credit":
        "The customer has the money for the time being";
    Dispute(ProvisionalDebit)  Dispute Load            "authorization.clearing.chargeback.provisional.debit":
        "That is taken back";
    Dispute(WON)               Dispute Unload          "authorization.clearing.chargeback.completed":
        "The dispute is won";
    Dispute(Lost)              Dispute Load            "authorization.clearing.chargeback.reversal":
        "The dispute is lost, or the network rejected it";
    Dispute(Represented)       Dispute Either          "authorization.clearing.chargeback.representment":
        "The merchant has answered";
    Dispute(WrittenOff)        Dispute Either inferred "authorization.clearing.chargeback.writeoff":
        "The program gives the dispute up";
    Dispute(Represented)       Dispute Either          "authorization.clearing.representment":
        "The merchant has answered";
    Dispute(Opened)            Dispute Unload          "pindebit.chargeback":
        "The customer disputes a purchase with PIN";
    Dispute(ProvisionalCredit) Dispute Unload          "pindebit.chargeback.provisional.credit":
        "The customer has the money for the time being";
    Dispute(ProvisionalDebit)  Dispute Load            "pindebit.chargeback.provisional.debit": "That is taken back";
    Dispute(WON)               Dispute Unload          "pindebit.chargeback.completed": "The dispute is won";
    Dispute(Lost)              Dispute Load            "pindebit.chargeback.reversal":
        "The dispute is lost, or the network rejected it";
    Dispute(Represented)       Dispute Either inferred "pindebit.chargeback.representment": "The merchant has answered";
    Dispute(Represented)       Dispute Either          "pindebit.representment": "The merchant has answered";
    Dispute(WrittenOff)        Dispute Either inferred "pindebit.chargeback.writeoff":
        "The program gives the dispute up";
    Credit                     Alone   Unload          "dispute.credit": "A correction of a dispute for the customer";
    Debit                      Alone   Load            "dispute.debit":
        "A correction of a dispute against the customer";
};
