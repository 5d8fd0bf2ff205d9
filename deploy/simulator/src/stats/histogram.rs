//! Counts of durations in fixed buckets: sixteen for each power of two of microseconds, so a
//! quantile is at most a sixteenth too high.

use std::time::Duration;

use super::Latency;

const SUB_BITS: u32 = 4;
const SUB: usize = 1 << SUB_BITS;
/// Enough for 2^27 µs, two minutes: all beyond falls into the last bucket.
const BUCKETS: usize = SUB * 24;

/// A histogram of microseconds.
#[derive(Clone, Debug)]
pub(super) struct Histogram {
    counts: [u64; BUCKETS],
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            counts: [0; BUCKETS],
            total: 0,
        }
    }
}

impl Histogram {
    pub(super) fn record(&mut self, micros: u64) {
        self.counts[bucket(micros)] += 1;
        self.total += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.counts
            .iter_mut()
            .zip(other.counts)
            .for_each(|(mine, theirs)| *mine += theirs);
        self.total += other.total;
    }

    pub(super) fn latency(&self) -> Latency {
        Latency {
            count: self.total,
            p50: self.quantile(500),
            p99: self.quantile(990),
            max: self.quantile(1000),
        }
    }

    /// The upper edge of the bucket in which this thousandth lies.
    fn quantile(&self, per_mille: u64) -> Duration {
        let rank = (self.total * per_mille).div_ceil(1000).max(1);
        let mut seen = 0;
        let found = self.counts.iter().position(|count| {
            seen += count;
            seen >= rank
        });
        found.map_or(Duration::ZERO, |bucket| {
            Duration::from_micros(upper_edge(bucket))
        })
    }
}

fn bucket(micros: u64) -> usize {
    if micros < SUB as u64 {
        return micros as usize;
    }
    let shift = micros.ilog2() - SUB_BITS;
    let index = (shift as usize) * SUB + (micros >> shift) as usize;
    index.min(BUCKETS - 1)
}

fn upper_edge(bucket: usize) -> u64 {
    if bucket < SUB {
        return bucket as u64;
    }
    let shift = bucket / SUB - 1;
    (((bucket % SUB + SUB) as u64 + 1) << shift) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_lies_under_its_edge_and_close_to_it() {
        for micros in (0..2000).chain([65_535, 65_536, 1_000_000, 3_000_000, 60_000_000]) {
            let edge = upper_edge(bucket(micros));
            assert!(
                edge >= micros && edge <= micros + micros / 16,
                "{micros} under {edge}"
            );
        }
        assert_eq!(bucket(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn quantiles_of_a_known_set() {
        let mut histogram = Histogram::default();
        (1..=1000).for_each(|millis| histogram.record(millis * 1000));
        let latency = histogram.latency();
        let near = |got: Duration, want: u64| {
            let got = got.as_millis() as u64;
            assert!(got >= want && got <= want + want / 15, "{got} for {want}");
        };
        near(latency.p50, 500);
        near(latency.p99, 990);
        near(latency.max, 1000);
        assert_eq!(latency.count, 1000);
        assert_eq!(Histogram::default().latency(), Latency::default());
    }
}
