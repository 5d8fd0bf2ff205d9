//! Types that book nothing: inquiries, changes of state, twins.

use super::TypeEntry as Row;
use crate::catalog::Template::{Inquiry, Notice, Twin};
use crate::catalog::Way::{Load, None, Unload};

pub(super) const ROWS: &[Row] = &[
    Row::opener("balanceinquiry", Inquiry, Load, "How much is there?").asked(),
    Row::opener(
        "pindebit.balanceinquiry",
        Inquiry,
        Load,
        "How much is there? At a machine",
    )
    .asked(),
    Row::opener("pindebit.checkavs", Notice, None, "Does the address fit?"),
    Row::opener("product.inquiry", Notice, None, "Which product shall pay?").asked(),
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
];

/// Doubles of card messages, for Marqeta's own balance (reference section 7.1).
pub(super) const TWINS: &[Row] = &[
    Row::alone("gpa.credit", Twin, Load, "Twin of a debit or a clearing"),
    Row::alone(
        "gpa.credit.authorization",
        Twin,
        Load,
        "Twin of an authorization",
    ),
    Row::alone(
        "gpa.credit.authorization.reversal",
        Twin,
        Load,
        "Twin of a reversal",
    ),
    Row::alone("gpa.credit.reversal", Twin, Load, "Twin of a reversal"),
    Row::alone("gpa.debit", Twin, Unload, "Twin of a credit"),
    Row::alone(
        "gpa.debit.reversal",
        Twin,
        Unload,
        "Twin of a credit's reversal",
    ),
    Row::alone(
        "gpa.debit.authorization",
        Twin,
        Unload,
        "Twin of a promised credit",
    )
    .inferred(),
    Row::alone(
        "gpa.debit.authorization.reversal",
        Twin,
        Unload,
        "Twin of a promise taken back",
    )
    .inferred(),
];
