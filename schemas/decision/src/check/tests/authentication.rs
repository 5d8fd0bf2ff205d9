//! 3-D Secure.

use super::builder::{Try, amount, of_account};
use crate::{Check, PurchaseStep, Refusal};
use holdfast_ledger::control::{Authentication, Channel};

const MISSING: Option<Refusal> = Some(Refusal::NotAuthenticated);
const ABOVE_30: &str = r#"{"three_ds_above":{"USD":"30.00"}}"#;

fn tried(rules: &str, asked: &str, channels: &[Channel], proof: Authentication) -> Try {
    let mut tried = Try::ruled(rules).by(channels);
    (tried.amount, tried.attributes.authentication) = (amount(asked), proof);
    tried
}

#[test]
fn above_the_amount_only_success_on_the_internet_suffices() {
    use Authentication::{Attempted, Failed, Not, Successful, Unknown};
    let (internet, shop) = (&[Channel::Ecommerce][..], &[Channel::Contactless][..]);
    for (asked, channels, proof, wanted) in [
        ("30.01", internet, Successful, None),
        ("30.01", internet, Attempted, MISSING),
        ("30.01", internet, Failed, MISSING),
        ("30.01", internet, Not, MISSING),
        ("30.01", internet, Unknown, MISSING),
        ("30.00", internet, Unknown, None),
        ("30.01", shop, Unknown, None),
        ("30.01", &[], Unknown, None),
    ] {
        let refusal = tried(ABOVE_30, asked, channels, proof).refusal();
        assert_eq!(refusal, wanted, "{asked} {channels:?} {proof:?}");
    }
}

#[test]
fn the_amount_is_the_narrowest_of_the_currency() {
    let internet = &[Channel::Ecommerce];
    for (program, account, wanted) in [
        (ABOVE_30, r#"{"three_ds_above":{"USD":"100"}}"#, None),
        (ABOVE_30, r#"{"three_ds_above":{"EUR":"100"}}"#, MISSING),
        (r#"{"three_ds_above":{"EUR":"0"}}"#, "{}", None),
        (r#"{"three_ds_above":{"USD":"0"}}"#, "{}", MISSING),
    ] {
        let tried = tried(program, "42.10", internet, Authentication::Unknown);
        let tried = tried.with(of_account(), account);
        assert_eq!(tried.refusal(), wanted, "{program} {account}");
    }
}

#[test]
fn its_inputs_are_reported() {
    let tried = tried(
        ABOVE_30,
        "42.1",
        &[Channel::Ecommerce],
        Authentication::Attempted,
    );
    assert_eq!(
        tried.inputs(Check::Authentication),
        "asked: 42.10; three_ds_above: 30.00; currency: USD; authentication: attempted; rules_of: the program"
    );
}

#[test]
fn only_where_a_purchase_begins_the_cardholder_is_asked() {
    for (step, wanted) in [
        (PurchaseStep::Begins, MISSING),
        (PurchaseStep::Grows, None),
        (PurchaseStep::Verifies, None),
        (PurchaseStep::Other, None),
    ] {
        let tried = tried(
            ABOVE_30,
            "42.1",
            &[Channel::Ecommerce],
            Authentication::Unknown,
        );
        assert_eq!(tried.step(step).refusal(), wanted, "{step:?}");
    }
}
