//! Debits in one message.

use super::TypeEntry as Row;
use crate::catalog::Template::{Debit, DebitReversal};
use crate::catalog::Way::{Either, Load};

/// What takes money in one message, and what takes that back.
pub(super) const DEBITS: &[Row] = &[
    Row::opener(
        "pindebit",
        Debit,
        Load,
        "A purchase with PIN, in one message",
    )
    .asked(),
    Row::opener(
        "pindebit.cashback",
        Debit,
        Load,
        "The same with cash, the cash is in the amount",
    )
    .asked(),
    Row::opener(
        "pindebit.atm.withdrawal",
        Debit,
        Load,
        "Cash at a machine, in one message",
    )
    .asked(),
    Row::opener(
        "pindebit.quasi.cash",
        Debit,
        Load,
        "Chips, money orders, foreign notes, in one message",
    )
    .asked(),
    Row::opener(
        "pindebit.quasicash",
        Debit,
        Load,
        "The same under its older name",
    )
    .asked()
    .inferred(),
    Row::opener(
        "pindebit.transfer",
        Debit,
        Load,
        "From this account to another",
    )
    .asked()
    .inferred(),
    Row::opener(
        "account.funding.auth_plus_capture",
        Debit,
        Load,
        "The card pays money into another account, in one message",
    )
    .asked(),
    Row::alone("fee.charge", Debit, Load, "A fee of the program"),
    Row::alone(
        "debit.adjustment",
        Debit,
        Load,
        "An amount is corrected upwards",
    )
    .inferred(),
    Row::alone("fee.collection.debit", Debit, Load, "A fee of the network"),
    Row::alone(
        "pindebit.debit.adjustment",
        Debit,
        Load,
        "The network corrects an amount upwards",
    ),
    Row::opener("directdeposit.debit", Debit, Load, "A direct debit").inferred(),
    Row::follow_up(
        "pindebit.reversal",
        DebitReversal,
        Load,
        "A purchase with PIN is taken back",
    ),
    Row::follow_up(
        "account.funding.auth_plus_capture.reversal",
        DebitReversal,
        Load,
        "The transfer is taken back",
    ),
    Row::follow_up(
        "directdeposit.debit.reversal",
        DebitReversal,
        Either,
        "The direct debit is taken back",
    )
    .inferred(),
    Row::follow_up(
        "directdeposit.debit.reject",
        DebitReversal,
        Either,
        "The direct debit is rejected",
    )
    .inferred(),
    Row::follow_up(
        "fee.charge.reversal",
        DebitReversal,
        Either,
        "A fee of the program is given back",
    ),
    Row::follow_up(
        "fee.charge.refund",
        DebitReversal,
        Either,
        "A fee of the program is refunded",
    ),
];
