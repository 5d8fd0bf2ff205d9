//! How many records a batch may have: more share a flush and round trips, and hold their accounts' locks
//! for longer. While there is a backlog the limit follows the time that full batches take.

use std::time::Duration;

/// Never fewer: the round trips of a batch would cost more than its records.
const MIN: usize = 64;
/// Never more, however fast the database is.
const MAX: usize = 512;
/// A full batch that takes less than this may grow. Whoever buys on one of its accounts waits as long at worst,
/// of the two seconds that a purchase has; there is a backlog only now and then.
const SHORT: Duration = Duration::from_millis(60);
/// One that takes more must shrink.
const LONG: Duration = Duration::from_millis(120);

/// Records of the next batch at most.
#[derive(Debug)]
pub(super) struct Limit(usize);

impl Default for Limit {
    fn default() -> Self {
        Self(MIN)
    }
}

impl Limit {
    /// The limit now.
    pub(super) fn records(&self) -> usize {
        self.0
    }

    /// A batch of so many records took so long. One that was not full says nothing: there was no backlog.
    pub(super) fn learn(&mut self, records: usize, took: Duration) {
        if took > LONG {
            self.0 = (self.0 / 2).max(MIN);
        } else if records >= self.0 && took < SHORT {
            self.0 = (self.0 * 2).min(MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Duration = Duration::from_millis(5);

    #[test]
    fn a_backlog_that_goes_quickly_makes_larger_batches_up_to_a_limit() {
        let mut limit = Limit::default();
        for _ in 0..20 {
            limit.learn(limit.records(), QUICK);
        }
        assert_eq!(limit.records(), MAX);
    }

    #[test]
    fn batches_that_take_long_become_small_again() {
        let mut limit = Limit(MAX);
        limit.learn(MAX, LONG * 2);
        assert_eq!(limit.records(), MAX / 2);
        for _ in 0..20 {
            limit.learn(1, LONG * 2);
        }
        assert_eq!(limit.records(), MIN);
    }

    #[test]
    fn without_a_backlog_nothing_changes() {
        let mut limit = Limit::default();
        limit.learn(MIN - 1, QUICK);
        limit.learn(MIN, SHORT);
        assert_eq!(limit.records(), MIN);
    }
}
