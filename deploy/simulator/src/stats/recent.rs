//! The same counts over the last few seconds only: a ring of one-second histograms.

use std::time::Instant;

use super::{Latency, histogram::Histogram};

/// Whole seconds that count as recent; the running second is added.
const SECONDS: u64 = 5;

#[derive(Debug)]
pub(super) struct Recent {
    start: Instant,
    ring: Vec<(u64, Histogram)>,
}

impl Default for Recent {
    fn default() -> Self {
        let ring = (0..=SECONDS)
            .map(|_| (u64::MAX, Histogram::default()))
            .collect();
        Self {
            start: Instant::now(),
            ring,
        }
    }
}

impl Recent {
    pub(super) fn record(&mut self, micros: u64) {
        self.record_at(self.start.elapsed().as_secs(), micros);
    }

    /// Latency over the recent seconds, and how many a second there were.
    pub(super) fn summary(&self) -> (Latency, u64) {
        self.summary_at(self.start.elapsed().as_secs())
    }

    pub(super) fn record_at(&mut self, second: u64, micros: u64) {
        let place = (second % (SECONDS + 1)) as usize;
        let (of, histogram) = &mut self.ring[place];
        if *of != second {
            (*of, *histogram) = (second, Histogram::default());
        }
        histogram.record(micros);
    }

    pub(super) fn summary_at(&self, second: u64) -> (Latency, u64) {
        let first = second.saturating_sub(SECONDS);
        let mut all = Histogram::default();
        let mut whole = 0;
        for (of, histogram) in self
            .ring
            .iter()
            .filter(|slot| (first..=second).contains(&slot.0))
        {
            all.merge(histogram);
            if *of < second {
                whole += histogram.latency().count;
            }
        }
        (all.latency(), whole / (second - first).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_seconds_are_dropped() {
        let mut recent = Recent::default();
        (0..10).for_each(|_| recent.record_at(0, 1_000_000));
        (0..50).for_each(|n| recent.record_at(1 + n % 5, 1000));
        assert_eq!(recent.summary_at(5).0.count, 60);
        let (latency, rate) = recent.summary_at(6);
        assert_eq!(latency.count, 50);
        assert!(latency.max.as_millis() < 2);
        assert_eq!(rate, 10);
        assert_eq!(recent.summary_at(60), (Latency::default(), 0));
    }
}
