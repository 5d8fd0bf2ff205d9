//! The fact that a transaction is, for its hold.

use super::{Template, find_type, spending};
use crate::merchant::{comparable_city, comparable_name};
use crate::transaction::Transaction;
use holdfast_ledger::fact::{CardAndMerchant, Fact, Kind, Source};
use holdfast_ledger::money::{Amount, Currency};

const FORCE_CAPTURE: &str = "pgfs.force_capture";

/// The fact of a transaction of this kind.
pub(super) fn build_fact(
    transaction: &Transaction,
    source: Source,
    kind: Kind,
    amount: Amount,
    currency: Currency,
) -> Fact {
    let card_and_merchant = kind
        .has_card_and_merchant()
        .then(|| card_and_merchant(transaction))
        .flatten();
    Fact {
        created: transaction.created,
        preceding: transaction.preceding.clone(),
        expiration: transaction.authorization_expiration,
        card_and_merchant,
        ..Fact::new(transaction.token.clone(), source, kind, amount, currency)
    }
}

/// What is booked: the part that the account funds, else the whole; for an advice always the whole, its new
/// total.
pub(super) fn booked_amount(transaction: &Transaction, template: Template) -> Option<Amount> {
    match template {
        Template::Advice => transaction.amount,
        _ => transaction.jit.amount.or(transaction.amount),
    }
}

/// A clearing that no authorization came before: the method says so, and no link says otherwise.
pub(super) fn is_force_capture(transaction: &Transaction) -> bool {
    transaction.jit.method.as_deref() == Some(FORCE_CAPTURE) && !transaction.is_linked()
}

/// A purchase may have to be found by where it was made, and limits go by it.
fn card_and_merchant(transaction: &Transaction) -> Option<CardAndMerchant> {
    let merchant = &transaction.merchant;
    let name = &transaction.transaction_type;
    let card_and_merchant = CardAndMerchant {
        card: transaction.card.clone(),
        merchant: merchant.mid.clone(),
        merchant_name: comparable_name(merchant),
        merchant_city: comparable_city(merchant),
        approval: transaction.outcome.approval_code.clone(),
        network: transaction.network_chain.clone(),
        product: transaction.card_product.clone(),
        mcc: merchant.mcc.clone(),
        class: spending::class(find_type(name), name),
        cash: transaction.cash_back_amount.unwrap_or(Amount::ZERO),
    };
    card_and_merchant.if_known()
}
