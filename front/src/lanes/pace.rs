//! How long a lane makes one wait: by how many batches are ahead, and how long batches take at present.
//! A batch takes little longer when it holds more, so requests are not counted one by one.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The pace of one lane. Written by the lane alone.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// What a batch takes, in microseconds, averaged over the last ones.
    batch_us: AtomicU64,
}

/// A new measurement counts as one of so many: a single slow flush sheds nobody.
const MEMORY: u64 = 8;

impl Pace {
    /// A batch took that long.
    pub(super) fn measured(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let known = self.batch_us.load(Ordering::Relaxed);
        let next = match known {
            0 => took,
            known => (known.saturating_mul(MEMORY - 1)).saturating_add(took) / MEMORY,
        };
        self.batch_us.store(next, Ordering::Relaxed);
    }

    /// How long until whoever comes now is answered: the batch under way, those that wait, and its own.
    pub(super) fn wait(&self, waiting: usize, batch: usize) -> Duration {
        let batches = u64::try_from(waiting / batch.max(1)).unwrap_or(u64::MAX);
        let batches = batches.saturating_add(2);
        let known = self.batch_us.load(Ordering::Relaxed);
        Duration::from_micros(known.saturating_mul(batches))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_that_of_the_batches_ahead() {
        let pace = Pace::default();
        assert_eq!(
            pace.wait(2_000, 256),
            Duration::ZERO,
            "nothing is known yet"
        );
        pace.measured(Duration::from_millis(20));
        assert_eq!(pace.wait(0, 256), Duration::from_millis(40));
        assert_eq!(pace.wait(255, 256), Duration::from_millis(40));
        assert_eq!(pace.wait(1_000, 100), Duration::from_millis(240));
    }

    #[test]
    fn one_slow_batch_counts_little_and_many_count() {
        let pace = Pace::default();
        pace.measured(Duration::from_millis(8));
        pace.measured(Duration::from_millis(88));
        assert_eq!(pace.wait(0, 1), Duration::from_millis(36));
        (0..60).for_each(|_| pace.measured(Duration::from_millis(88)));
        assert!(pace.wait(0, 1) > Duration::from_millis(170));
    }
}
