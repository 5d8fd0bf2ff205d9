//! What is stored with a decision, as the page needs it.

use super::sentence;
use holdfast_funding::view::TransactionView;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The request.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WhyRequest {
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

/// The response.
#[derive(Debug, Serialize)]
pub(super) struct WhyResponse {
    pub(super) outcome: &'static str,
    pub(super) reason: Option<String>,
    /// The approved amount.
    pub(super) amount: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) decision: String,
    pub(super) received_at: String,
    pub(super) decided_at: String,
}

/// The reasons of a decision. Decisions of older versions lack some of them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Reasons {
    #[serde(default, skip_deserializing)]
    pub(super) decided_by: Option<WhyCheck>,
    #[serde(default)]
    pub(super) checks: Vec<WhyCheck>,
    pub(super) balance_before: Option<WhyBalance>,
    pub(super) balance_after: Option<WhyBalance>,
    #[serde(default)]
    pub(super) stages_us: BTreeMap<String, u64>,
    pub(super) rules: Option<i64>,
    pub(super) controls: Option<i64>,
}

/// One check.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct WhyCheck {
    pub(super) check: String,
    pub(super) verdict: String,
    pub(super) because: Option<String>,
    #[serde(default, deserialize_with = "read_texts")]
    pub(super) inputs: BTreeMap<String, String>,
    /// The inputs in words.
    #[serde(default, skip_deserializing)]
    pub(super) sentence: String,
}

/// A balance of the account.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WhyBalance {
    /// The currency of the three, which is the request's.
    #[serde(default)]
    pub(super) currency: Option<String>,
    pub(super) posted: String,
    pub(super) held: String,
    pub(super) available: Option<String>,
}

impl WhyRequest {
    pub(super) fn parse(summary: &RawValue) -> serde_json::Result<Self> {
        serde_json::from_str(summary.get())
    }
}

impl WhyResponse {
    pub(super) fn read(
        story: &TransactionView,
        currency: Option<String>,
    ) -> serde_json::Result<Option<Self>> {
        let Some(decision) = &story.decision else {
            return Ok(None);
        };
        let body = story.response.as_ref().map(|response| response.body.get());
        let amount = body.map(read_amount).transpose()?.flatten();
        Ok(Some(Self {
            outcome: decision.outcome,
            reason: decision.reason.clone(),
            // A declined response repeats the requested amount.
            amount: amount.filter(|_| decision.outcome == "approved"),
            currency,
            status: story.response.as_ref().map(|response| response.status),
            decision: decision.id.clone(),
            received_at: decision.received_at.clone(),
            decided_at: decision.decided_at.clone(),
        }))
    }
}

/// Reads the amount of a response, digit by digit.
fn read_amount(body: &str) -> serde_json::Result<Option<String>> {
    #[derive(Deserialize)]
    struct ResponseBody<'a> {
        #[serde(borrow)]
        jit_funding: Option<JitFunding<'a>>,
    }
    #[derive(Deserialize)]
    struct JitFunding<'a> {
        #[serde(borrow)]
        amount: Option<&'a RawValue>,
    }
    let body: Option<ResponseBody> = serde_json::from_str(body)?;
    let amount = body.and_then(|body| body.jit_funding?.amount);
    Ok(amount.map(|amount| amount.get().to_owned()))
}

impl Reasons {
    pub(super) fn parse(why: &RawValue, currency: Option<&str>) -> serde_json::Result<Self> {
        let mut reasons: Self = serde_json::from_str(why.get())?;
        for checked in &mut reasons.checks {
            checked.sentence = sentence::describe_inputs(&checked.check, &checked.inputs);
        }
        reasons.name_currency(currency);
        // The checks end with the one that refuses; at most one check reduces the amount.
        let decides = |checked: &&WhyCheck| checked.verdict != "passed";
        let deciding = reasons.checks.iter().rev().find(decides);
        reasons.decided_by = deciding.or(reasons.checks.last()).cloned();
        Ok(reasons)
    }

    /// Sets the currency of the balances, which are stored without it.
    fn name_currency(&mut self, currency: Option<&str>) {
        let balances = [&mut self.balance_before, &mut self.balance_after];
        for balance in balances.into_iter().flatten() {
            balance.currency = currency.map(str::to_owned);
        }
    }
}

/// Reads the inputs. They are texts; any other value is shown as its JSON.
fn read_texts<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<String, String>, D::Error> {
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
        Reasons::parse(&RawValue::from_string(why.to_owned()).unwrap(), Some("USD")).unwrap()
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
    fn a_decision_without_reasons_is_read_as_well() {
        let reasons = read("{}");
        assert!(reasons.decided_by.is_none() && reasons.checks.is_empty());
        let numbers = read(r#"{"checks":[{"check":"a","verdict":"passed","inputs":{"n":1}}]}"#);
        assert_eq!(numbers.checks[0].sentence, "n 1");
    }

    #[test]
    fn an_amount_is_read_digit_by_digit() {
        let body = r#"{"jit_funding":{"amount":42.10}}"#;
        assert_eq!(read_amount(body).unwrap().as_deref(), Some("42.10"));
        for body in [r#"{"error":{}}"#, "null"] {
            assert_eq!(read_amount(body).unwrap(), None, "{body}");
        }
    }
}
