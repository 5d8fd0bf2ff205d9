//! The funds check shows the figures that it compares.

use super::builder::{Try, amount};
use crate::Check;

fn shown(of: &Try) -> String {
    of.inputs(Check::Funds)
}

#[test]
fn a_purchase_needs_its_amount_and_its_hold_increase() {
    let mut of = Try::new();
    assert_eq!(
        shown(&of),
        "available: 1000.00; asked: 42.10; currency: USD"
    );
    of.increase = amount("4.21");
    assert_eq!(
        shown(&of),
        "available: 1000.00; asked: 46.31; currency: USD; requested: 42.10"
    );
}

#[test]
fn an_increment_on_an_expired_hold_needs_the_whole_purchase() {
    let mut of = Try::new();
    (of.before, of.amount) = (Some(amount("400")), amount("40"));
    assert_eq!(shown(&of), "available: 600.00; asked: 40.00; currency: USD");
    of.expired = true;
    assert_eq!(
        shown(&of),
        "available: 1000.00; asked: 440.00; currency: USD; requested: 40.00"
    );
    of.before = Some(amount("970"));
    assert_eq!(of.refusal(), Some(crate::Refusal::InsufficientFunds));
}
