//! Types that book nothing: inquiries, changes of state, data.

use super::TypeEntry as Row;
use crate::catalog::Template::{Inquiry, Notice};
use crate::catalog::Way::{Load, None};

pub(super) const ROWS: &[Row] = &[
    Row::opener("balanceinquiry", Inquiry, Load, "How much is there?").asked(),
    Row::opener(
        "pindebit.balanceinquiry",
        Inquiry,
        Load,
        "How much is there? At a machine",
    )
    .asked(),
    Row::opener("pindebit.checkavs", Notice, None, "Address verification"),
    Row::opener("address.verification", Notice, None, "Address verification"),
    Row::opener("product.inquiry", Notice, None, "Which product shall pay?").asked(),
    Row::alone("zero.clearing", Notice, None, "A clearing of nothing"),
    Row::alone(
        "authorization.clearing.l2l3",
        Notice,
        None,
        "Level 2 and level 3 data of a clearing",
    ),
    Row::alone(
        "authorization.clearing.network.fee",
        Notice,
        None,
        "The network's fee for a clearing, which the program pays",
    )
    .inferred(),
    Row::alone(
        "refund.authorization.advice",
        Notice,
        None,
        "Advice on an announced refund; its clearing posts",
    )
    .inferred(),
    Row::alone("fee.charge.pending", Notice, Load, "A fee is announced").inferred(),
    Row::alone("fee.charge.waived", Notice, None, "A fee is not charged").inferred(),
    Row::alone(
        "directdeposit.debit.pending",
        Notice,
        Load,
        "A direct debit is announced",
    )
    .inferred(),
    Row::alone(
        "directdeposit.debit.pending.reversal",
        Notice,
        Load,
        "An announced direct debit will not come",
    )
    .inferred(),
    Row::alone(
        "authorization.pin.change",
        Notice,
        None,
        "The PIN was changed",
    ),
    Row::alone(
        "authorization.pin.unblock",
        Notice,
        None,
        "The PIN was unblocked",
    ),
    Row::alone("pindebit.pin.change", Notice, None, "The PIN was changed"),
    Row::alone(
        "pindebit.pin.unblock",
        Notice,
        None,
        "The PIN was unblocked",
    ),
    Row::alone(
        "transit.offer",
        Notice,
        None,
        "An offer of a transit operator",
    )
    .inferred(),
    Row::alone(
        "chargeback.pfs.pending.debit",
        Notice,
        None,
        "Marqeta's own accounting of a dispute",
    ),
    Row::alone(
        "chargeback.pfs.debit",
        Notice,
        None,
        "Marqeta's own accounting of a dispute",
    ),
    Row::alone(
        "chargeback.pfs.credit",
        Notice,
        None,
        "Marqeta's own accounting of a dispute",
    ),
];
