//! The page for people, at most 80 columns wide where no single word is longer.

mod message;
mod since;
mod wrap;

use super::super::table::Table;
use super::Page;
use super::reasons::{Answered, Asked, Balance, Checked, Reasons};
use wrap::{INDENT, WIDTH, wrap_line};

/// Stages in the order in which they are passed; others follow.
const STAGES: [&str; 4] = ["queued", "lock", "read", "decide"];

pub(super) fn text(page: &Page) -> String {
    let account = page.account.as_deref().unwrap_or("nobody we know");
    let mut parts = vec![format!("transaction {} of {account}", page.transaction)];
    let asked = page.asked.as_ref().map(asked);
    parts.push(section(
        "asked",
        &asked.unwrap_or_else(|| message::unrequested(page)),
    ));
    if let Some(given) = &page.answered {
        parts.push(section("answered", &answered(given)));
        parts.push(section("decided by", &decided_by(&page.reasons, given)));
        parts.push(section("checks", &checks(&page.reasons.checks)));
        parts.push(section("balance", &balances(&page.reasons)));
        parts.push(section("time", &stages(&page.reasons)));
    }
    parts.push(section("since", &since::describe_since(page)));
    parts.join("\n\n")
}

/// A heading, and its lines beside it.
fn section(heading: &str, text: &str) -> String {
    let lines = text.lines().flat_map(|line| wrap_line(line, WIDTH, 2));
    let mut lines = lines.collect::<Vec<_>>().into_iter();
    let first = format!("{heading:<INDENT$}{}", lines.next().unwrap_or_default());
    let others = lines.map(|line| format!("{:INDENT$}{line}", "").trim_end().to_owned());
    let lines = std::iter::once(first).chain(others);
    lines.collect::<Vec<_>>().join("\n")
}

/// `name value` of what there is.
fn pairs<const N: usize>(pairs: [(&str, Option<&str>); N]) -> String {
    let known = pairs.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(format!("{name} {value}"))
    });
    known.collect::<Vec<_>>().join(", ")
}

fn money(amount: Option<&str>, currency: Option<&str>) -> String {
    let (amount, currency) = (amount.unwrap_or("?"), currency.unwrap_or_default());
    format!("{amount} {currency}").trim_end().to_owned()
}

fn asked(asked: &Asked) -> String {
    let amount = money(asked.amount.as_deref(), asked.currency.as_deref());
    let kind = asked.r#type.as_deref().unwrap_or("something");
    let abroad = asked.original_amount.as_deref().map(|amount| {
        let currency = asked.original_currency.as_deref();
        format!(
            "; the merchant's own money: {}",
            money(Some(amount), currency)
        )
    });
    let what = format!("{amount} for {kind}{}", abroad.unwrap_or_default());
    let whose = pairs([
        ("card", asked.card.as_deref()),
        ("used by", asked.acting_user.as_deref()),
        ("merchant category", asked.mcc.as_deref()),
        ("merchant", asked.mid.as_deref()),
        ("country", asked.country.as_deref()),
        ("network", asked.network.as_deref()),
    ]);
    let how = pairs([
        ("method", asked.method.as_deref()),
        ("at", asked.created.as_deref()),
    ]);
    let lines = [what, whose, how].into_iter().filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn answered(answered: &Answered) -> String {
    let currency = answered.currency.as_deref();
    let what = match (answered.outcome, &answered.reason) {
        ("approved", _) => format!("approved {}", money(answered.amount.as_deref(), currency)),
        ("out_of_time", _) => "by the timeout policy: there was no time to decide".to_owned(),
        (outcome, Some(reason)) => format!("{outcome}: {reason}"),
        (outcome, None) => outcome.to_owned(),
    };
    let status = answered.status.map(|status| status.to_string());
    let how = pairs([
        ("status", status.as_deref()),
        ("decision", Some(&answered.decision)),
    ]);
    let when = pairs([
        ("came", Some(&answered.received_at)),
        ("decided", Some(&answered.decided_at)),
    ]);
    format!("{what}\n{how}\n{when}")
}

fn decided_by(reasons: &Reasons, answered: &Answered) -> String {
    let Some(checked) = &reasons.decided_by else {
        return "no check was made".to_owned();
    };
    let sentence = format!("{}: {}", checked.check, checked.sentence);
    let passed = checked.verdict == "passed" && answered.outcome == "approved";
    if passed {
        format!("every check passed; the last was {sentence}")
    } else {
        sentence
    }
}

/// A line for each check; what it looked at is wrapped in its own column.
fn checks(checks: &[Checked]) -> String {
    let mut table = Table::new(&["check", "verdict"], &[]);
    let mut looked_at = vec!["what it looked at".to_owned()];
    for checked in checks {
        table.row([&checked.check, &checked.verdict]);
        let because = checked.because.iter().cloned();
        let sentence = Some(checked.sentence.clone()).filter(|sentence| !sentence.is_empty());
        looked_at.push(because.chain(sentence).collect::<Vec<_>>().join(": "));
    }
    let rows = table.text("none were made");
    let column = rows.lines().map(|line| line.chars().count()).max();
    let column = column.unwrap_or(0).saturating_add(2);
    let line = |(row, sentence)| {
        let line = format!("{row:<column$}{sentence}");
        wrap_line(line.trim_end(), WIDTH, column)
    };
    let lines = rows.lines().zip(&looked_at).flat_map(line);
    lines.collect::<Vec<_>>().join("\n")
}

fn balances(reasons: &Reasons) -> String {
    let mut table = Table::new(&["", "posted", "held", "available"], &[1, 2, 3]);
    let times = [
        ("before", &reasons.balance_before),
        ("after", &reasons.balance_after),
    ];
    for (time, balance) in times {
        if let Some(Balance {
            currency,
            posted,
            held,
            available,
        }) = balance
        {
            let in_currency = |amount| money(amount, currency.as_deref());
            let figures = [Some(posted), Some(held), available.as_ref()];
            let [posted, held, available] =
                figures.map(|amount| in_currency(amount.map(String::as_str)));
            table.row([time, &posted, &held, &available]);
        }
    }
    table.text("not kept, or the account has none in this currency")
}

fn stages(reasons: &Reasons) -> String {
    let known = STAGES
        .into_iter()
        .filter(|name| reasons.stages_us.contains_key(*name));
    let others = reasons.stages_us.keys().map(String::as_str);
    let others = others.filter(|name| !STAGES.contains(name));
    let stages = known.chain(others).filter_map(|name| {
        let micros = reasons.stages_us.get(name)?;
        Some(format!(
            "{name} {}.{:03} ms",
            micros / 1_000,
            micros % 1_000
        ))
    });
    let stages = stages.collect::<Vec<_>>().join(", ");
    let version = |number: Option<i64>| number.map(|number| number.to_string());
    let versions = pairs([
        ("by rules of version", version(reasons.rules).as_deref()),
        ("controls of version", version(reasons.controls).as_deref()),
    ]);
    if stages.is_empty() && versions.is_empty() {
        return "not kept".to_owned();
    }
    format!("{stages}\n{versions}").trim().to_owned()
}
