//! A check's inputs as a person says them.

use std::collections::BTreeMap;

type Inputs = BTreeMap<String, String>;

/// A sentence for the checks that are about numbers, `name value` pairs for all others.
pub(super) fn of(check: &str, inputs: &Inputs) -> String {
    let said = match check {
        "funds" => funds(inputs),
        "velocity" => velocity(inputs),
        _ => None,
    };
    said.unwrap_or_else(|| pairs(inputs))
}

fn pairs(inputs: &Inputs) -> String {
    let pairs = inputs.iter().map(|(name, value)| format!("{name} {value}"));
    pairs.collect::<Vec<_>>().join(", ")
}

fn funds(inputs: &Inputs) -> Option<String> {
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

/// `spent 480.00 of 500.00 today, asked 42.10 (control day-limit, since …)`.
fn velocity(inputs: &Inputs) -> Option<String> {
    let input = |name: &str| inputs.get(name).map(String::as_str);
    let window = input("window").map(window).unwrap_or_default();
    let spent = input("spent")
        .zip(input("limit"))
        .map(|(spent, limit)| format!("spent {spent} of {limit}{window}"));
    let used = input("uses")
        .zip(input("uses_limit"))
        .map(|(uses, limit)| format!("used {uses} of {limit} times{window}"));
    let asked = input("asked").map(|asked| format!("asked {asked}"));
    let counted: Vec<String> = spent.into_iter().chain(used).collect();
    if counted.is_empty() {
        return None;
    }
    let said = counted.into_iter().chain(asked).collect::<Vec<_>>();
    let named = input("control").map(|control| format!("control {control}"));
    let since = input("since").map(|since| format!("since {since}"));
    let aside: Vec<String> = named.into_iter().chain(since).collect();
    Some(if aside.is_empty() {
        said.join(", ")
    } else {
        format!("{} ({})", said.join(", "), aside.join(", "))
    })
}

/// Marqeta's windows, as a person says them.
fn window(name: &str) -> String {
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

    fn said(check: &str, inputs: &[(&str, &str)]) -> String {
        let text = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        of(check, &inputs.iter().map(text).collect())
    }

    #[test]
    fn funds_are_money() {
        let mut inputs = vec![
            ("available", "12.00"),
            ("asked", "42.10"),
            ("currency", "USD"),
        ];
        assert_eq!(
            said("funds", &inputs),
            "available 12.00 USD, needed 42.10 USD"
        );
        inputs.extend([("requested", "40.00"), ("approved", "12.00")]);
        assert_eq!(
            said("funds", &inputs),
            "available 12.00 USD, needed 42.10 USD, requested 40.00 USD, approved 12.00 USD"
        );
        assert_eq!(said("funds", &[]), "", "an account that nobody knows");
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
        let whole = "spent 480.00 of 500.00 today, asked 42.10 \
                     (control day-limit, since 2026-10-01T00:00:00Z)";
        assert_eq!(said("velocity", &amount), whole);
        let uses = [("window", "month"), ("uses", "5"), ("uses_limit", "5")];
        assert_eq!(said("velocity", &uses), "used 5 of 5 times this month");
        let none = [("control", "day-limit")];
        assert_eq!(said("velocity", &none), "control day-limit");
    }

    #[test]
    fn other_checks_say_what_they_looked_at() {
        let inputs = [("card", "not active"), ("state", "suspended")];
        assert_eq!(said("card", &inputs), "card not active, state suspended");
    }
}
