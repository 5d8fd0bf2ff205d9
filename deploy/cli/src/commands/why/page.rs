//! The page for people, at most 80 columns wide where no single word is longer.

mod message;
mod since;
mod wrap;

use super::super::table::Table;
use super::WhyPage;
use super::reasons::{Reasons, WhyBalance, WhyCheck, WhyRequest, WhyResponse};
use wrap::{INDENT, WIDTH, wrap_line};

/// Phases in their order; others follow.
const PHASES: [&str; 4] = ["queued", "lock", "read", "decide"];

pub(super) fn render_page(page: &WhyPage) -> String {
    let account = page.account.as_deref().unwrap_or("an unknown account");
    let mut parts = vec![format!("transaction {} of {account}", page.transaction)];
    let request = page.asked.as_ref().map(describe_request);
    let request = request.unwrap_or_else(|| message::describe_unrequested(page));
    parts.push(render_section("request", &request));
    if let Some(response) = &page.answered {
        let deciding = describe_deciding_check(&page.reasons, response);
        parts.push(render_section("response", &describe_response(response)));
        parts.push(render_section("decided by", &deciding));
        parts.push(render_section(
            "checks",
            &render_checks(&page.reasons.checks),
        ));
        parts.push(render_section("balance", &render_balances(&page.reasons)));
        parts.push(render_section("time", &render_phases(&page.reasons)));
    }
    parts.push(render_section("since", &since::describe_since(page)));
    parts.join("\n\n")
}

/// Renders a heading with its lines beside it.
fn render_section(heading: &str, text: &str) -> String {
    let lines = text.lines().flat_map(|line| wrap_line(line, WIDTH, 2));
    let mut lines = lines.collect::<Vec<_>>().into_iter();
    let first = format!("{heading:<INDENT$}{}", lines.next().unwrap_or_default());
    let others = lines.map(|line| format!("{:INDENT$}{line}", "").trim_end().to_owned());
    let lines = std::iter::once(first).chain(others);
    lines.collect::<Vec<_>>().join("\n")
}

/// Joins the pairs that have a value as `name value`.
fn join_pairs<const N: usize>(pairs: [(&str, Option<&str>); N]) -> String {
    let known = pairs.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(format!("{name} {value}"))
    });
    known.collect::<Vec<_>>().join(", ")
}

fn format_money(amount: Option<&str>, currency: Option<&str>) -> String {
    let (amount, currency) = (amount.unwrap_or("?"), currency.unwrap_or_default());
    format!("{amount} {currency}").trim_end().to_owned()
}

fn describe_request(asked: &WhyRequest) -> String {
    let amount = format_money(asked.amount.as_deref(), asked.currency.as_deref());
    let kind = asked.r#type.as_deref().unwrap_or("an unknown type");
    let abroad = asked.original_amount.as_deref().map(|amount| {
        let currency = asked.original_currency.as_deref();
        format!(
            "; in the merchant's currency: {}",
            format_money(Some(amount), currency)
        )
    });
    let what = format!("{amount} for {kind}{}", abroad.unwrap_or_default());
    let whose = join_pairs([
        ("card", asked.card.as_deref()),
        ("used by", asked.acting_user.as_deref()),
        ("merchant category", asked.mcc.as_deref()),
        ("merchant", asked.mid.as_deref()),
        ("country", asked.country.as_deref()),
        ("network", asked.network.as_deref()),
    ]);
    let how = join_pairs([
        ("method", asked.method.as_deref()),
        ("at", asked.created.as_deref()),
    ]);
    let lines = [what, whose, how].into_iter().filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn describe_response(answered: &WhyResponse) -> String {
    let currency = answered.currency.as_deref();
    let what = match (answered.outcome, &answered.reason) {
        ("approved", _) => format!(
            "approved {}",
            format_money(answered.amount.as_deref(), currency)
        ),
        ("out_of_time", _) => "by the timeout policy: the time was up before a decision".to_owned(),
        (outcome, Some(reason)) => format!("{outcome}: {reason}"),
        (outcome, None) => outcome.to_owned(),
    };
    let status = answered.status.map(|status| status.to_string());
    let how = join_pairs([
        ("status", status.as_deref()),
        ("decision", Some(&answered.decision)),
    ]);
    let when = join_pairs([
        ("received", Some(&answered.received_at)),
        ("decided", Some(&answered.decided_at)),
    ]);
    format!("{what}\n{how}\n{when}")
}

fn describe_deciding_check(reasons: &Reasons, answered: &WhyResponse) -> String {
    let Some(checked) = &reasons.decided_by else {
        return "no check was evaluated".to_owned();
    };
    let sentence = format!("{}: {}", checked.check, checked.sentence);
    let passed = checked.verdict == "passed" && answered.outcome == "approved";
    if passed {
        format!("every check passed; the last was {sentence}")
    } else {
        sentence
    }
}

/// Renders a line for each check; its inputs are wrapped in a column of their own.
fn render_checks(checks: &[WhyCheck]) -> String {
    let mut table = Table::new(&["check", "verdict"], &[]);
    let mut inputs = vec!["inputs".to_owned()];
    for checked in checks {
        table.add_row([&checked.check, &checked.verdict]);
        let because = checked.because.iter().cloned();
        let sentence = Some(checked.sentence.clone()).filter(|sentence| !sentence.is_empty());
        inputs.push(because.chain(sentence).collect::<Vec<_>>().join(": "));
    }
    let rows = table.render_or("none");
    let column = rows.lines().map(|line| line.chars().count()).max();
    let column = column.unwrap_or(0).saturating_add(2);
    let line = |(row, sentence)| {
        let line = format!("{row:<column$}{sentence}");
        wrap_line(line.trim_end(), WIDTH, column)
    };
    let lines = rows.lines().zip(&inputs).flat_map(line);
    lines.collect::<Vec<_>>().join("\n")
}

fn render_balances(reasons: &Reasons) -> String {
    let mut table = Table::new(&["", "posted", "held", "available"], &[1, 2, 3]);
    let times = [
        ("before", &reasons.balance_before),
        ("after", &reasons.balance_after),
    ];
    for (time, balance) in times {
        if let Some(WhyBalance {
            currency,
            posted,
            held,
            available,
        }) = balance
        {
            let in_currency = |amount| format_money(amount, currency.as_deref());
            let figures = [Some(posted), Some(held), available.as_ref()];
            let [posted, held, available] =
                figures.map(|amount| in_currency(amount.map(String::as_str)));
            table.add_row([time, &posted, &held, &available]);
        }
    }
    table.render_or("not stored, or the account has no balance in this currency")
}

fn render_phases(reasons: &Reasons) -> String {
    let known = PHASES
        .into_iter()
        .filter(|name| reasons.stages_us.contains_key(*name));
    let others = reasons.stages_us.keys().map(String::as_str);
    let others = others.filter(|name| !PHASES.contains(name));
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
    let versions = join_pairs([
        ("rules version", version(reasons.rules).as_deref()),
        ("controls version", version(reasons.controls).as_deref()),
    ]);
    if stages.is_empty() && versions.is_empty() {
        return "not stored".to_owned();
    }
    format!("{stages}\n{versions}").trim().to_owned()
}
