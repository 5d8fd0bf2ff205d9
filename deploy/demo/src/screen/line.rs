//! The figures in one line, for files and pipes.

use super::{format_latency, group_digits};
use crate::figures::Figures;

/// Formats the figures as one line.
pub(super) fn format_line(figures: &Figures) -> String {
    let stats = &figures.stats;
    format!(
        "{:>4} s  {} decisions/s  approved {}  declined {}  p50 {}  p99 {}  published {} of {}  \
         waiting {}",
        figures.elapsed.as_secs(),
        stats.requests_per_second,
        group_digits(stats.approved),
        group_digits(stats.declined),
        format_latency(stats.recent.p50),
        format_latency(stats.recent.p99),
        group_digits(figures.published),
        group_digits(figures.committed),
        group_digits(figures.backlog.notifications),
    )
}
