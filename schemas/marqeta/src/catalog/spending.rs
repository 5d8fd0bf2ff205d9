//! What kind of spending a type of message is, for spending limits (reference section 9.1).

use super::Template;
use super::types::TypeEntry;
use holdfast_events::control::MONEY_IN_FAMILIES;
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

/// Is it cash at a machine or a teller?
#[must_use]
pub fn is_cash_withdrawal(transaction_type: &str) -> bool {
    transaction_type.ends_with(WITHDRAWAL)
}

/// What kind of spending messages of this type are. An unknown type is as its row says.
pub(super) fn class(entry: Option<&TypeEntry>, transaction_type: &str) -> Class {
    let is_one_of = |names: &[&str]| names.iter().any(|name| transaction_type.starts_with(name));
    let gives = entry.is_some_and(|entry| {
        entry.template.is_credit() || entry.template == Template::CreditReversal
    });
    if is_cash_withdrawal(transaction_type) {
        Class::Withdrawal
    } else if is_one_of(&MONEY_IN_FAMILIES) {
        Class::MoneyIn(transaction_type.to_owned())
    } else if gives || is_one_of(&UNCOUNTED) {
        Class::Uncounted
    } else {
        Class::Purchase
    }
}
