//! Is there enough money? The change that an approval would make is planned before; it may cost less
//! than was asked for, where the clearing came first. Where the whole is not covered, a part may be.

use super::{CheckInfo, CheckResult, Verdict};
use crate::case::{Case, Effect};
use crate::refusal::Refusal;
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::money::Amount;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The money",
    about: "Would what is available (posted less held) still not be below zero after the \
            purchase? It is what the approval would change that counts: where the clearing came \
            first, a part is paid already. Where the money does not suffice for the whole, the \
            part that it suffices for is approved, if the program wants that \
            (`partial_approval`) and the terminal can take it. Shown are the figures that were \
            compared: `available` before the purchase, and `asked`, what an approval would take from \
            it, a hold increase included; `requested` is the amount of the request, where it differs.",
    refusals: &[Refusal::InsufficientFunds],
    evaluate: evaluate_funds,
};

fn evaluate_funds(case: &Case<'_>) -> CheckResult {
    let (Some(account), Some(currency)) = (case.account, case.currency) else {
        return (Verdict::Refused(Refusal::InsufficientFunds), Vec::new());
    };
    let available = account.balance(currency).available();
    let asked = amount_needed(case);
    let mut inputs = vec![
        (
            "available",
            available.map_or_else(|error| error.to_string(), |sum| sum.text(currency)),
        ),
        ("asked", asked.text(currency)),
        ("currency", currency.code().to_owned()),
    ];
    if asked != case.amount {
        inputs.push(("requested", case.amount.text(currency)));
    }
    let verdict = compare_funds(case, account);
    if let Verdict::Reduced(amount) = verdict {
        inputs.push(("approved", amount.text(currency)));
    }
    (verdict, inputs)
}

/// What must be available: the drop of available that the plan brings, nothing where it brings none. Without
/// a plan nothing but the amount is known.
fn amount_needed(case: &Case<'_>) -> Amount {
    case.drop_of_available().map_or(case.amount, |drop| {
        Amount::new(drop.value()).unwrap_or(Amount::ZERO)
    })
}

fn compare_funds(case: &Case<'_>, account: &Account) -> Verdict {
    let whole = match case.effect {
        Effect::Purchase | Effect::Books => case.plan.is_some_and(|plan| is_covered(plan, account)),
        Effect::Nothing => true,
        Effect::NotOffered | Effect::Unknown => false,
    };
    let part = case.part.filter(|part| is_covered(part.plan, account));
    match (whole, part) {
        (true, _) => Verdict::Passed,
        (false, Some(part)) => Verdict::Reduced(part.amount),
        (false, None) => Verdict::Refused(Refusal::InsufficientFunds),
    }
}

fn is_covered(plan: &Plan, account: &Account) -> bool {
    plan.is_covered(account).unwrap_or(false)
}
