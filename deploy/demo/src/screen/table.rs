//! The table that is redrawn in place.

use super::{Style, format_latency, group_digits};
use crate::accounts;
use crate::figures::Figures;
use holdfast_simulator::StatsSnapshot;

/// The same number of lines as long as there are the same currencies, so that the table keeps its height.
const STORIES: usize = 6;
/// The table fits a terminal of 80 columns and 24 rows; longer lines would be cut.
const REASONS_WIDTH: usize = 68;
const STORY_WIDTH: usize = 59;

/// Renders the table, line by line.
pub(super) fn render_table(figures: &Figures, style: Style) -> Vec<String> {
    let mut lines = vec![style.dim(&"─".repeat(76))];
    lines.extend(render_purchases(figures, style));
    lines.push(String::new());
    lines.extend(render_balances(figures, style));
    lines.push(String::new());
    lines.extend(render_flow(figures, style));
    lines.push(String::new());
    lines.extend(render_stories(figures, style));
    lines.push(style.dim("Ctrl-C stops, finishes pending work and checks the books"));
    lines
}

fn render_purchases(figures: &Figures, style: Style) -> Vec<String> {
    let stats = &figures.stats;
    let seconds = figures.elapsed.as_secs();
    let first = format!(
        "  {:02}:{:02}  {}  approved {}  declined {}  p50 {} p99 {}",
        seconds / 60,
        seconds % 60,
        style.bold(&format!("{:>3} decisions/s", stats.requests_per_second)),
        style.success(&group_digits(stats.approved)),
        style.warning(&group_digits(stats.declined)),
        format_latency(stats.recent.p50),
        format_latency(stats.recent.p99),
    );
    let reasons = format!(
        "  {}  {}",
        style.dim("declined"),
        render_decline_reasons(stats)
    );
    vec![first, reasons, render_failures(stats, style)]
}

/// Reasons, the most frequent first, as many as fit.
fn render_decline_reasons(stats: &StatsSnapshot) -> String {
    let mut reasons: Vec<_> = stats.declined_by_reason.iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut shown = String::new();
    for (reason, count) in reasons {
        let next = format!("   {reason} {}", group_digits(count));
        if shown.len() + next.len() > REASONS_WIDTH {
            break;
        }
        shown.push_str(&next);
    }
    match shown.is_empty() {
        true => "nothing yet".to_owned(),
        false => shown.trim_start().to_owned(),
    }
}

/// Requests without a response.
fn render_failures(stats: &StatsSnapshot, style: Style) -> String {
    let unanswered = stats.errors + stats.timeouts + stats.connection_failures;
    match unanswered {
        0 => String::new(),
        count => style.failure(&format!(
            "  {} requests without a response",
            group_digits(count)
        )),
    }
}

fn render_balances(figures: &Figures, style: Style) -> Vec<String> {
    let head = format!("  {:<9}{:>18}{:>16}", "accounts", "posted", "held");
    let rows = figures.balances.iter().map(|(currency, balance)| {
        let amount = |amount| group_digits(accounts::format_amount(amount, currency));
        format!(
            "  {currency:<9}{:>18}{:>16}",
            amount(balance.posted),
            amount(balance.held)
        )
    });
    std::iter::once(style.dim(&head)).chain(rows).collect()
}

fn render_flow(figures: &Figures, style: Style) -> Vec<String> {
    vec![
        format!(
            "  {}  {} published of {} committed",
            style.dim(&format!("{:<13}", "events")),
            group_digits(figures.published),
            group_digits(figures.committed),
        ),
        format!(
            "  {}  {} delivered, {} waiting for a worker",
            style.dim(&format!("{:<13}", "notifications")),
            group_digits(figures.stats.notifications_delivered),
            group_digits(figures.backlog.notifications),
        ),
    ]
}

fn render_stories(figures: &Figures, style: Style) -> Vec<String> {
    let known = figures.stories.iter().map(|event| {
        let name = style.dim(&format!("{:<17}", event.story));
        let text: String = event.text.chars().take(STORY_WIDTH).collect();
        format!("  {name}  {text}")
    });
    let empty = std::iter::repeat_with(String::new);
    known.chain(empty).take(STORIES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::DemoBalance;
    use crate::backlog::Backlog;
    use holdfast_simulator::{Event, Latency};
    use rust_decimal::Decimal;
    use std::time::Duration;

    fn figures() -> Figures {
        let stats = StatsSnapshot {
            requests_per_second: 27,
            approved: 1_288,
            declined: 31,
            declined_by_reason: [
                ("INVALID_CARD".to_owned(), 1),
                ("INSUFFICIENT_FUNDS".to_owned(), 30),
            ]
            .into(),
            recent: Latency {
                p50: Duration::from_micros(2_100),
                p99: Duration::from_millis(15),
                ..Latency::default()
            },
            ..StatsSnapshot::default()
        };
        let balance = DemoBalance {
            posted: Decimal::new(12_030_100, 2),
            held: Decimal::new(5, 1),
        };
        Figures {
            elapsed: Duration::from_secs(72),
            stats,
            balances: [("USD".to_owned(), balance)].into(),
            published: 2_380,
            committed: 2_400,
            backlog: Backlog {
                notifications: 3,
                events: 20,
            },
            stories: [Event {
                story: "hotel",
                text: "Bayview 120.00 USD approved".to_owned(),
            }]
            .into(),
        }
    }

    #[test]
    fn the_table_shows_every_figure() {
        let text = render_table(&figures(), Style::new(false)).join("\n");
        for part in [
            "01:12   27 decisions/s  approved 1,288  declined 31  p50 2.1 ms p99 15 ms",
            "INSUFFICIENT_FUNDS 30   INVALID_CARD 1",
            "USD              120,301.00            0.50",
            "2,380 published of 2,400 committed",
            "3 waiting",
            "hotel              Bayview 120.00 USD approved",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(!text.contains('\x1b'));
    }

    #[test]
    fn the_table_keeps_its_height() {
        let full = render_table(&figures(), Style::new(true));
        let fewer = Figures {
            stories: [].into(),
            ..figures()
        };
        assert_eq!(full.len(), render_table(&fewer, Style::new(true)).len());
        assert!(full.len() <= 20, "{}", full.len());
    }

    #[test]
    fn the_table_fits_eighty_columns() {
        let mut wide = figures();
        wide.stats.approved = 123_456;
        wide.stats.declined = 12_345;
        wide.stats.recent.p50 = Duration::from_micros(12_100);
        wide.stats.declined_by_reason = [
            "TRANSACTION_NOT_PERMITTED",
            "NO_CHECKING_ACCOUNT",
            "AMOUNT_LIMIT_EXCEEDED",
        ]
        .map(|reason| (reason.to_owned(), 4_321))
        .into();
        for story in &mut wide.stories {
            story.text = "x".repeat(100);
        }
        let width = |line: &String| line.chars().count();
        let lines = render_table(&wide, Style::new(false));
        let widest = lines.iter().max_by_key(|line| width(line)).unwrap();
        assert!(width(widest) <= 80, "{widest}");
    }

    #[test]
    fn a_pipe_gets_one_line() {
        let line = super::super::line::format_line(&figures());
        assert!(
            line.starts_with("  72 s  27 decisions/s  approved 1,288"),
            "{line}"
        );
        assert!(
            line.ends_with("published 2,380 of 2,400  waiting 3"),
            "{line}"
        );
    }
}
