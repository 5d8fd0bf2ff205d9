//! Two results side by side.

use super::{Figure, Report};
use std::fmt::Write;

/// For each measure that both have: both medians and the second as a share of the first.
pub(crate) fn compare(first: &Report, second: &Report) -> String {
    let mut text = format!(
        "first: {}\n\nsecond: {}\n\n",
        first.machine.lines(),
        second.machine.lines()
    );
    let _ = writeln!(
        text,
        "{:<10} {:<24} {:<18} {:>10} {:>10} {:>7}",
        "stage", "what", "measure", "first", "second", "ratio"
    );
    for figure in &first.figures {
        match other(figure, second) {
            Some(other) => text.push_str(&rows(figure, other)),
            None => {
                let _ = writeln!(
                    text,
                    "{:<10} {:<24} only in the first",
                    figure.stage, figure.what
                );
            }
        }
    }
    for figure in second
        .figures
        .iter()
        .filter(|figure| other(figure, first).is_none())
    {
        let _ = writeln!(
            text,
            "{:<10} {:<24} only in the second",
            figure.stage, figure.what
        );
    }
    text
}

fn other<'a>(figure: &Figure, report: &'a Report) -> Option<&'a Figure> {
    let is_same = |other: &&Figure| other.stage == figure.stage && other.what == figure.what;
    report.figures.iter().find(is_same)
}

fn rows(first: &Figure, second: &Figure) -> String {
    let mut text = String::new();
    for measure in first.measures.keys() {
        let (Some(a), Some(b)) = (first.median(measure), second.median(measure)) else {
            continue;
        };
        let _ = writeln!(
            text,
            "{:<10} {:<24} {measure:<18} {a:>10.2} {b:>10.2} {:>7.2}{}",
            first.stage,
            first.what,
            b / a,
            doubt(first, second, measure)
        );
    }
    text
}

/// Where the runs of both overlap, the difference may be chance.
fn doubt(first: &Figure, second: &Figure, measure: &str) -> &'static str {
    let values = |figure: &Figure| figure.measures.get(measure).cloned().unwrap_or_default();
    let (a, b) = (values(first), values(second));
    let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let overlap = least(&a) <= most(&b) && least(&b) <= most(&a);
    if a.len() > 1 && b.len() > 1 && overlap {
        "  (runs overlap)"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::report::{Figures, Report};

    fn report(what: &str, values: &[f64]) -> Report {
        let mut figures = Figures::of("hot");
        for value in values {
            figures.add("64", "per_second", *value);
        }
        figures.add(what, "p99_ms", 1.0);
        Report {
            figures: figures.all,
            ..Report::default()
        }
    }

    #[test]
    fn ratios_are_of_medians_and_overlaps_are_shown() {
        let text = compare(
            &report("a", &[90.0, 100.0, 110.0]),
            &report("b", &[150.0, 210.0, 200.0]),
        );
        let line = text.lines().find(|line| line.contains("per_second"));
        let line = line.unwrap_or_default();
        assert!(line.ends_with("2.00"), "{text}");
        assert!(
            text.contains("a                        only in the first"),
            "{text}"
        );
        assert!(
            text.contains("b                        only in the second"),
            "{text}"
        );
        let text = compare(&report("a", &[90.0, 100.0]), &report("a", &[99.0, 101.0]));
        assert!(text.contains("(runs overlap)"), "{text}");
    }
}
