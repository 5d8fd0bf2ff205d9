//! Balances as they are written down and answered.

use crate::processor::{AuthorizationRequest, CurrencyBalance};
use holdfast_ledger::book::{self, Account};
use holdfast_ledger::money::Amount;

/// What the account has in the request's currency; `None` where it has no such balance.
pub(super) fn balance(
    request: &AuthorizationRequest,
    account: Option<&Account>,
) -> Option<book::AccountBalance> {
    account?.balances.get(&request.currency?).copied()
}

/// A balance as it is written down: posted, held, available.
pub(super) fn shown(
    request: &AuthorizationRequest,
    balance: Option<book::AccountBalance>,
) -> Option<[String; 3]> {
    let (balance, currency) = (balance?, request.currency?);
    let available = balance.available().ok()?;
    Some([balance.posted, balance.held, available].map(|sum| sum.text(currency)))
}

/// All balances, as a response to an inquiry has them.
pub(super) fn balances(account: Option<&Account>) -> Vec<CurrencyBalance> {
    let balances = account.into_iter().flat_map(|account| &account.balances);
    balances
        .filter_map(|(currency, balance)| {
            Some(CurrencyBalance {
                currency: *currency,
                posted: balance.posted,
                available: balance.available().ok()?,
                pending_credit: Amount::new(balance.pending_credit.value()).ok()?,
            })
        })
        .collect()
}
