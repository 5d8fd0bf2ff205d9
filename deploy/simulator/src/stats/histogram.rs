//! A histogram of durations, exact to one percent.

use std::time::Duration;

use hdrhistogram::Histogram;

use super::Latency;

/// Longer durations count as two minutes.
const MICROS_MAX: u64 = 120_000_000;

/// Durations in microseconds.
#[derive(Clone, Debug)]
pub(super) struct LatencyHistogram(Histogram<u64>);

impl Default for LatencyHistogram {
    fn default() -> Self {
        let histogram = Histogram::new_with_max(MICROS_MAX, 2);
        Self(histogram.expect("two digits are between 0 and 5"))
    }
}

impl LatencyHistogram {
    pub(super) fn record_micros(&mut self, micros: u64) {
        self.0.saturating_record(micros);
    }

    pub(super) fn add_histogram(&mut self, other: &Self) {
        // Both have the same bounds.
        let _cannot_fail = self.0.add(&other.0);
    }

    pub(super) fn latency(&self) -> Latency {
        let quantile = |share| Duration::from_micros(self.0.value_at_quantile(share));
        Latency {
            count: self.0.len(),
            p50: quantile(0.5),
            p99: quantile(0.99),
            max: quantile(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_not_below_the_truth_and_close_to_it() {
        let mut histogram = LatencyHistogram::default();
        (1..=1000).for_each(|millis| histogram.record_micros(millis * 1000));
        let latency = histogram.latency();
        let near = |got: Duration, want: u128| {
            let got = got.as_micros();
            assert!(got >= want && got <= want + want / 100, "{got} for {want}");
        };
        near(latency.p50, 500_000);
        near(latency.p99, 990_000);
        near(latency.max, 1_000_000);
        assert_eq!(latency.count, 1000);
        assert_eq!(LatencyHistogram::default().latency(), Latency::default());
    }

    #[test]
    fn a_longer_duration_counts_as_the_longest() {
        let mut histogram = LatencyHistogram::default();
        histogram.record_micros(u64::MAX);
        assert!(histogram.latency().max.as_micros() >= u128::from(MICROS_MAX));
    }
}
