//! May be paid in this country?

use super::{CheckInfo, CheckResult, nothing_said, rules_owner};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The country",
    about: "Is the country one that the rules permit (`countries`: only these, or all but these)? It is \
            the merchant's country, else the terminal's. A country that is unknown is none of those \
            that alone are permitted, and none of those that are not. Asked of purchases, increments \
            and verifications without an amount.",
    refusals: &[Refusal::CountryNotPermitted],
    evaluate: evaluate_country,
};

fn evaluate_country(case: &Case<'_>) -> CheckResult {
    let countries = case
        .rules_in_force()
        .filter(|_| case.purchase.step.uses_card())
        .and_then(|rules| rules.permitted_countries());
    let Some(countries) = countries else {
        return nothing_said();
    };
    let country = case.purchase.attributes.country;
    let refusal = (!countries.value.permit(country)).then_some(Refusal::CountryNotPermitted);
    let inputs = vec![
        (
            "country",
            country.map_or_else(|| "unknown".to_owned(), |country| country.to_string()),
        ),
        ("permitted", countries.value.text()),
        rules_owner(countries.whose),
    ];
    (refusal.into(), inputs)
}
