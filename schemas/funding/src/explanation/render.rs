//! Saying stored reasons in full. Older decisions are stored in full already, and stay as they are.

use serde_json::{Map, Value, json};

/// The reasons as the API has them. What cannot be read, or is in full already, comes back as it is.
pub fn render_explanation(stored: Value, rules: i32) -> Value {
    let Value::Object(mut why) = stored else {
        return stored;
    };
    let was_full = !why.contains_key("us");
    if was_full {
        return Value::Object(why);
    }
    if let Some(Value::Array(checks)) = why.remove("checks") {
        let checks: Vec<Value> = checks.into_iter().map(render_check).collect();
        why.insert("checks".to_owned(), checks.into());
    }
    let before = why.remove("before").map(render_balance);
    let after = why.remove("after").map(render_balance);
    let available = after.as_ref().map(|after| after["available"].clone());
    why.insert("balance_before".to_owned(), before.into());
    why.insert("balance_after".to_owned(), after.into());
    why.insert("available_after".to_owned(), available.into());
    let us = why.remove("us").unwrap_or_default();
    why.insert(
        "stages_us".to_owned(),
        name_values(["queued", "lock", "read", "decide"], us),
    );
    why.insert("rules".to_owned(), rules.into());
    Value::Object(why)
}

fn render_check(row: Value) -> Value {
    let Value::Array(row) = row else { return row };
    let mut row = row.into_iter();
    let (check, inputs) = (row.next(), row.next().unwrap_or_else(|| json!({})));
    let verdict = row.next().unwrap_or_else(|| "passed".into());
    let mut rendered = json!({"check": check, "inputs": inputs, "verdict": verdict});
    if let (Some(because), Some(rendered)) = (row.next(), rendered.as_object_mut()) {
        rendered.insert("because".to_owned(), because);
    }
    rendered
}

fn render_balance(row: Value) -> Value {
    name_values(["posted", "held", "available"], row)
}

/// Values by name.
fn name_values<const N: usize>(names: [&str; N], row: Value) -> Value {
    let Value::Array(values) = row else {
        return row;
    };
    let names = names.into_iter().map(str::to_owned);
    Value::Object(names.zip(values).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::super::{ExplainedCheck, Explanation};
    use super::*;
    use holdfast_decision::{Check, Checked, Refusal, Verdict};

    fn checked(check: Check, verdict: Verdict, inputs: &[(&'static str, &str)]) -> ExplainedCheck {
        ExplainedCheck::Checked(Checked {
            check,
            verdict,
            inputs: inputs.iter().map(|(n, v)| (*n, (*v).to_owned())).collect(),
        })
    }

    #[test]
    fn what_is_stored_short_is_rendered_in_full() {
        let refused = Verdict::Refused(Refusal::InsufficientFunds);
        let money = |texts: [&str; 3]| Some(texts.map(str::to_owned));
        let reasons = Explanation {
            checks: vec![
                ExplainedCheck::Decided("notified", "state", "PENDING".to_owned()),
                checked(Check::Risk, Verdict::Passed, &[]),
                checked(Check::Funds, refused, &[("asked", "42.10")]),
            ],
            before: money(["50.00", "38.00", "12.00"]),
            after: money(["50.00", "38.00", "12.00"]),
            controls: 7,
            us: [1, 2, 3, 4],
        };
        let balance = json!({"posted": "50.00", "held": "38.00", "available": "12.00"});
        let wanted = json!({
            "checks": [
                {"check": "notified", "verdict": "decided", "inputs": {"state": "PENDING"}},
                {"check": "risk", "verdict": "passed", "inputs": {}},
                {"check": "funds", "verdict": "refused", "because": "insufficient_funds",
                 "inputs": {"asked": "42.10"}},
            ],
            "balance_before": balance, "balance_after": balance, "available_after": "12.00",
            "controls": 7, "rules": 3,
            "stages_us": {"queued": 1, "lock": 2, "read": 3, "decide": 4},
        });
        let stored = serde_json::to_value(&reasons).unwrap();
        assert_eq!(render_explanation(stored, 3), wanted);
        assert_eq!(
            render_explanation(wanted.clone(), 3),
            wanted,
            "older decisions"
        );
        assert_eq!(
            render_explanation(json!({}), 3),
            json!({}),
            "answered by the timeout policy"
        );
    }

    #[test]
    fn an_account_without_the_currency_has_no_balance_to_show() {
        let stored = json!({"checks": [], "controls": 0, "us": [0, 0, 0, 0]});
        let rendered = render_explanation(stored, 3);
        assert_eq!(rendered["balance_before"], Value::Null);
        assert_eq!(rendered["available_after"], Value::Null);
    }
}
