//! Ways to pay.

use super::builder::{Try, of_account, of_card};
use crate::{Check, PurchaseStep, Refusal};
use holdfast_ledger::control::{Channel, RulesOf};

const CLOSED: Option<Refusal> = Some(Refusal::ChannelClosed);

#[test]
fn each_way_is_closed_by_its_own_rule_and_by_no_other() {
    for used in Channel::ALL {
        for ruled in Channel::ALL {
            for open in [true, false] {
                let rules = format!(r#"{{"channels":{{"{}":{open}}}}}"#, ruled.as_str());
                let refusal = Try::ruled(&rules).by(&[used]).refusal();
                let wanted = if used == ruled && !open { CLOSED } else { None };
                assert_eq!(refusal, wanted, "{used:?} {rules}");
            }
        }
    }
}

#[test]
fn one_closed_way_of_several_refuses() {
    let rules = r#"{"channels":{"contactless":true,"atm":false}}"#;
    let tried = Try::ruled(rules).by(&[Channel::Contactless, Channel::Atm]);
    assert_eq!(tried.refusal(), CLOSED);
    assert_eq!(
        tried.inputs(Check::Channel),
        "contactless: open by the rules of the program; atm: closed by the rules of the program"
    );
    assert_eq!(Try::ruled(rules).refusal(), None);
    let rules = r#"{"channels":{"ecommerce":false,"recurring":true}}"#;
    let tried = Try::ruled(rules).by(&[Channel::Ecommerce, Channel::Recurring]);
    assert_eq!(tried.refusal(), CLOSED);
}

#[test]
fn the_narrowest_that_speaks_of_a_way_counts() {
    let (yes, no) = (
        r#"{"channels":{"atm":true}}"#,
        r#"{"channels":{"atm":false}}"#,
    );
    let (other, nothing) = (r#"{"channels":{"ecommerce":true}}"#, "{}");
    for (program, account, card, wanted) in [
        (no, nothing, nothing, CLOSED),
        (no, yes, nothing, None),
        (no, nothing, yes, None),
        (no, yes, no, CLOSED),
        (yes, no, nothing, CLOSED),
        (yes, no, yes, None),
        (no, other, other, CLOSED),
        (yes, other, no, CLOSED),
        (nothing, nothing, nothing, None),
    ] {
        let tried = Try::new()
            .with(RulesOf::Program, program)
            .with(of_account(), account)
            .with(of_card(), card)
            .by(&[Channel::Atm]);
        assert_eq!(tried.refusal(), wanted, "{program} {account} {card}");
    }
}

#[test]
fn abroad_is_said_by_the_network_or_measured_against_home() {
    let at_home = r#"{"home_country":"USA","channels":{"abroad":false}}"#;
    for (rules, channels, country, wanted) in [
        (at_home, &[][..], "USA", None),
        (at_home, &[], "FRA", CLOSED),
        (at_home, &[], "", None),
        (at_home, &[Channel::Abroad], "USA", CLOSED),
        (r#"{"channels":{"abroad":false}}"#, &[], "FRA", None),
        (
            r#"{"channels":{"abroad":false}}"#,
            &[Channel::Abroad],
            "FRA",
            CLOSED,
        ),
        (r#"{"home_country":"USA"}"#, &[Channel::Abroad], "FRA", None),
    ] {
        let tried = Try::ruled(rules).by(channels).at(country);
        assert_eq!(tried.refusal(), wanted, "{rules} {channels:?} {country}");
    }
}

#[test]
fn home_of_a_card_and_closed_abroad_of_the_program_meet() {
    let tried = |country| {
        Try::ruled(r#"{"home_country":"USA","channels":{"abroad":false}}"#)
            .with(of_card(), r#"{"home_country":"FRA"}"#)
            .at(country)
    };
    assert_eq!(tried("FRA").refusal(), None);
    assert_eq!(tried("USA").refusal(), CLOSED);
    assert_eq!(
        tried("USA").inputs(Check::Channel),
        "country: USA; home_country: FRA by the rules of the card; abroad: closed by the rules of the program"
    );
}

#[test]
fn verifications_and_increments_are_asked_and_what_is_no_purchase_is_not() {
    for (step, wanted) in [
        (PurchaseStep::Begins, CLOSED),
        (PurchaseStep::Grows, CLOSED),
        (PurchaseStep::Verifies, CLOSED),
        (PurchaseStep::Other, None),
    ] {
        let tried = Try::ruled(r#"{"channels":{"ecommerce":false}}"#).step(step);
        assert_eq!(
            tried.by(&[Channel::Ecommerce]).refusal(),
            wanted,
            "{step:?}"
        );
    }
}
