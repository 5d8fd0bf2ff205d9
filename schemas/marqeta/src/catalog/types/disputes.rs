//! Disputes (reference section 6.17). The state decides, not the type alone: a dispute `completed` in state
//! DECLINED was seen.

use super::TypeEntry as Row;
use crate::catalog::Template::{Credit, Debit, Dispute};
use crate::catalog::Way::{Either, Load, Unload};
use holdfast_ledger::fact::DisputeStep::{
    Lost, Opened, ProvisionalCredit, ProvisionalDebit, Represented, Won, WrittenOff,
};

const WON: crate::catalog::Template = Dispute(Won { credit_user: None });

pub(super) const ROWS: &[Row] = &[
    Row::dispute(
        "authorization.clearing.chargeback",
        Dispute(Opened),
        Unload,
        "The customer disputes a purchase",
    ),
    Row::dispute(
        "authorization.clearing.chargeback.provisional.credit",
        Dispute(ProvisionalCredit),
        Unload,
        "The customer has the money for the time being",
    ),
    Row::dispute(
        "authorization.clearing.chargeback.provisional.debit",
        Dispute(ProvisionalDebit),
        Load,
        "That is taken back",
    ),
    Row::dispute(
        "authorization.clearing.chargeback.completed",
        WON,
        Unload,
        "The dispute is won",
    ),
    Row::dispute(
        "authorization.clearing.chargeback.reversal",
        Dispute(Lost),
        Load,
        "The dispute is lost, or the network rejected it",
    ),
    Row::dispute(
        "authorization.clearing.chargeback.representment",
        Dispute(Represented),
        Either,
        "The merchant has answered",
    ),
    Row::dispute(
        "authorization.clearing.chargeback.writeoff",
        Dispute(WrittenOff),
        Either,
        "The program gives the dispute up",
    )
    .inferred(),
    Row::dispute(
        "authorization.clearing.representment",
        Dispute(Represented),
        Either,
        "The merchant has answered",
    ),
    Row::dispute(
        "pindebit.chargeback",
        Dispute(Opened),
        Unload,
        "The customer disputes a purchase with PIN",
    ),
    Row::dispute(
        "pindebit.chargeback.provisional.credit",
        Dispute(ProvisionalCredit),
        Unload,
        "The customer has the money for the time being",
    ),
    Row::dispute(
        "pindebit.chargeback.provisional.debit",
        Dispute(ProvisionalDebit),
        Load,
        "That is taken back",
    ),
    Row::dispute(
        "pindebit.chargeback.completed",
        WON,
        Unload,
        "The dispute is won",
    ),
    Row::dispute(
        "pindebit.chargeback.reversal",
        Dispute(Lost),
        Load,
        "The dispute is lost, or the network rejected it",
    ),
    Row::dispute(
        "pindebit.chargeback.representment",
        Dispute(Represented),
        Either,
        "The merchant has answered",
    )
    .inferred(),
    Row::dispute(
        "pindebit.representment",
        Dispute(Represented),
        Either,
        "The merchant has answered",
    ),
    Row::dispute(
        "pindebit.chargeback.writeoff",
        Dispute(WrittenOff),
        Either,
        "The program gives the dispute up",
    )
    .inferred(),
    Row::alone(
        "dispute.credit",
        Credit,
        Unload,
        "A correction of a dispute for the customer",
    ),
    Row::alone(
        "dispute.debit",
        Debit,
        Load,
        "A correction of a dispute against the customer",
    ),
];
