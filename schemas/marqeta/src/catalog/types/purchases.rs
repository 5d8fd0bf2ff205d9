//! Purchases: what holds money, what changes the hold, and what takes the money.

use super::TypeEntry;

/// What begins a purchase and holds money for it.
pub(super) const HOLDS: &[TypeEntry] = rows! {
    Original    Original   Load asked          "authorization": "A purchase; with an amount of 0 a check of the account";
    Increment FollowUp Load asked          "authorization.incremental":
        "More for a purchase under way: hotel, car rental";
    Original    Original   Load asked          "authorization.cashback": "A purchase with cash, the cash is in the amount";
    Original    Original   Load asked          "authorization.atm.withdrawal":
        "Cash at a machine or a teller, its fee is in the amount";
    Original    Original   Load asked          "authorization.quasi.cash": "Chips, money orders, bank notes";
    Original    Original   Load                "authorization.standin": "Approved in our place";
    Original    Original   Load asked          "account.funding.authorization": "The card pays money into another account";
    Original    Original   Load asked          "pindebit.authorization": "A PIN at the fuel pump";
    Original    Original   Load asked inferred "billpayment": "A bill is to be paid";
};

/// What changes a hold.
pub(super) const CHANGES: &[TypeEntry] = rows! {
    Advice           FollowUp Load          "authorization.advice":
        "New total of the purchase, as after automated fuel dispensing";
    Reversal         FollowUp Load          "authorization.reversal": "The merchant releases, in part or whole";
    IssuerExpiration FollowUp Load          "authorization.reversal.issuerexpiration":
        "The network's time for it is over";
    Reversal         FollowUp Load          "pindebit.authorization.reversal": "The pump releases";
    IssuerExpiration FollowUp Load          "pindebit.authorization.reversal.issuerexpiration":
        "The network's time for it is over";
    Reversal         FollowUp Load          "account.funding.authorization.reversal": "The transfer will not be made";
    Reversal         FollowUp Load inferred "billpayment.reversal": "The bill will not be paid";
};

/// What clears a purchase: the final amount of the merchant.
pub(super) const CAPTURES: &[TypeEntry] = rows! {
    Clearing FollowUp Load                "authorization.clearing":
        "The final amount; with method pgfs.force_capture and no link, without an authorization";
    Clearing FollowUp Load                "authorization.clearing.cashback": "The final amount of goods and cash";
    Clearing FollowUp Load                "authorization.clearing.atm.withdrawal": "The final amount of the cash";
    Clearing FollowUp Load                "authorization.clearing.quasi.cash":
        "The final amount of chips, money orders, bank notes";
    Clearing FollowUp Load                "account.funding.authorization.clearing": "The final amount of the transfer";
    Clearing FollowUp Load                "pindebit.authorization.clearing": "The final amount of an automated fuel dispenser";
    Clearing FollowUp Load asked inferred "billpayment.capture": "The bill is paid";
    Clearing FollowUp Load inferred       "billpayment.clearing": "The bill is paid";
};

/// What takes money in one message, and what takes that back.
pub(super) const DEBITS: &[TypeEntry] = rows! {
    Debit         Original   Load   asked          "pindebit": "A purchase with PIN, in one message";
    Debit         Original   Load   asked          "pindebit.cashback": "The same with cash, the cash is in the amount";
    Debit         Original   Load   asked          "pindebit.atm.withdrawal": "Cash at a machine, in one message";
    Debit         Original   Load   asked          "pindebit.quasi.cash":
        "Chips, money orders, bank notes, in one message";
    Debit         Original   Load   asked inferred "pindebit.quasicash": "The same under its older name";
    Debit         Original   Load   asked inferred "pindebit.transfer": "From this account to another";
    Debit         Original   Load   asked          "account.funding.auth_plus_capture":
        "The card pays money into another account, in one message";
    Debit         Alone    Load                  "fee.charge": "A fee of the program";
    Debit         Alone    Load   inferred       "debit.adjustment": "An amount is corrected upwards";
    Debit         Alone    Load                  "fee.collection.debit": "A fee of the network";
    Debit         Alone    Load                  "pindebit.debit.adjustment": "The network corrects an amount upwards";
    Debit         Original   Load   inferred       "directdeposit.debit": "A direct debit";
    DebitReversal FollowUp Load                  "pindebit.reversal": "A purchase with PIN is taken back";
    DebitReversal FollowUp Load                  "account.funding.auth_plus_capture.reversal":
        "The transfer is taken back";
    DebitReversal FollowUp Either inferred       "directdeposit.debit.reversal": "The direct debit is taken back";
    DebitReversal FollowUp Either inferred       "directdeposit.debit.reject": "The direct debit is rejected";
    DebitReversal FollowUp Either                "fee.charge.reversal": "A fee of the program is given back";
    DebitReversal FollowUp Either                "fee.charge.refund": "A fee of the program is refunded";
};
