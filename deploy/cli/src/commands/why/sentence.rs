//! A check's inputs in words.

use std::collections::BTreeMap;

type Inputs = BTreeMap<String, String>;

/// A sentence for the checks of amounts, `name value` pairs for all others.
pub(super) fn describe_inputs(check: &str, inputs: &Inputs) -> String {
    let sentence = match check {
        "funds" => describe_funds(inputs),
        "velocity" => describe_velocity(inputs),
        _ => None,
    };
    sentence.unwrap_or_else(|| join_inputs(inputs))
}

fn join_inputs(inputs: &Inputs) -> String {
    let pairs = inputs.iter().map(|(name, value)| format!("{name} {value}"));
    pairs.collect::<Vec<_>>().join(", ")
}

fn describe_funds(inputs: &Inputs) -> Option<String> {
    let currency = inputs.get("currency").map_or("", String::as_str);
    let money = |name: &str, shown: &str| {
        let amount = inputs.get(name)?;
        Some(format!("{shown} {amount} {currency}").trim_end().to_owned())
    };
    let mut parts = vec![money("available", "available")?, money("asked", "needed")?];
    parts.extend(money("requested", "requested"));
    parts.extend(money("approved", "approved"));
    Some(parts.join(", "))
}

/// `spent 480.00 of 500.00 today, requested 42.10 (control day-limit, since …)`.
fn describe_velocity(inputs: &Inputs) -> Option<String> {
    let input = |name: &str| inputs.get(name).map(String::as_str);
    let window = input("window").map(describe_window).unwrap_or_default();
    let spent = input("spent")
        .zip(input("limit"))
        .map(|(spent, limit)| format!("spent {spent} of {limit}{window}"));
    let used = input("uses")
        .zip(input("uses_limit"))
        .map(|(uses, limit)| format!("used {uses} of {limit} times{window}"));
    let asked = input("asked").map(|asked| format!("requested {asked}"));
    let counted: Vec<String> = spent.into_iter().chain(used).collect();
    if counted.is_empty() {
        return None;
    }
    let counts = counted.into_iter().chain(asked).collect::<Vec<_>>();
    let named = input("control").map(|control| format!("control {control}"));
    let since = input("since").map(|since| format!("since {since}"));
    let details: Vec<String> = named.into_iter().chain(since).collect();
    Some(if details.is_empty() {
        counts.join(", ")
    } else {
        format!("{} ({})", counts.join(", "), details.join(", "))
    })
}

/// Marqeta's windows in words.
fn describe_window(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "day" => " today".to_owned(),
        "week" => " this week".to_owned(),
        "month" => " this month".to_owned(),
        "lifetime" => " ever".to_owned(),
        "transaction" => " in one purchase".to_owned(),
        other => format!(" in its window {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn describe(check: &str, inputs: &[(&str, &str)]) -> String {
        let text = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        describe_inputs(check, &inputs.iter().map(text).collect())
    }

    #[test]
    fn funds_are_money() {
        let mut inputs = vec![
            ("available", "12.00"),
            ("asked", "42.10"),
            ("currency", "USD"),
        ];
        assert_eq!(
            describe("funds", &inputs),
            "available 12.00 USD, needed 42.10 USD"
        );
        inputs.extend([("requested", "40.00"), ("approved", "12.00")]);
        assert_eq!(
            describe("funds", &inputs),
            "available 12.00 USD, needed 42.10 USD, requested 40.00 USD, approved 12.00 USD"
        );
        assert_eq!(describe("funds", &[]), "", "an unknown account");
    }

    #[test]
    fn a_limit_says_how_much_of_it_is_used() {
        let amount = [
            ("control", "day-limit"),
            ("window", "DAY"),
            ("spent", "480.00"),
            ("limit", "500.00"),
            ("asked", "42.10"),
            ("since", "2026-10-01T00:00:00Z"),
        ];
        let whole = "spent 480.00 of 500.00 today, requested 42.10 \
                     (control day-limit, since 2026-10-01T00:00:00Z)";
        assert_eq!(describe("velocity", &amount), whole);
        let uses = [("window", "month"), ("uses", "5"), ("uses_limit", "5")];
        assert_eq!(describe("velocity", &uses), "used 5 of 5 times this month");
        let none = [("control", "day-limit")];
        assert_eq!(describe("velocity", &none), "control day-limit");
    }

    #[test]
    fn other_checks_say_what_they_looked_at() {
        let inputs = [("card", "not active"), ("state", "suspended")];
        assert_eq!(
            describe("card", &inputs),
            "card not active, state suspended"
        );
    }
}
