//! What only a notification says: what became of the transaction.

use super::{Purpose, Reader, is_set};
use crate::catalog::find_type;
use crate::settlement::read_settlement;
use crate::transaction::{Chargeback, ClearingNumbers, TransactionOutcome};
use holdfast_events::json::Object;
use holdfast_ledger::fact::Role;
use holdfast_ledger::money::{Currency, Signed};

impl Reader {
    pub(super) fn outcome(
        &mut self,
        top: &Object<'_>,
        gateway_log: Option<&Object<'_>>,
        currency_code: Option<&str>,
    ) -> TransactionOutcome {
        if self.purpose == Purpose::Request {
            return TransactionOutcome::default();
        }
        let response = lenient_object(Some(top), "response");
        TransactionOutcome {
            response_code: response.and_then(|response| response.lenient_text("code")),
            approval_code: top.lenient_text("approval_code"),
            timed_out: gateway_log.is_some_and(|log| is_set(log, "timed_out")),
            standin_approved_by: top.lenient_text("standin_approved_by"),
            clearing: clearing_numbers(top),
            impacted_amount: impacted_amount(top, currency_code),
            chargeback: self.chargeback(top, currency_code.and_then(Currency::parse)),
            settlement: read_settlement(top),
        }
    }

    /// The dispute. The books depend on it only where the type is a dispute's; elsewhere it informs.
    fn chargeback(&mut self, top: &Object<'_>, currency: Option<Currency>) -> Option<Chargeback> {
        let is_dispute = is_dispute(top);
        let chargeback = match top.object("chargeback") {
            read if is_dispute => self.keep(read),
            read => read.unwrap_or_default(),
        }?;
        let (amount, credit_user) = (
            chargeback.amount("amount", currency),
            chargeback.flag("credit_user"),
        );
        Some(Chargeback {
            token: chargeback.lenient_text("token"),
            state: chargeback.lenient_text("state"),
            amount: if is_dispute {
                self.keep(amount)
            } else {
                amount.unwrap_or_default()
            },
            credit_user: if is_dispute {
                self.keep(credit_user)
            } else {
                credit_user.unwrap_or_default()
            },
        })
    }
}

fn is_dispute(top: &Object<'_>) -> bool {
    let name = top.lenient_text("type").unwrap_or_default();
    find_type(&name).is_some_and(|entry| entry.role == Role::Dispute)
}

fn clearing_numbers(top: &Object<'_>) -> ClearingNumbers {
    ClearingNumbers {
        number: top.lenient_text("multi_clearing_sequence_number"),
        count: top.lenient_text("multi_clearing_sequence_count"),
        record: top.lenient_text("clearing_record_sequence_number"),
        network_reference: top.lenient_text("network_reference_id"),
        acquirer_reference: top
            .lenient_text("acquirer_reference_data")
            .or_else(|| top.lenient_text("acquirer_reference_id")),
    }
}

/// An object that the books do not depend on.
fn lenient_object<'a>(parent: Option<&Object<'a>>, name: &str) -> Option<Object<'a>> {
    parent.and_then(|parent| parent.object(name).unwrap_or_default())
}

/// The block of the transaction's own currency; the outer block only where its currency is the same
/// (reference section 3.2).
fn impacted_amount(top: &Object<'_>, currency_code: Option<&str>) -> Option<Signed> {
    let gpa = lenient_object(Some(top), "gpa")?;
    let balances = lenient_object(Some(&gpa), "balances");
    let own = currency_code.and_then(|code| lenient_object(balances.as_ref(), code));
    let outer = gpa.lenient_text("currency_code");
    let same = outer.is_none() || outer.as_deref() == currency_code;
    let block = own.or(same.then_some(gpa))?;
    block.signed("impacted_amount").unwrap_or_default()
}
