//! The same counts over the last few seconds only: a ring of one-second histograms.

use std::time::Instant;

use super::{Latency, histogram::LatencyHistogram};

/// Whole seconds that count as recent; the running second is added.
const SECONDS: u64 = 5;

#[derive(Debug)]
pub(super) struct RecentLatency {
    start: Instant,
    ring: Vec<(u64, LatencyHistogram)>,
}

impl Default for RecentLatency {
    fn default() -> Self {
        let ring = (0..=SECONDS)
            .map(|_| (u64::MAX, LatencyHistogram::default()))
            .collect();
        Self {
            start: Instant::now(),
            ring,
        }
    }
}

impl RecentLatency {
    pub(super) fn record_micros(&mut self, micros: u64) {
        self.record_at(self.start.elapsed().as_secs(), micros);
    }

    /// Latency over the recent seconds, and how many a second there were.
    pub(super) fn summarize(&self) -> (Latency, u64) {
        self.summarize_at(self.start.elapsed().as_secs())
    }

    pub(super) fn record_at(&mut self, second: u64, micros: u64) {
        let place = (second % (SECONDS + 1)) as usize;
        let (of, histogram) = &mut self.ring[place];
        if *of != second {
            (*of, *histogram) = (second, LatencyHistogram::default());
        }
        histogram.record_micros(micros);
    }

    pub(super) fn summarize_at(&self, second: u64) -> (Latency, u64) {
        let first = second.saturating_sub(SECONDS);
        let mut all = LatencyHistogram::default();
        let mut whole = 0;
        for (of, histogram) in self
            .ring
            .iter()
            .filter(|slot| (first..=second).contains(&slot.0))
        {
            all.add_histogram(histogram);
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
        let mut recent = RecentLatency::default();
        (0..10).for_each(|_| recent.record_at(0, 1_000_000));
        (0..50).for_each(|n| recent.record_at(1 + n % 5, 1000));
        assert_eq!(recent.summarize_at(5).0.count, 60);
        let (latency, rate) = recent.summarize_at(6);
        assert_eq!(latency.count, 50);
        assert!(latency.max.as_millis() < 2);
        assert_eq!(rate, 10);
        assert_eq!(recent.summarize_at(60), (Latency::default(), 0));
    }
}
