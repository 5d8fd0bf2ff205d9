//! What kind of spending a type of message is, for spending limits (reference section 9.1).

use super::Template;
use super::types::TypeEntry;
use holdfast_ledger::fact::Class;

/// Cash at a machine or a teller, in any kind of message.
const WITHDRAWAL: &str = "atm.withdrawal";
/// Booked, but no spending with the card.
const UNCOUNTED: [&str; 5] = [
    "fee.",
    "debit.adjustment",
    "pindebit.debit.adjustment",
    "directdeposit.debit",
    "dispute.",
];
/// Money sent to the card or paid in. Refunds are none: they give a purchase's money back.
const MONEY_IN: [&str; 3] = [
    "original.credit",
    "directdeposit.credit",
    "gpa.credit.networkload",
];

/// Is it cash at a machine or a teller?
#[must_use]
pub fn is_cash_withdrawal(transaction_type: &str) -> bool {
    transaction_type.ends_with(WITHDRAWAL)
}

/// Can money that comes in have a type that begins so? Names as limits list them: lower case with dots.
pub(crate) fn begins_money_in(wanted: &str) -> bool {
    MONEY_IN.iter().any(|family| {
        let rest = family.strip_prefix(wanted);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            || wanted.starts_with(family)
    })
}

/// What kind of spending messages of this type are. An unknown type is as its row says.
pub(super) fn class(entry: Option<&TypeEntry>, transaction_type: &str) -> Class {
    let is_one_of = |names: &[&str]| names.iter().any(|name| transaction_type.starts_with(name));
    let gives = entry.is_some_and(|entry| {
        entry.template.is_credit() || entry.template == Template::CreditReversal
    });
    if is_cash_withdrawal(transaction_type) {
        Class::Withdrawal
    } else if is_one_of(&MONEY_IN) {
        Class::MoneyIn(transaction_type.to_owned())
    } else if gives || is_one_of(&UNCOUNTED) {
        Class::Uncounted
    } else {
        Class::Purchase
    }
}
