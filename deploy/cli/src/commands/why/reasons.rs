//! What was kept with a decision, read as what the page needs.

use super::sentence;
use holdfast_funding::view::TransactionView;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What was asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) r#type: Option<String>,
    pub(super) method: Option<String>,
    pub(super) amount: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) original_amount: Option<String>,
    pub(super) original_currency: Option<String>,
    pub(super) card: Option<String>,
    pub(super) acting_user: Option<String>,
    pub(super) mcc: Option<String>,
    pub(super) mid: Option<String>,
    pub(super) country: Option<String>,
    pub(super) network: Option<String>,
    pub(super) created: Option<String>,
}

/// What was answered.
#[derive(Debug, Serialize)]
pub(super) struct Answered {
    pub(super) outcome: &'static str,
    pub(super) reason: Option<String>,
    /// What was approved.
    pub(super) amount: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) decision: String,
    pub(super) received_at: String,
    pub(super) decided_at: String,
}

/// Why. Decisions of older versions lack some of it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Reasons {
    #[serde(default, skip_deserializing)]
    pub(super) decided_by: Option<Checked>,
    #[serde(default)]
    pub(super) checks: Vec<Checked>,
    pub(super) balance_before: Option<Balance>,
    pub(super) balance_after: Option<Balance>,
    #[serde(default)]
    pub(super) stages_us: BTreeMap<String, u64>,
    pub(super) rules: Option<i64>,
    pub(super) controls: Option<i64>,
}

/// One check.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Checked {
    pub(super) check: String,
    pub(super) verdict: String,
    pub(super) because: Option<String>,
    #[serde(default, deserialize_with = "texts")]
    pub(super) inputs: BTreeMap<String, String>,
    /// The inputs as a person says them.
    #[serde(default, skip_deserializing)]
    pub(super) sentence: String,
}

/// What the account had.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Balance {
    /// The currency of the three, which is the request's.
    #[serde(default)]
    pub(super) currency: Option<String>,
    pub(super) posted: String,
    pub(super) held: String,
    pub(super) available: Option<String>,
}

impl Asked {
    pub(super) fn read(summary: &RawValue) -> serde_json::Result<Self> {
        serde_json::from_str(summary.get())
    }
}

impl Answered {
    pub(super) fn of(
        story: &TransactionView,
        currency: Option<String>,
    ) -> serde_json::Result<Option<Self>> {
        let Some(decision) = &story.decision else {
            return Ok(None);
        };
        let body = story.answer.as_ref().map(|answer| answer.body.get());
        let amount = body.map(amount).transpose()?.flatten();
        Ok(Some(Self {
            outcome: decision.outcome,
            reason: decision.reason.clone(),
            // A refusal repeats what was asked for.
            amount: amount.filter(|_| decision.outcome == "approved"),
            currency,
            status: story.answer.as_ref().map(|answer| answer.status),
            decision: decision.id.clone(),
            received_at: decision.received_at.clone(),
            decided_at: decision.decided_at.clone(),
        }))
    }
}

/// The amount of an answer, digit by digit.
fn amount(body: &str) -> serde_json::Result<Option<String>> {
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        jit_funding: Option<Funding<'a>>,
    }
    #[derive(Deserialize)]
    struct Funding<'a> {
        #[serde(borrow)]
        amount: Option<&'a RawValue>,
    }
    let body: Option<Body> = serde_json::from_str(body)?;
    let amount = body.and_then(|body| body.jit_funding?.amount);
    Ok(amount.map(|amount| amount.get().to_owned()))
}

impl Reasons {
    pub(super) fn read(why: &RawValue, currency: Option<&str>) -> serde_json::Result<Self> {
        let mut reasons: Self = serde_json::from_str(why.get())?;
        for checked in &mut reasons.checks {
            checked.sentence = sentence::of(&checked.check, &checked.inputs);
        }
        reasons.name_currency(currency);
        // Checks end with the one that refuses; a reduced amount is reduced further by none.
        let decides = |checked: &&Checked| checked.verdict != "passed";
        let deciding = reasons.checks.iter().rev().find(decides);
        reasons.decided_by = deciding.or(reasons.checks.last()).cloned();
        Ok(reasons)
    }

    /// Balances are kept without their currency.
    fn name_currency(&mut self, currency: Option<&str>) {
        let balances = [&mut self.balance_before, &mut self.balance_after];
        for balance in balances.into_iter().flatten() {
            balance.currency = currency.map(str::to_owned);
        }
    }
}

/// Inputs are texts today; should one be a number some day, it is still shown.
fn texts<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values = BTreeMap::<String, Value>::deserialize(input)?;
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let texts = values.into_iter().map(|(name, value)| (name, text(value)));
    Ok(texts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(why: &str) -> Reasons {
        Reasons::read(&RawValue::from_string(why.to_owned()).unwrap(), Some("USD")).unwrap()
    }

    #[test]
    fn the_check_that_refused_or_reduced_decides_else_the_last() {
        let check = |name, verdict| format!(r#"{{"check":"{name}","verdict":"{verdict}"}}"#);
        for (last, wanted) in [
            ("reduced", "funds"),
            ("refused", "funds"),
            ("passed", "late"),
        ] {
            let checks = [
                check("card", "passed"),
                check("funds", last),
                check("late", "passed"),
            ];
            let reasons = read(&format!(r#"{{"checks":[{}]}}"#, checks.join(",")));
            let by = reasons.decided_by.map(|checked| checked.check);
            assert_eq!(by.as_deref(), Some(wanted), "{last}");
        }
    }

    #[test]
    fn a_decision_that_kept_nothing_is_read_as_well() {
        let reasons = read("{}");
        assert!(reasons.decided_by.is_none() && reasons.checks.is_empty());
        let numbers = read(r#"{"checks":[{"check":"a","verdict":"passed","inputs":{"n":1}}]}"#);
        assert_eq!(numbers.checks[0].sentence, "n 1");
    }

    #[test]
    fn an_amount_is_read_digit_by_digit() {
        let body = r#"{"jit_funding":{"amount":42.10}}"#;
        assert_eq!(amount(body).unwrap().as_deref(), Some("42.10"));
        for body in [r#"{"error":{}}"#, "null"] {
            assert_eq!(amount(body).unwrap(), None, "{body}");
        }
    }
}
