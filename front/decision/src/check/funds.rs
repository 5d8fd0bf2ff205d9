//! Is there enough money? The change that an approval would make is planned before; it may cost less
//! than was asked for, where the clearing came first.

use super::{Input, Verdict};
use crate::case::{Case, Effect};
use crate::refusal::Refusal;

pub(super) fn judge(case: &Case<'_>) -> (Verdict, Vec<Input>) {
    let (Some(account), Some(currency)) = (case.account, case.currency) else {
        return (Verdict::Refused(Refusal::InsufficientFunds), Vec::new());
    };
    let available = account.balance(currency).available();
    let inputs = vec![
        (
            "available",
            available.map_or_else(|error| error.to_string(), |sum| sum.text(currency)),
        ),
        ("asked", case.amount.text(currency)),
        ("currency", currency.code().to_owned()),
    ];
    let covered = match (case.effect, case.plan) {
        (Effect::Books, Some(plan)) => plan.is_covered(account).unwrap_or(false),
        (Effect::Books, None) | (Effect::Unknown, _) => false,
        (Effect::Nothing, _) => true,
    };
    (
        (!covered).then_some(Refusal::InsufficientFunds).into(),
        inputs,
    )
}
