//! Types that book nothing, or not yet: disputes, inquiries, twins.

use super::TypeEntry as Row;
use crate::catalog::Template::{Dispute, Inquiry, Notice, Twin};
use crate::catalog::Way::{Either, Load, None, Unload};

pub(super) const ROWS: &[Row] = &[
    // Disputes (reference section 6.17).
    Row::alone("authorization.clearing.chargeback", Dispute, Unload),
    Row::alone(
        "authorization.clearing.chargeback.provisional.credit",
        Dispute,
        Unload,
    ),
    Row::alone(
        "authorization.clearing.chargeback.provisional.debit",
        Dispute,
        Load,
    ),
    Row::alone(
        "authorization.clearing.chargeback.completed",
        Dispute,
        Unload,
    ),
    Row::alone("authorization.clearing.chargeback.reversal", Dispute, Load),
    Row::alone(
        "authorization.clearing.chargeback.representment",
        Dispute,
        Either,
    ),
    Row::alone(
        "authorization.clearing.chargeback.writeoff",
        Dispute,
        Either,
    ),
    Row::alone("authorization.clearing.representment", Dispute, Either),
    Row::alone("pindebit.chargeback", Dispute, Unload),
    Row::alone("pindebit.chargeback.provisional.credit", Dispute, Unload),
    Row::alone("pindebit.chargeback.provisional.debit", Dispute, Load),
    Row::alone("pindebit.chargeback.completed", Dispute, Unload),
    Row::alone("pindebit.chargeback.reversal", Dispute, Load),
    Row::alone("pindebit.chargeback.writeoff", Dispute, Either),
    Row::alone("dispute.credit", Dispute, Unload),
    Row::alone("dispute.debit", Dispute, Load),
    // Marqeta's internal accounting of disputes.
    Row::alone("chargeback.pfs.pending.debit", Notice, None),
    Row::alone("chargeback.pfs.debit", Notice, None),
    // No money.
    Row::opener("balanceinquiry", Inquiry, Load).asked(),
    Row::opener("pindebit.balanceinquiry", Inquiry, Load).asked(),
    Row::opener("pindebit.checkavs", Notice, None),
    Row::opener("product.inquiry", Notice, None),
    // Doubles of card messages, for Marqeta's own balance (reference section 7.1).
    Row::alone("gpa.credit", Twin, Load),
    Row::alone("gpa.credit.authorization", Twin, Load),
    Row::alone("gpa.credit.authorization.reversal", Twin, Load),
    Row::alone("gpa.credit.reversal", Twin, Load),
    Row::alone("gpa.debit", Twin, Unload),
    Row::alone("gpa.debit.reversal", Twin, Unload),
    Row::alone("gpa.debit.authorization", Twin, Unload).inferred(),
    Row::alone("gpa.debit.authorization.reversal", Twin, Unload).inferred(),
];
