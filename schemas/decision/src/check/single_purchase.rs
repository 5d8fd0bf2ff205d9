//! May a single purchase be that much? An increment is asked for what the purchase comes to with it: else a
//! large one could be made of small ones.

use super::{CheckInfo, CheckResult, nothing_said, rules_owner};
use crate::case::Case;
use crate::purchase::PurchaseStep;
use crate::refusal::Refusal;
use holdfast_ledger::money::{Amount, Currency};

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The most that a single purchase may be",
    about: "Is the purchase at most the `single_purchase_maximum` of the rules in its currency? Of an \
            increment it is asked what the purchase comes to with it, less what was released by reversals. In \
            a currency of which the rules say nothing there is no maximum. Nothing smaller is \
            approved instead. Asked of purchases and increments.",
    refusals: &[Refusal::SinglePurchaseTooLarge],
    evaluate: evaluate_amount,
};

fn evaluate_amount(case: &Case<'_>) -> CheckResult {
    let rules = case
        .rules_in_force()
        .filter(|_| case.purchase.step.spends());
    let (Some(rules), Some(currency)) = (rules, case.currency) else {
        return nothing_said();
    };
    let Some(maximum) = rules.single_purchase_maximum(currency) else {
        return nothing_said();
    };
    let comes_to = comes_to(case, currency);
    let refusal = (comes_to > maximum.value).then_some(Refusal::SinglePurchaseTooLarge);
    let inputs = vec![
        ("comes_to", comes_to.text(currency)),
        ("maximum", maximum.value.text(currency)),
        ("currency", currency.code().to_owned()),
        rules_owner(maximum.whose),
    ];
    (refusal.into(), inputs)
}

/// What the purchase comes to with this request.
fn comes_to(case: &Case<'_>, currency: Currency) -> Amount {
    let whole = case
        .plan
        .filter(|_| case.purchase.step == PurchaseStep::Grows);
    let whole = whole.map(|plan| plan.hold.standing.line(currency));
    let whole = whole.map_or(Amount::ZERO, |line| line.authorized.less(line.released));
    whole.max(case.amount)
}
