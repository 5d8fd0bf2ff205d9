//! Every kind of notification.

use super::{alert, classified, line};
use crate::fixture::{notification, order};

/// Type, state, order, method -> topic: what is booked.
const MESSAGES: &str = "
    authorization PENDING load pgfs.authorization -> notices: Original Original 10
    authorization DECLINED load pgfs.authorization -> reversals: Original Original 10
    authorization ERROR load pgfs.authorization -> reversals: Original Original 10
    authorization.incremental PENDING load pgfs.authorization.incremental -> notices: Increment FollowUp 10
    authorization.incremental DECLINED load pgfs.authorization.incremental -> reversals: Increment FollowUp 10
    account.funding.authorization PENDING load pgfs.authorization -> notices: Original Original 10
    authorization.reversal PENDING load pgfs.authorization.reversal -> reversals: PartialReversal FollowUp 10
    authorization.reversal CLEARED load pgfs.authorization.reversal -> reversals: PartialReversal FollowUp 10
    authorization.reversal.issuerexpiration CLEARED load pgfs.authorization.reversal -> reversals: IssuerExpiration FollowUp 10
    pindebit.authorization.reversal CLEARED load pgfs.pindebit.authorization.reversal -> reversals: PartialReversal FollowUp 10
    authorization.clearing COMPLETION load pgfs.authorization.clearing -> clearings: Clearing { is_final: false, released: Amount(0) } FollowUp 10
    authorization.clearing.atm.withdrawal COMPLETION load pgfs.atm.clearing.withdrawal -> clearings: Clearing { is_final: false, released: Amount(0) } FollowUp 10
    authorization.clearing COMPLETION load pgfs.force_capture -> clearings: Clearing { is_final: false, released: Amount(0) } FollowUp 10
    pindebit COMPLETION load pgfs.auth_plus_capture -> clearings: Debit Original 10
    pindebit DECLINED load pgfs.auth_plus_capture -> reversals: Debit Original 10
    pindebit.reversal COMPLETION load pgfs.pindebit.reversal -> reversals: DebitReversal FollowUp 10
    account.funding.auth_plus_capture.reversal COMPLETION load pgfs.auth_plus_capture -> reversals: DebitReversal FollowUp 10
    refund COMPLETION unload pgfs.refund -> clearings: Credit Alone 10
    pindebit.refund COMPLETION unload pgfs.pindebit.refund -> clearings: Credit Alone 10
    original.credit.auth_plus_capture COMPLETION unload pgfs.original.credit.auth_plus_capture -> clearings: Credit Original 10
    original.credit.auth_plus_capture.reversal COMPLETION load pgfs.original.credit.auth_plus_capture.reversal -> reversals: CreditReversal FollowUp 10
    refund.authorization PENDING unload pgfs.refund.authorization -> notices: CreditAuthorization { fast: false } Original 10
    refund.authorization DECLINED unload pgfs.refund.authorization -> reversals: CreditAuthorization { fast: false } Original 10
    refund.authorization.clearing COMPLETION unload pgfs.refund -> clearings: CreditClearing FollowUp 10
    refund.authorization.reversal CLEARED unload pgfs.refund.authorization.reversal -> reversals: CreditReversal FollowUp 10
    refund.authorization.reversal.issuerexpiration CLEARED unload pgfs.refund.authorization.reversal -> reversals: CreditReversal FollowUp 10
    original.credit.something.reversal CLEARED load pgfs.original.credit.authorization.reversal -> reversals: CreditReversal FollowUp 10
    directdeposit.credit COMPLETION unload pgfs.directdeposit.credit -> clearings: CreditClearing FollowUp 10
    gpa.credit.networkload COMPLETION unload pgfs.network.load -> clearings: Credit Alone 10
    gpa.credit.authorization PENDING load pgfs.authorization -> notices: gpa_transaction
    gpa.debit COMPLETION unload pgfs.refund -> notices: gpa_transaction
    pindebit.balanceinquiry CLEARED load pgfs.balanceinquiry -> notices: non_financial
    pin.change CLEARED load pgfs.authorization -> notices: non_financial
    authorization.clearing.chargeback.completed DECLINED unload pgfs.authorization.capture.chargeback -> clearings: Dispute(Won { credit_user: None }) Dispute 10
    authorization.clearing.chargeback COMPLETION unload pgfs.authorization.capture.chargeback -> clearings: Dispute(Opened) Dispute 10
    authorization.clearing.chargeback.provisional.credit COMPLETION unload pgfs.dispute.credit -> clearings: Dispute(ProvisionalCredit) Dispute 10
    authorization.clearing.chargeback.provisional.debit COMPLETION load pgfs.dispute.debit -> clearings: Dispute(ProvisionalDebit) Dispute 10
    pindebit.chargeback.reversal COMPLETION load pgfs.pindebit.chargeback.reversal -> clearings: Dispute(Lost) Dispute 10
    authorization.clearing.representment COMPLETION load pgfs.authorization.clearing -> clearings: Dispute(Represented) Dispute 10
    pindebit.chargeback.writeoff COMPLETION load pgfs.dispute.debit -> clearings: Dispute(WrittenOff) Dispute 10
    dispute.credit COMPLETION unload pgfs.dispute.credit -> clearings: Credit Alone 10
    dispute.debit COMPLETION load pgfs.dispute.debit -> clearings: Debit Alone 10
    fee.charge.reversal COMPLETION load pgfs.adjustment.credit -> reversals: DebitReversal FollowUp 10
    fee.charge.refund COMPLETION load pgfs.adjustment.credit -> reversals: DebitReversal FollowUp 10
    directdeposit.credit.reject COMPLETION load pgfs.directdeposit.credit.reversal -> reversals: CreditReversal FollowUp 10
    directdeposit.credit.pending.reversal COMPLETION load pgfs.directdeposit.credit.reversal -> reversals: CreditReversal FollowUp 10
    gpa.credit.networkload.reversal COMPLETION load pgfs.network.load -> reversals: CreditReversal FollowUp 10
    fee.collection.debit.reversal COMPLETION load pgfs.adjustment.credit -> reversals: DebitReversal FollowUp 10
    fee.collection.credit.reversal COMPLETION load pgfs.adjustment.debit -> reversals: CreditReversal FollowUp 10
    pindebit.cashback.reversal COMPLETION load pgfs.auth_plus_capture -> reversals: DebitReversal FollowUp 10
    billpayment.clearing COMPLETION load pgfs.billpayment.capture -> clearings: Clearing { is_final: false, released: Amount(0) } FollowUp 10
    zero.clearing CLEARED load pgfs.authorization.clearing -> notices: non_financial
    address.verification CLEARED load pgfs.authorization -> notices: non_financial
    authorization.clearing.l2l3 CLEARED load pgfs.authorization.clearing -> notices: non_financial
    pindebit.pin.change CLEARED load pgfs.authorization -> notices: non_financial
    token.activation-request CLEARED load pgfs.authorization -> notices: non_financial
    gpa.credit.issueroperator COMPLETION load pgfs.network.load -> notices: gpa_transaction
    chargeback.pfs.debit COMPLETION load pgfs.dispute.debit -> notices: non_financial
";

#[test]
fn every_type_and_state_goes_where_it_belongs() {
    for row in MESSAGES
        .lines()
        .map(str::trim)
        .filter(|row| !row.is_empty())
    {
        let (message, expected) = row.split_once(" -> ").unwrap();
        let [kind, state, way, method] = *message.split(' ').collect::<Vec<_>>() else {
            panic!("{row}")
        };
        let field = if way == "unload" {
            "gpa_order_unload"
        } else {
            "gpa_order"
        };
        let of = classified(&notification(kind, state, &order(field, method)));
        let expected = match expected {
            "notices: gpa_transaction" => {
                format!(
                    "notices: {kind} is a GPA transaction: its card transaction is booked instead"
                )
            }
            "notices: non_financial" => {
                format!("notices: {kind} is non-financial: it moves no money")
            }
            booked => booked.to_owned(),
        };
        assert_eq!(line(&of), expected, "{row}");
        assert_eq!(alert(&of), None, "{row}");
    }
}
