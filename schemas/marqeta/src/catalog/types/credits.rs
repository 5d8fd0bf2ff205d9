//! Money that comes to the customer.

use super::TypeEntry as Row;
use crate::catalog::Template::{Credit, CreditAuthorization, CreditClearing, CreditReversal};
use crate::catalog::Way::{Either, Unload};

/// What gives money, promises it, and takes that back. Offline refunds have a hold of their own whatever they link to.
pub(super) const CREDITS: &[Row] = &[
    Row::alone(
        "refund",
        Credit,
        Unload,
        "The merchant gives money back; tied to no purchase",
    ),
    Row::alone(
        "pindebit.refund",
        Credit,
        Unload,
        "The same for a purchase with PIN",
    ),
    Row::alone(
        "pindebit.credit.adjustment",
        Credit,
        Unload,
        "The network corrects an amount downwards",
    ),
    Row::alone(
        "credit.adjustment",
        Credit,
        Unload,
        "An amount is corrected downwards",
    )
    .inferred(),
    Row::alone(
        "pindebit.financial.deposit",
        Credit,
        Unload,
        "Cash or a check was paid in at a machine",
    )
    .inferred(),
    Row::alone(
        "fee.collection.credit",
        Credit,
        Unload,
        "The network gives a fee back",
    ),
    Row::alone(
        "gpa.credit.networkload",
        Credit,
        Unload,
        "Cash or a check was paid in through the network",
    ),
    Row::opener(
        "original.credit.auth_plus_capture",
        Credit,
        Unload,
        "Money sent to the card, in one message",
    )
    .asked(),
    Row::opener(
        "refund.authorization",
        CreditAuthorization,
        Unload,
        "A refund is announced",
    )
    .asked(),
    Row::opener(
        "original.credit.authorization",
        CreditAuthorization,
        Unload,
        "Money sent to the card is announced; fast funds count at once",
    )
    .asked(),
    Row::opener(
        "directdeposit.credit.pending",
        CreditAuthorization,
        Unload,
        "Pay is announced",
    ),
    Row::follow_up(
        "refund.authorization.clearing",
        CreditClearing,
        Unload,
        "The refund has come",
    ),
    Row::follow_up(
        "original.credit.authorization.clearing",
        CreditClearing,
        Unload,
        "The money sent has come",
    ),
    Row::follow_up(
        "directdeposit.credit",
        CreditClearing,
        Unload,
        "Pay has come",
    ),
    Row::follow_up(
        "refund.authorization.reversal",
        CreditReversal,
        Either,
        "The refund will not come",
    ),
    Row::follow_up(
        "pindebit.refund.reversal",
        CreditReversal,
        Either,
        "The refund is taken back",
    ),
    Row::follow_up(
        "original.credit.authorization.reversal",
        CreditReversal,
        Either,
        "The money sent will not come, or is taken back",
    ),
    Row::follow_up(
        "original.credit.auth_plus_capture.reversal",
        CreditReversal,
        Either,
        "The money sent is taken back",
    ),
    Row::follow_up(
        "directdeposit.credit.reversal",
        CreditReversal,
        Either,
        "Pay is taken back",
    ),
    Row::follow_up(
        "directdeposit.credit.pending.reversal",
        CreditReversal,
        Either,
        "The announced pay will not come",
    ),
    Row::follow_up(
        "directdeposit.credit.reject",
        CreditReversal,
        Either,
        "The announced pay is rejected",
    ),
    Row::follow_up(
        "gpa.credit.networkload.reversal",
        CreditReversal,
        Either,
        "What was paid in through the network is taken back",
    ),
];
