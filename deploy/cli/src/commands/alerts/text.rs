//! Alerts as text for people, at most 80 columns wide where tokens allow it.

use holdfast_funding::view::AlertView;
use std::fmt::Write;

const WIDTH: usize = 80;
const INDENT: &str = "    ";
/// Characters of a time up to the minute: `2026-11-30T08:00`.
const MINUTE: usize = 16;

/// Renders a list: for each alert its ID and kind, its subject, and what happened.
pub(super) fn render_list(alerts: &[AlertView]) -> String {
    if alerts.is_empty() {
        return "no alerts".to_owned();
    }
    let heading = format!("{:<36}  {:<MINUTE$}  kind", "id", "raised (UTC)");
    let alerts = alerts.iter().map(render_entry);
    std::iter::once(heading)
        .chain(alerts)
        .collect::<Vec<_>>()
        .join("\n")
}

fn render_entry(alert: &AlertView) -> String {
    let minute = alert.raised_at.get(..MINUTE).unwrap_or(&alert.raised_at);
    let minute = minute.replace('T', " ");
    let about = [
        Some(alert.severity.clone()),
        name_and_value("account", alert.account.as_deref()),
        name_and_value("transaction", alert.transaction.as_deref()),
        render_amounts(alert),
        name_and_value("acknowledged by", alert.acknowledged_by.as_deref()),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let (about, detail) = (wrap_text(&about.join(", ")), wrap_text(&alert.detail));
    format!("{}  {minute}  {}\n{about}\n{detail}", alert.id, alert.kind)
}

fn name_and_value(name: &str, value: Option<&str>) -> Option<String> {
    value.map(|value| format!("{name} {value}"))
}

/// `500.00 USD expected, 42.10 USD booked`.
fn render_amounts(alert: &AlertView) -> Option<String> {
    let currency = alert.currency?;
    let amount = |value: &Option<String>, what: &str| {
        value
            .as_ref()
            .map(|value| format!("{value} {currency} {what}"))
    };
    let (expected, booked) = (
        amount(&alert.expected, "expected"),
        amount(&alert.booked, "booked"),
    );
    let amounts: Vec<String> = [expected, booked].into_iter().flatten().collect();
    (!amounts.is_empty()).then(|| amounts.join(", "))
}

/// Renders one alert, a line for each stored field.
pub(super) fn render_alert(alert: &AlertView) -> String {
    let id = alert.id.to_string();
    let amounts = render_amounts(alert);
    let lines = [
        ("id", Some(id.as_str())),
        ("kind", Some(alert.kind.as_str())),
        ("severity", Some(alert.severity.as_str())),
        ("raised", Some(alert.raised_at.as_str())),
        ("account", alert.account.as_deref()),
        ("transaction", alert.transaction.as_deref()),
        ("type", alert.transaction_type.as_deref()),
        ("state", alert.state.as_deref()),
        ("amounts", amounts.as_deref()),
    ];
    let acknowledged = [
        ("acknowledged", alert.acknowledged_at.as_deref()),
        ("by", alert.acknowledged_by.as_deref()),
    ];
    let mut text = String::new();
    write_lines(&mut text, &lines);
    write_sentence(&mut text, "what happened", Some(&alert.detail));
    write_sentence(&mut text, "what to do", alert.advice);
    write_lines(&mut text, &acknowledged);
    write_sentence(&mut text, "note", alert.note.as_deref());
    text
}

fn write_lines(text: &mut String, lines: &[(&str, Option<&str>)]) {
    for (name, value) in lines {
        if let Some(value) = value {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{name:<14}{value}");
        }
    }
}

fn write_sentence(text: &mut String, name: &str, sentence: Option<&str>) {
    if let Some(sentence) = sentence {
        let _ = writeln!(text, "{name}\n{}", wrap_text(sentence));
    }
}

/// Breaks a text between words into indented lines.
pub(super) fn wrap_text(text: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let width = INDENT.len() + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && width > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    let indented = lines.iter().map(|line| format!("{INDENT}{line}"));
    indented.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::wrap_text;

    #[test]
    fn long_texts_are_broken_between_words() {
        let text = ["word"; 40].join(" ");
        let wrapped = wrap_text(&text);
        assert!(wrapped.lines().all(|line| line.len() <= 80), "{wrapped}");
        assert_eq!(wrapped.lines().count(), 3);
        assert_eq!(
            wrapped.split_whitespace().collect::<Vec<_>>().join(" "),
            text
        );
        assert_eq!(
            wrap_text(&"x".repeat(90)),
            format!("    {}", "x".repeat(90))
        );
    }
}
