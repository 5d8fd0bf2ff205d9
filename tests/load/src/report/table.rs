//! The result as a table for people.

use super::{Figure, Report};
use crate::cpu::Part;
use std::fmt::Write;

/// Measures that have a column; all others stand below the row.
const COLUMNS: [(&str, &str, usize); 5] = [
    ("ratio", "ratio", 2),
    ("p50_ms", "p50 ms", 1),
    ("p99_ms", "p99", 1),
    ("p999_ms", "p99.9", 1),
    ("max_ms", "max", 0),
];

impl Report {
    /// For people.
    pub(crate) fn table(&self) -> String {
        let mut text = self.machine.lines();
        text.push_str("\n\n");
        text.push_str(&header());
        for figure in &self.figures {
            text.push_str(&figure.row());
        }
        text.push('\n');
        for (stage, failure) in &self.failures {
            let _ = writeln!(text, "FAILED: {stage}: {failure}");
        }
        if self.failures.is_empty() {
            text.push_str("Every response was the expected one, and the books balance.\n");
        }
        text
    }
}

fn header() -> String {
    let mut text = format!(
        "{:<10} {:<24} {:>8} {:>15}",
        "stage", "what", "a second", "(from-to)"
    );
    for (_, title, _) in COLUMNS {
        let _ = write!(text, " {title:>7}");
    }
    text.push_str("   processor us each:");
    for part in Part::ALL {
        let _ = write!(text, " {}", part.name());
    }
    text.push('\n');
    text
}

impl Figure {
    /// One row, and below it what has no column.
    pub(crate) fn row(&self) -> String {
        let mut text = format!("{:<10} {:<24}", self.stage, self.what);
        let _ = write!(
            text,
            " {:>8} {:>15}",
            number(self.median("per_second"), 0),
            self.spread()
        );
        for (measure, _, digits) in COLUMNS {
            let _ = write!(text, " {:>7}", number(self.median(measure), digits));
        }
        for part in Part::ALL {
            if let Some(each) = self.median(&format!("cpu_{}_us", part.name())) {
                let _ = write!(text, "  {} {each:.0}", part.name());
            }
        }
        text.push('\n');
        let others = self.measures.keys().filter(|name| !has_column(name));
        let others: Vec<String> = others
            .map(|name| format!("{name} {}", number(self.median(name), 2)))
            .collect();
        if !others.is_empty() {
            let _ = writeln!(text, "{:<11}  {}", "", others.join(", "));
        }
        text
    }

    fn spread(&self) -> String {
        let values = self
            .measures
            .get("per_second")
            .map_or(&[][..], Vec::as_slice);
        let least = values.iter().copied().min_by(f64::total_cmp);
        let most = values.iter().copied().max_by(f64::total_cmp);
        match (least, most) {
            (Some(least), Some(most)) if values.len() > 1 => format!("({least:.0}-{most:.0})"),
            _ => String::new(),
        }
    }
}

fn has_column(measure: &str) -> bool {
    measure == "per_second"
        || measure.starts_with("cpu_")
        || COLUMNS.iter().any(|(name, _, _)| *name == measure)
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
}

#[cfg(test)]
mod tests {
    use crate::report::{Figures, Report};

    #[test]
    fn a_row_shows_the_median_the_spread_and_what_has_no_column() {
        let mut figures = Figures::of("hot");
        for rate in [100.0, 300.0, 200.0] {
            figures.add("64 in flight", "per_second", rate);
        }
        figures.add("64 in flight", "cpu_front_us", 41.0);
        figures.add("64 in flight", "front_mib", 35.25);
        let report = Report {
            figures: figures.all,
            ..Report::default()
        };
        let table = report.table();
        for part in [
            "200",
            "(100-300)",
            "front 41",
            "front_mib 35.25",
            "the books balance",
        ] {
            assert!(table.contains(part), "{part} is not in:\n{table}");
        }
    }
}
