//! Where no rule is about a purchase, its checks keep nothing; and the checks keep their order.

use super::builder::{Try, control};
use crate::{Check, PurchaseStep, Refusal};
use holdfast_ledger::control::{Applies, Channel, RiskScore};
use holdfast_ledger::token::CardToken;

const OF_RULES: [Check; 6] = [
    Check::Channel,
    Check::Country,
    Check::SinglePurchase,
    Check::Risk,
    Check::Authentication,
    Check::AuthorizationControl,
];

/// A purchase that would touch every rule.
fn telling(mut tried: Try) -> Try {
    tried.attributes.scores.insert(RiskScore::Transaction, 99);
    tried.by(&Channel::ALL).at("FRA")
}

#[test]
fn without_rules_nothing_is_kept() {
    let mut of_another = control("of-another");
    of_another.applies = Applies::Card(CardToken::parse("red").unwrap());
    for tried in [
        telling(Try::new()),
        telling(Try::new().denied_by(of_another)),
        telling(
            Try::new()
                .denied_by(control("denies"))
                .step(PurchaseStep::Other),
        ),
    ] {
        assert_eq!(tried.refusal(), None);
        for check in OF_RULES {
            assert_eq!(tried.inputs(check), "", "{check:?}");
        }
    }
}

#[test]
fn the_first_check_that_refuses_decides() {
    let all = [
        (r#""channels":{"ecommerce":false}"#, Refusal::ChannelClosed),
        (
            r#""countries":{"deny":["FRA"]}"#,
            Refusal::CountryNotPermitted,
        ),
        (
            r#""single_purchase_maximum":{"USD":"1"}"#,
            Refusal::SinglePurchaseTooLarge,
        ),
        (
            r#""risk":{"transaction_risk_score":1}"#,
            Refusal::RiskTooHigh,
        ),
        (r#""three_ds_above":{"USD":"1"}"#, Refusal::NotAuthenticated),
    ];
    for first in 0..all.len() {
        let rules: Vec<&str> = all.iter().skip(first).map(|(rule, _)| *rule).collect();
        let rules = format!("{{{}}}", rules.join(","));
        let tried = telling(Try::ruled(&rules)).denied_by(control("denies"));
        assert_eq!(tried.refusal(), Some(all[first].1), "{rules}");
    }
    let tried = telling(Try::new()).denied_by(control("denies"));
    assert_eq!(tried.refusal(), Some(Refusal::DeniedByControl));
}
