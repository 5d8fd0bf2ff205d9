//! The figures in one line, for files and pipes.

use super::{grouped, latency};
use crate::up::figures::Figures;

/// One line.
pub(super) fn line(figures: &Figures) -> String {
    let stats = &figures.stats;
    format!(
        "{:>4} s  {} decisions/s  approved {}  declined {}  p50 {}  p99 {}  published {} of {}  \
         waiting {}",
        figures.elapsed.as_secs(),
        stats.asked_per_second,
        grouped(stats.approved),
        grouped(stats.declined),
        latency(stats.recent.p50),
        latency(stats.recent.p99),
        grouped(figures.published),
        grouped(figures.committed),
        grouped(figures.owed.notifications),
    )
}
