//! The table that stands still while its figures change.

use super::{Ink, grouped, latency};
use crate::up::demo;
use crate::up::figures::Figures;
use holdfast_simulator::StatsSnapshot;

/// The same number of lines as long as there are the same currencies, so that nothing jumps.
const STORIES: usize = 6;

/// The lines.
pub(super) fn table(figures: &Figures, ink: Ink) -> Vec<String> {
    let mut lines = vec![ink.dim(&"─".repeat(76))];
    lines.extend(purchases(figures, ink));
    lines.push(String::new());
    lines.extend(money(figures, ink));
    lines.push(String::new());
    lines.extend(flow(figures, ink));
    lines.push(String::new());
    lines.extend(stories(figures, ink));
    lines.push(ink.dim("Ctrl-C stops, settles and checks the books"));
    lines
}

fn purchases(figures: &Figures, ink: Ink) -> Vec<String> {
    let stats = &figures.stats;
    let seconds = figures.elapsed.as_secs();
    let first = format!(
        "  {:02}:{:02}   {}   approved {}   declined {}   p50 {}   p99 {}",
        seconds / 60,
        seconds % 60,
        ink.bold(&format!("{:>4} decisions/s", stats.asked_per_second)),
        ink.good(&grouped(stats.approved)),
        ink.mild(&grouped(stats.declined)),
        latency(stats.recent.p50),
        latency(stats.recent.p99),
    );
    let reasons = format!("  {}  {}", ink.dim("declined"), declined(stats));
    vec![first, reasons, trouble(stats, ink)]
}

/// Reasons, the most frequent first.
pub(in crate::up) fn declined(stats: &StatsSnapshot) -> String {
    let mut reasons: Vec<_> = stats.declined_by_reason.iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let shown = reasons.iter().take(4);
    let shown: Vec<String> = shown
        .map(|(reason, count)| format!("{reason} {}", grouped(count)))
        .collect();
    match shown.is_empty() {
        true => "nothing yet".to_owned(),
        false => shown.join("   "),
    }
}

/// What should not happen.
fn trouble(stats: &StatsSnapshot, ink: Ink) -> String {
    let unanswered = stats.errors + stats.timeouts + stats.connection_failures;
    match unanswered {
        0 => String::new(),
        count => ink.bad(&format!("  {} questions without an answer", grouped(count))),
    }
}

fn money(figures: &Figures, ink: Ink) -> Vec<String> {
    let head = format!("  {:<9}{:>18}{:>16}", "accounts", "posted", "held");
    let rows = figures.money.iter().map(|(currency, money)| {
        let amount = |amount| grouped(demo::text(amount, currency));
        format!(
            "  {currency:<9}{:>18}{:>16}",
            amount(money.posted),
            amount(money.held)
        )
    });
    std::iter::once(ink.dim(&head)).chain(rows).collect()
}

fn flow(figures: &Figures, ink: Ink) -> Vec<String> {
    vec![
        format!(
            "  {}  {} published of {} committed",
            ink.dim(&format!("{:<13}", "events")),
            grouped(figures.published),
            grouped(figures.committed),
        ),
        format!(
            "  {}  {} delivered, {} waiting for a worker",
            ink.dim(&format!("{:<13}", "notifications")),
            grouped(figures.stats.notifications_delivered),
            grouped(figures.owed.notifications),
        ),
    ]
}

fn stories(figures: &Figures, ink: Ink) -> Vec<String> {
    let known = figures.stories.iter().map(|event| {
        let name = ink.dim(&format!("{:<17}", event.story));
        format!("  {name}  {}", event.text)
    });
    let empty = std::iter::repeat_with(String::new);
    known.chain(empty).take(STORIES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::up::demo::Money;
    use crate::up::settle::Owed;
    use holdfast_simulator::{Event, Latency};
    use rust_decimal::Decimal;
    use std::time::Duration;

    fn figures() -> Figures {
        let stats = StatsSnapshot {
            asked_per_second: 27,
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
        let money = Money {
            posted: Decimal::new(12_030_100, 2),
            held: Decimal::new(5, 1),
        };
        Figures {
            elapsed: Duration::from_secs(72),
            stats,
            money: [("USD".to_owned(), money)].into(),
            published: 2_380,
            committed: 2_400,
            owed: Owed {
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
    fn the_table_tells_everything() {
        let text = table(&figures(), Ink::new(false)).join("\n");
        for part in [
            "01:12     27 decisions/s   approved 1,288   declined 31   p50 2.1 ms   p99 15 ms",
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
        let full = table(&figures(), Ink::new(true));
        let fewer = Figures {
            stories: [].into(),
            ..figures()
        };
        assert_eq!(full.len(), table(&fewer, Ink::new(true)).len());
        assert!(full.len() <= 20, "{}", full.len());
    }

    #[test]
    fn a_pipe_gets_one_line() {
        let line = super::super::line::line(&figures());
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
