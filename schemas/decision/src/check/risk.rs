//! Does the network think it too risky?

use super::{CheckInfo, CheckResult, Verdict, nothing_said};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The network's scores",
    about: "Is every score that the network sends below the limit that the rules set for it (`risk`, by \
            the score's name in `fraud.network`: refused from this score on)? Scores are compared as they \
            were sent: Visa counts to 99, Mastercard to 999. A score that is not sent refuses nothing. \
            Asked of purchases and increments.",
    refusals: &[Refusal::RiskTooHigh],
    evaluate: evaluate_risk,
};

fn evaluate_risk(case: &Case<'_>) -> CheckResult {
    let Some(rules) = case
        .rules_in_force()
        .filter(|_| case.purchase.step.spends())
    else {
        return nothing_said();
    };
    let mut inputs = Vec::new();
    let mut refusal = None;
    for (score, points) in &case.purchase.attributes.scores {
        let Some(limit) = rules.risk_limit(*score) else {
            continue;
        };
        let (from, whose) = (limit.value, limit.whose.as_str());
        inputs.push((
            score.as_str(),
            format!("{points}; refused from {from} on by the rules of the {whose}"),
        ));
        if *points >= from {
            refusal = Some(Refusal::RiskTooHigh);
        }
    }
    (Verdict::from(refusal), inputs)
}
