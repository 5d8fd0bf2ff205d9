//! Names of messages that differ in nothing else.

/// An authorization and the clearing and reversal that go with it.
pub(super) const FLAVOURS: [[&str; 3]; 7] = [
    [
        "authorization",
        "authorization.clearing",
        "authorization.reversal",
    ],
    [
        "authorization.cashback",
        "authorization.clearing.cashback",
        "authorization.reversal",
    ],
    [
        "authorization.quasi.cash",
        "authorization.clearing.quasi.cash",
        "authorization.reversal",
    ],
    [
        "authorization.atm.withdrawal",
        "authorization.clearing.atm.withdrawal",
        "authorization.reversal",
    ],
    [
        "account.funding.authorization",
        "account.funding.authorization.clearing",
        "account.funding.authorization.reversal",
    ],
    [
        "pindebit.authorization",
        "pindebit.authorization.clearing",
        "pindebit.authorization.reversal",
    ],
    ["billpayment", "billpayment.capture", "billpayment.reversal"],
];

pub(super) const DEBITS: [&str; 6] = [
    "pindebit",
    "pindebit/new",
    "pindebit.cashback",
    "pindebit.atm.withdrawal",
    "pindebit.quasi.cash",
    "account.funding.auth_plus_capture",
];

pub(super) const DISPUTE_EVENTS: [&str; 6] = [
    "chargeback.representment",
    "chargeback.provisional.credit",
    "chargeback.provisional.debit",
    "chargeback.completed",
    "chargeback.reversal",
    "chargeback.writeoff",
];
