//! May be paid at this merchant (reference section 9.2)? Of several controls that match, the widest is reported:
//! the program's before the product's, the account's and the card's.

use super::{CheckInfo, CheckResult, Input, Verdict, nothing_said};
use crate::case::Case;
use crate::purchase::Purchase;
use crate::refusal::Refusal;
use holdfast_ledger::control::Terms;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "Authorization controls",
    about: "Is the merchant allowed? A control matches if it is active, in force now (from its start, \
            until before its end), for the program, the card's product, the account or the card, and for \
            the merchant's category or number. In a program that allows by default, a control that \
            matches denies; in one that denies by default \
            (`authorization_control_default`), only a control that matches allows. An exemption that \
            matches overrides both. Asked of purchases and increments.",
    refusals: &[Refusal::DeniedByControl, Refusal::MerchantDenied],
    evaluate: evaluate_controls,
};

fn evaluate_controls(case: &Case<'_>) -> CheckResult {
    let Some(subject) = case
        .control_subject()
        .filter(|_| case.purchase.step.spends())
    else {
        return nothing_said();
    };
    let purchase = &case.purchase;
    let denies = case.policy.denies_by_default;
    let control = first_control(case.controls.authorization_for(subject), purchase);
    if control.is_none() && !denies {
        return nothing_said();
    }
    let mut inputs = merchant_inputs(purchase);
    if let Some(terms) = control {
        inputs.push(control_input("control", terms));
    }
    if control.is_some() == denies {
        return (Verdict::Passed, inputs);
    }
    if let Some(terms) = first_control(case.controls.exemptions_for(subject), purchase) {
        inputs.push(control_input("exemption", terms));
        return (Verdict::Passed, inputs);
    }
    (Verdict::Refused(refuse_merchant(case, control)), inputs)
}

/// Where none allows, no merchant was meant: only a control that denies can name one.
fn refuse_merchant(case: &Case<'_>, denied_by: Option<&Terms>) -> Refusal {
    let names_merchants = |terms: &Terms| terms.control.merchants.names_merchants();
    if case.policy.tells_merchant && denied_by.is_some_and(names_merchants) {
        Refusal::MerchantDenied
    } else {
        Refusal::DeniedByControl
    }
}

fn first_control<'a>(
    mut controls: impl Iterator<Item = &'a Terms>,
    purchase: &Purchase<'_>,
) -> Option<&'a Terms> {
    controls.find(|terms| {
        terms.control.is_in_force(purchase.when) && terms.scope.covers(purchase.mcc, purchase.mid)
    })
}

fn merchant_inputs(purchase: &Purchase<'_>) -> Vec<Input> {
    let text = |code: Option<&str>| code.unwrap_or("unknown").to_owned();
    vec![("mcc", text(purchase.mcc)), ("mid", text(purchase.mid))]
}

/// A control in words: `no-casinos "No casinos": mcc 7995, for the program`.
fn control_input(what: &'static str, terms: &Terms) -> Input {
    let control = &terms.control;
    let (merchants, subject) = (control.merchants.text(), control.applies.text());
    (
        what,
        format!(
            "{} \"{}\": {merchants}, for {subject}",
            control.token, control.name
        ),
    )
}
