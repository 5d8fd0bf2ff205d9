//! What happened to a purchase: notifications, alerts, disputes, its hold, its journal lines.

use super::super::super::table::Table;
use super::super::{AlertOf, NotificationOf, WhyPage, WhySince};
use super::format_money;
use super::message::{describe_message, format_message_amount};
use holdfast_funding::view::{DisputeView, EntryView};

pub(super) fn describe_since(page: &WhyPage) -> String {
    let since = &page.since;
    let alerts = since.alerts.iter().map(|of| describe_alert(of, page));
    let disputes = since.disputes.iter().map(describe_dispute);
    let parts = std::iter::once(describe_notifications(since))
        .chain(alerts)
        .chain(disputes)
        .chain([describe_hold(since), describe_entries(page)]);
    parts.collect::<Vec<_>>().join("\n\n")
}

fn describe_notifications(since: &WhySince) -> String {
    if since.notifications.is_empty() {
        return "no notifications".to_owned();
    }
    let lines = since.notifications.iter().map(describe_notification);
    lines.collect::<Vec<_>>().join("\n")
}

fn describe_notification(of: &NotificationOf) -> String {
    let view = &of.notification;
    let mut lines = vec![
        format!("{}  {} {}", view.received_at, view.r#type, view.state),
        format!("  {}, transaction {}", view.status, of.transaction),
    ];
    if let Some(message) = &view.message {
        let (sum, place) = (format_message_amount(message), describe_message(message));
        let parts = [sum, place].into_iter().filter(|part| !part.is_empty());
        lines.push(format!("  {}", parts.collect::<Vec<_>>().join(", ")));
    }
    lines.extend(view.error.as_ref().map(|error| format!("  {error}")));
    lines.join("\n")
}

fn describe_alert(AlertOf { transaction, alert }: &AlertOf, page: &WhyPage) -> String {
    let of = if *transaction == page.transaction {
        String::new()
    } else {
        format!(" of {transaction}")
    };
    let mut lines = vec![
        format!("alert {} ({}){of}", alert.kind, alert.severity),
        format!("  {}", alert.detail),
    ];
    let expected = alert.expected.as_deref().zip(alert.booked.as_deref());
    lines.extend(expected.map(|(expected, booked)| {
        let currency = alert.currency;
        let (expected, booked) = (
            format_money(Some(expected), currency),
            format_money(Some(booked), currency),
        );
        format!("  expected {expected}, booked {booked}")
    }));
    lines.extend(alert.advice.map(|advice| format!("  {advice}")));
    lines.extend(alert.acknowledged_by.as_ref().map(|by| {
        let note = alert.note.as_deref().unwrap_or("no note");
        format!("  acknowledged by {by}: {note}")
    }));
    lines.join("\n")
}

fn describe_dispute(dispute: &DisputeView) -> String {
    let name = dispute.dispute.as_deref().unwrap_or("without a token");
    let mut lines = vec![format!("dispute {name}")];
    for step in &dispute.steps {
        let at = step.message.created.as_ref().unwrap_or(&step.received_at);
        lines.push(format!("  {at}  {} {}", step.r#type, step.state));
        let mut more = vec![format_message_amount(&step.message), step.status.clone()];
        more.extend(step.dispute_state.clone());
        lines.push(format!(
            "    {}, transaction {}",
            more.join(", "),
            step.transaction
        ));
    }
    let moved = dispute.moved.iter();
    let moved: Vec<String> = moved
        .map(|moved| format_money(Some(&moved.amount), Some(moved.currency)))
        .collect();
    lines.push(if moved.is_empty() {
        "  no money was moved so far".to_owned()
    } else {
        format!("  moved so far: {}", moved.join(", "))
    });
    lines.join("\n")
}

fn describe_hold(since: &WhySince) -> String {
    let Some(hold) = &since.hold else {
        return "no hold".to_owned();
    };
    let expires = hold.expires_at.as_deref();
    let expires = expires.map(|at| format!(", expires {at}"));
    let name = format!(
        "hold {} is {}{}",
        hold.id,
        hold.state,
        expires.unwrap_or_default()
    );
    let mut table = Table::new(
        &["authorized", "held", "cleared", "released"],
        &[0, 1, 2, 3],
    );
    let figures = [&hold.authorized, &hold.held, &hold.cleared, &hold.released];
    let figures = figures.map(|figure| format_money(Some(figure), Some(hold.currency)));
    table.add_row([&figures[0], &figures[1], &figures[2], &figures[3]]);
    format!("{name}\n{}", table.render_or(""))
}

fn describe_entries(page: &WhyPage) -> String {
    let because = page.no_money_because.as_deref();
    if page.since.entries.is_empty() {
        let because = because.map(|because| format!(": {because}"));
        return format!("no money was moved{}", because.unwrap_or_default());
    }
    let lines = page
        .since
        .entries
        .iter()
        .map(|entry| describe_entry(entry, page));
    let own =
        because.map(|because| format!("{} itself moved no money: {because}", page.transaction));
    lines.chain(own).collect::<Vec<_>>().join("\n")
}

/// `2026-10-03T08:16:00.329Z  -40.00 USD settled, cleared`; the transaction where it is another one.
fn describe_entry(entry: &EntryView, page: &WhyPage) -> String {
    let sum = format_money(Some(&entry.amount), Some(entry.currency));
    let line = format!("{}  {sum:>13} {}, {}", entry.at, entry.layer, entry.kind);
    match entry.transaction.as_deref() {
        Some(other) if other != page.transaction => format!("{line}\n  transaction {other}"),
        _ => line,
    }
}
