//! Countries that are permitted, and that are not.

use super::builder::{Try, of_account, of_card};
use crate::{Check, PurchaseStep, Refusal};

const REFUSED: Option<Refusal> = Some(Refusal::CountryNotPermitted);

#[test]
fn some_are_permitted_alone_or_all_but_some() {
    let (only, but) = (
        r#"{"countries":{"allow":["USA","CAN"]}}"#,
        r#"{"countries":{"deny":["PRK"]}}"#,
    );
    for (rules, country, wanted) in [
        (only, "USA", None),
        (only, "CAN", None),
        (only, "FRA", REFUSED),
        (only, "", REFUSED),
        (but, "FRA", None),
        (but, "PRK", REFUSED),
        (but, "", None),
        (r#"{"countries":{"allow":[]}}"#, "USA", REFUSED),
        (r#"{"countries":{"deny":[]}}"#, "USA", None),
    ] {
        let refusal = Try::ruled(rules).at(country).refusal();
        assert_eq!(refusal, wanted, "{rules} {country}");
    }
}

#[test]
fn the_narrowest_list_counts_and_is_not_joined_with_wider_ones() {
    let tried = |country| {
        Try::ruled(r#"{"countries":{"deny":["FRA"]}}"#)
            .with(of_account(), r#"{"countries":{"allow":["USA"]}}"#)
            .with(of_card(), r#"{"countries":{"allow":["FRA"]}}"#)
            .at(country)
    };
    assert_eq!(tried("FRA").refusal(), None);
    assert_eq!(tried("USA").refusal(), REFUSED);
    assert_eq!(
        tried("USA").inputs(Check::Country),
        "country: USA; permitted: only FRA; rules_of: the card"
    );
}

#[test]
fn verifications_and_increments_are_asked_and_what_is_no_purchase_is_not() {
    for (step, wanted) in [
        (PurchaseStep::Begins, REFUSED),
        (PurchaseStep::Grows, REFUSED),
        (PurchaseStep::Verifies, REFUSED),
        (PurchaseStep::Other, None),
    ] {
        let tried = Try::ruled(r#"{"countries":{"allow":["USA"]}}"#);
        assert_eq!(tried.at("FRA").step(step).refusal(), wanted, "{step:?}");
    }
}
