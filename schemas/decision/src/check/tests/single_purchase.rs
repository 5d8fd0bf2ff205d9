//! The most that a single purchase may be.

use super::builder::{Try, amount, of_account, of_card};
use crate::{Check, PurchaseStep, Refusal};

const TOO_LARGE: Option<Refusal> = Some(Refusal::SinglePurchaseTooLarge);

#[test]
fn the_maximum_itself_is_allowed_and_a_cent_more_is_not() {
    for (rules, asked, wanted) in [
        (
            r#"{"single_purchase_maximum":{"USD":"50.00"}}"#,
            "50.00",
            None,
        ),
        (
            r#"{"single_purchase_maximum":{"USD":"50.00"}}"#,
            "50.01",
            TOO_LARGE,
        ),
        (
            r#"{"single_purchase_maximum":{"USD":"0"}}"#,
            "0.01",
            TOO_LARGE,
        ),
        (r#"{"single_purchase_maximum":{"EUR":"1"}}"#, "50.01", None),
        ("{}", "999", None),
    ] {
        let mut tried = Try::ruled(rules);
        tried.amount = amount(asked);
        assert_eq!(tried.refusal(), wanted, "{rules} {asked}");
    }
}

#[test]
fn it_comes_before_the_money() {
    let mut tried = Try::ruled(r#"{"single_purchase_maximum":{"USD":"50"}}"#);
    tried.amount = amount("5000");
    assert_eq!(tried.refusal(), TOO_LARGE);
    assert_eq!(
        tried.inputs(Check::SinglePurchase),
        "comes_to: 5000.00; maximum: 50.00; currency: USD; rules_of: the program"
    );
}

#[test]
fn the_narrowest_counts_for_each_currency_by_itself() {
    let card = |json: &str| {
        Try::ruled(r#"{"single_purchase_maximum":{"USD":"10"}}"#)
            .with(of_account(), r#"{"single_purchase_maximum":{"USD":"40"}}"#)
            .with(of_card(), json)
            .refusal()
    };
    assert_eq!(card("{}"), TOO_LARGE);
    assert_eq!(
        card(r#"{"single_purchase_maximum":{"EUR":"99"}}"#),
        TOO_LARGE
    );
    assert_eq!(card(r#"{"single_purchase_maximum":{"USD":"99"}}"#), None);
}

#[test]
fn an_increment_is_asked_for_the_whole_that_it_makes() {
    for (before, more, wanted) in [
        ("40", "10", None),
        ("40", "10.01", TOO_LARGE),
        ("1", "1", None),
    ] {
        let mut tried =
            Try::ruled(r#"{"single_purchase_maximum":{"USD":"50"}}"#).step(PurchaseStep::Grows);
        (tried.before, tried.amount) = (Some(amount(before)), amount(more));
        assert_eq!(tried.refusal(), wanted, "{before} {more}");
    }
}

#[test]
fn what_does_not_spend_is_not_asked() {
    for step in [PurchaseStep::Verifies, PurchaseStep::Other] {
        let tried = Try::ruled(r#"{"single_purchase_maximum":{"USD":"1"}}"#);
        assert_eq!(tried.step(step).refusal(), None, "{step:?}");
    }
}
