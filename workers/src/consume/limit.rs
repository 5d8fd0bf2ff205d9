//! The largest number of records in a batch. A larger batch shares a flush and round trips among more
//! records, and holds its accounts' locks for longer. Under a backlog the limit follows the time that full
//! batches take.

use std::time::Duration;

/// Below this the round trips of a batch would cost more than its records.
const MIN: usize = 64;
/// Above this a batch gains nothing, however fast the database is.
const MAX: usize = 512;
/// A full batch that takes less time doubles the limit. A purchase on one of its accounts waits this long at
/// worst, out of its two seconds, and only while there is a backlog.
const GROW_BELOW: Duration = Duration::from_millis(60);
/// A batch that takes more time halves the limit.
const SHRINK_ABOVE: Duration = Duration::from_millis(120);

/// The largest number of records in the next batch.
#[derive(Debug)]
pub(super) struct BatchLimit(usize);

impl Default for BatchLimit {
    fn default() -> Self {
        Self(MIN)
    }
}

impl BatchLimit {
    /// The current limit.
    pub(super) fn records(&self) -> usize {
        self.0
    }

    /// Adjusts the limit to the time that a batch took. A short batch that was not full changes nothing:
    /// there was no backlog.
    pub(super) fn adjust(&mut self, records: usize, took: Duration) {
        if took > SHRINK_ABOVE {
            self.0 = (self.0 / 2).max(MIN);
        } else if records >= self.0 && took < GROW_BELOW {
            self.0 = (self.0 * 2).min(MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Duration = Duration::from_millis(5);

    #[test]
    fn quick_full_batches_raise_the_limit_up_to_the_maximum() {
        let mut limit = BatchLimit::default();
        for _ in 0..20 {
            limit.adjust(limit.records(), QUICK);
        }
        assert_eq!(limit.records(), MAX);
    }

    #[test]
    fn slow_batches_lower_the_limit_down_to_the_minimum() {
        let mut limit = BatchLimit(MAX);
        limit.adjust(MAX, SHRINK_ABOVE * 2);
        assert_eq!(limit.records(), MAX / 2);
        for _ in 0..20 {
            limit.adjust(1, SHRINK_ABOVE * 2);
        }
        assert_eq!(limit.records(), MIN);
    }

    #[test]
    fn without_a_backlog_the_limit_stays() {
        let mut limit = BatchLimit::default();
        limit.adjust(MIN - 1, QUICK);
        limit.adjust(MIN, GROW_BELOW);
        assert_eq!(limit.records(), MIN);
    }
}
