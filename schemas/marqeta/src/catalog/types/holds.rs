//! Purchases: what sets money aside, changes that, and collects it.

use super::TypeEntry as Row;
use crate::catalog::Template::{Advice, Clearing, Increment, IssuerExpiration, Opener, Reversal};
use crate::catalog::Way::Load;

/// What begins a purchase and sets money aside.
pub(super) const HOLDS: &[Row] = &[
    Row::opener(
        "authorization",
        Opener,
        Load,
        "A purchase; with an amount of 0 a check of the account",
    )
    .asked(),
    Row::follow_up(
        "authorization.incremental",
        Increment,
        Load,
        "More for a purchase under way: hotel, car rental",
    )
    .asked(),
    Row::opener(
        "authorization.cashback",
        Opener,
        Load,
        "A purchase with cash, the cash is in the amount",
    )
    .asked(),
    Row::opener(
        "authorization.atm.withdrawal",
        Opener,
        Load,
        "Cash at a machine or a teller, its fee is in the amount",
    )
    .asked(),
    Row::opener(
        "authorization.quasi.cash",
        Opener,
        Load,
        "Chips, money orders, foreign notes",
    )
    .asked(),
    Row::opener(
        "authorization.standin",
        Opener,
        Load,
        "Approved in our place",
    ),
    Row::opener(
        "account.funding.authorization",
        Opener,
        Load,
        "The card pays money into another account",
    )
    .asked(),
    Row::opener(
        "pindebit.authorization",
        Opener,
        Load,
        "A PIN at the fuel pump",
    )
    .asked(),
    Row::opener("billpayment", Opener, Load, "A bill is to be paid")
        .asked()
        .inferred(),
];

/// What changes a hold.
pub(super) const CHANGES: &[Row] = &[
    Row::follow_up(
        "authorization.advice",
        Advice,
        Load,
        "New total of the purchase, as after automated fuel dispensing",
    ),
    Row::follow_up(
        "authorization.reversal",
        Reversal,
        Load,
        "The merchant lets go, in part or whole",
    ),
    Row::follow_up(
        "authorization.reversal.issuerexpiration",
        IssuerExpiration,
        Load,
        "The network's time for it is over",
    ),
    Row::follow_up(
        "pindebit.authorization.reversal",
        Reversal,
        Load,
        "The pump lets go",
    ),
    Row::follow_up(
        "pindebit.authorization.reversal.issuerexpiration",
        IssuerExpiration,
        Load,
        "The network's time for it is over",
    ),
    Row::follow_up(
        "account.funding.authorization.reversal",
        Reversal,
        Load,
        "The transfer will not be made",
    ),
    Row::follow_up(
        "billpayment.reversal",
        Reversal,
        Load,
        "The bill will not be paid",
    )
    .inferred(),
];

/// What collects.
pub(super) const CAPTURES: &[Row] = &[
    Row::follow_up(
        "authorization.clearing",
        Clearing,
        Load,
        "The merchant collects; with method pgfs.force_capture and no link, without an authorization",
    ),
    Row::follow_up(
        "authorization.clearing.cashback",
        Clearing,
        Load,
        "Goods and cash are collected",
    ),
    Row::follow_up(
        "authorization.clearing.atm.withdrawal",
        Clearing,
        Load,
        "The cash is collected",
    ),
    Row::follow_up(
        "authorization.clearing.quasi.cash",
        Clearing,
        Load,
        "Chips, money orders, foreign notes are collected",
    ),
    Row::follow_up(
        "account.funding.authorization.clearing",
        Clearing,
        Load,
        "The transfer is collected",
    ),
    Row::follow_up(
        "pindebit.authorization.clearing",
        Clearing,
        Load,
        "The fuel is collected",
    ),
    Row::follow_up("billpayment.capture", Clearing, Load, "The bill is paid")
        .asked()
        .inferred(),
    Row::follow_up("billpayment.clearing", Clearing, Load, "The bill is paid").inferred(),
];
