//! Has the account a balance in this currency?

use super::{CheckInfo, CheckResult};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The currency",
    about: "Has the account a balance in the currency of the request? Nothing is converted.",
    refusals: &[Refusal::UnknownCurrency, Refusal::NoBalance],
    evaluate: evaluate_currency,
};

fn evaluate_currency(case: &Case<'_>) -> CheckResult {
    let has_balance = |currency| {
        case.account
            .is_some_and(|account| account.balances.contains_key(&currency))
    };
    let refusal = match case.currency {
        None => Some(Refusal::UnknownCurrency),
        Some(currency) if !has_balance(currency) => Some(Refusal::NoBalance),
        Some(_) => None,
    };
    (
        refusal.into(),
        vec![("currency", case.currency_code.to_owned())],
    )
}
