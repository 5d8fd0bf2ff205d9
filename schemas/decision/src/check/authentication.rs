//! Has the cardholder proved who they are, where that is asked for? Only where a purchase begins: an
//! increment is the merchant's: no cardholder is present.

use super::{CheckInfo, CheckResult, Verdict, nothing_said, rules_owner};
use crate::case::Case;
use crate::purchase::PurchaseStep;
use crate::refusal::Refusal;
use holdfast_ledger::control::{Authentication, Channel};

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "3-D Secure",
    about: "Was a purchase on the Internet above the amount of the rules (`three_ds_above`, by currency) \
            authenticated with 3-D Secure, successfully? That it was attempted, or that an exemption is \
            claimed, does not suffice. The merchant may try again with authentication. Asked of purchases, \
            not of what is added to them later.",
    refusals: &[Refusal::NotAuthenticated],
    evaluate: evaluate_authentication,
};

fn evaluate_authentication(case: &Case<'_>) -> CheckResult {
    let attributes = case.purchase.attributes;
    let is_asked = case.purchase.step == PurchaseStep::Begins
        && attributes.channels.contains(Channel::Ecommerce);
    let rules = case.rules_in_force().filter(|_| is_asked);
    let (Some(rules), Some(currency)) = (rules, case.currency) else {
        return nothing_said();
    };
    let Some(above) = rules.three_ds_above(currency) else {
        return nothing_said();
    };
    let is_missing = attributes.authentication != Authentication::Successful;
    let refusal = (case.amount > above.value && is_missing).then_some(Refusal::NotAuthenticated);
    let inputs = vec![
        ("asked", case.amount.text(currency)),
        ("three_ds_above", above.value.text(currency)),
        ("currency", currency.code().to_owned()),
        (
            "authentication",
            attributes.authentication.as_str().to_owned(),
        ),
        rules_owner(above.whose),
    ];
    (Verdict::from(refusal), inputs)
}
