//! The network's scores.

use super::builder::{Try, of_card};
use crate::{Check, PurchaseStep, Refusal};
use holdfast_ledger::control::RiskScore;

const TOO_HIGH: Option<Refusal> = Some(Refusal::RiskTooHigh);

fn scored(mut tried: Try, score: RiskScore, points: u32) -> Try {
    tried.attributes.scores.insert(score, points);
    tried
}

#[test]
fn each_score_is_refused_from_its_own_limit_on() {
    for score in RiskScore::ALL {
        let rules = format!(r#"{{"risk":{{"{}":80}}}}"#, score.as_str());
        for (points, wanted) in [(79, None), (80, TOO_HIGH), (999, TOO_HIGH), (0, None)] {
            let tried = scored(Try::ruled(&rules), score, points);
            assert_eq!(tried.refusal(), wanted, "{score:?} {points}");
        }
        for other in RiskScore::ALL.into_iter().filter(|other| *other != score) {
            let tried = scored(Try::ruled(&rules), other, 999);
            assert_eq!(tried.refusal(), None, "{score:?} {other:?}");
        }
        assert_eq!(Try::ruled(&rules).refusal(), None, "not sent: {score:?}");
    }
}

#[test]
fn the_narrowest_counts_for_each_score_by_itself() {
    let program = r#"{"risk":{"transaction_risk_score":80,"account_risk_score":5}}"#;
    let tried = || Try::ruled(program).with(of_card(), r#"{"risk":{"transaction_risk_score":99}}"#);
    assert_eq!(scored(tried(), RiskScore::Transaction, 98).refusal(), None);
    let refused = scored(
        scored(tried(), RiskScore::Transaction, 98),
        RiskScore::Account,
        5,
    );
    assert_eq!(refused.refusal(), TOO_HIGH);
    assert_eq!(
        refused.inputs(Check::Risk),
        "transaction_risk_score: 98; refused from 99 on by the rules of the card; \
         account_risk_score: 5; refused from 5 on by the rules of the program"
    );
}

#[test]
fn what_does_not_spend_is_not_asked() {
    for (step, wanted) in [
        (PurchaseStep::Begins, TOO_HIGH),
        (PurchaseStep::Grows, TOO_HIGH),
        (PurchaseStep::Verifies, None),
        (PurchaseStep::Other, None),
    ] {
        let tried = Try::ruled(r#"{"risk":{"dii_score":9}}"#).step(step);
        let tried = scored(tried, RiskScore::DigitalIdentity, 9);
        assert_eq!(tried.refusal(), wanted, "{step:?}");
    }
}
