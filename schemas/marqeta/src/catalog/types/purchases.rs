//! Purchases: what holds money, what changes the hold, and what takes the money.

use super::TypeEntry;

/// What begins a purchase and holds money for it.
pub(super) const HOLDS: &[TypeEntry] = rows! {
    Opener    Opener   Load asked          "authorization": "A purchase; with an amount of 0 a check of the account";
    Increment FollowUp Load asked          "authorization.incremental":
        "More for a purchase under way: hotel, car rental";
    Opener    Opener   Load asked          "authorization.cashback": "A purchase with cash, the cash is in the amount";
    Opener    Opener   Load asked          "authorization.atm.withdrawal":
        "Cash at a machine or a teller, its fee is in the amount";
    Opener    Opener   Load asked          "authorization.quasi.cash": "Chips, money orders, foreign notes";
    Opener    Opener   Load                "authorization.standin": "Approved in our place";
    Opener    Opener   Load asked          "account.funding.authorization": "The card pays money into another account";
    Opener    Opener   Load asked          "pindebit.authorization": "A PIN at the fuel pump";
    Opener    Opener   Load asked inferred "billpayment": "A bill is to be paid";
};

/// What changes a hold.
pub(super) const CHANGES: &[TypeEntry] = rows! {
    Advice           FollowUp Load          "authorization.advice":
        "New total of the purchase, as after automated fuel dispensing";
    Reversal         FollowUp Load          "authorization.reversal": "The merchant lets go, in part or whole";
    IssuerExpiration FollowUp Load          "authorization.reversal.issuerexpiration":
        "The network's time for it is over";
    Reversal         FollowUp Load          "pindebit.authorization.reversal": "The pump lets go";
    IssuerExpiration FollowUp Load          "pindebit.authorization.reversal.issuerexpiration":
        "The network's time for it is over";
    Reversal         FollowUp Load          "account.funding.authorization.reversal": "The transfer will not be made";
    Reversal         FollowUp Load inferred "billpayment.reversal": "The bill will not be paid";
};

/// What clears a purchase: the final amount of the merchant.
pub(super) const CAPTURES: &[TypeEntry] = rows! {
    Clearing FollowUp Load                "authorization.clearing":
        "The merchant collects; with method pgfs.force_capture and no link, without an authorization";
    Clearing FollowUp Load                "authorization.clearing.cashback": "Goods and cash are collected";
    Clearing FollowUp Load                "authorization.clearing.atm.withdrawal": "The cash is collected";
    Clearing FollowUp Load                "authorization.clearing.quasi.cash":
        "Chips, money orders, foreign notes are collected";
    Clearing FollowUp Load                "account.funding.authorization.clearing": "The transfer is collected";
    Clearing FollowUp Load                "pindebit.authorization.clearing": "The fuel is collected";
    Clearing FollowUp Load asked inferred "billpayment.capture": "The bill is paid";
    Clearing FollowUp Load inferred       "billpayment.clearing": "The bill is paid";
};

/// What takes money in one message, and what takes that back.
pub(super) const DEBITS: &[TypeEntry] = rows! {
    Debit         Opener   Load   asked          "pindebit": "A purchase with PIN, in one message";
    Debit         Opener   Load   asked          "pindebit.cashback": "The same with cash, the cash is in the amount";
    Debit         Opener   Load   asked          "pindebit.atm.withdrawal": "Cash at a machine, in one message";
    Debit         Opener   Load   asked          "pindebit.quasi.cash":
        "Chips, money orders, foreign notes, in one message";
    Debit         Opener   Load   asked inferred "pindebit.quasicash": "The same under its older name";
    Debit         Opener   Load   asked inferred "pindebit.transfer": "From this account to another";
    Debit         Opener   Load   asked          "account.funding.auth_plus_capture":
        "The card pays money into another account, in one message";
    Debit         Alone    Load                  "fee.charge": "A fee of the program";
    Debit         Alone    Load   inferred       "debit.adjustment": "An amount is corrected upwards";
    Debit         Alone    Load                  "fee.collection.debit": "A fee of the network";
    Debit         Alone    Load                  "pindebit.debit.adjustment": "The network corrects an amount upwards";
    Debit         Opener   Load   inferred       "directdeposit.debit": "A direct debit";
    DebitReversal FollowUp Load                  "pindebit.reversal": "A purchase with PIN is taken back";
    DebitReversal FollowUp Load                  "account.funding.auth_plus_capture.reversal":
        "The transfer is taken back";
    DebitReversal FollowUp Either inferred       "directdeposit.debit.reversal": "The direct debit is taken back";
    DebitReversal FollowUp Either inferred       "directdeposit.debit.reject": "The direct debit is rejected";
    DebitReversal FollowUp Either                "fee.charge.reversal": "A fee of the program is given back";
    DebitReversal FollowUp Either                "fee.charge.refund": "A fee of the program is refunded";
};
