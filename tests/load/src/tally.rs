//! The answers of the measured time: how many, how long they took, how many were wrong.

use hdrhistogram::{CreationError, Histogram};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

/// The longest time that is distinguished, in microseconds: a minute.
const LONGEST: u64 = 60_000_000;

/// Three digits, from a microsecond on. Only senseless bounds are refused.
static HISTOGRAM: LazyLock<Histogram<u64>> = LazyLock::new(|| match bounded() {
    Ok(histogram) => histogram,
    Err(_) => unreachable!("these bounds are sound"),
});

fn bounded() -> Result<Histogram<u64>, CreationError> {
    Histogram::new_with_bounds(1, LONGEST, 3)
}

/// Counts answers while it is open.
#[derive(Debug)]
pub(crate) struct Tally {
    is_open: bool,
    pub(crate) answers: u64,
    /// Answers that were not the expected ones, by what they were.
    pub(crate) wrong: BTreeMap<String, u64>,
    /// Microseconds.
    times: Histogram<u64>,
}

/// Latencies in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Latency {
    pub(crate) p50: u64,
    pub(crate) p99: u64,
    pub(crate) p999: u64,
    pub(crate) max: u64,
}

impl Tally {
    /// A tally that does not count yet.
    pub(crate) fn closed() -> Self {
        Self {
            is_open: false,
            answers: 0,
            wrong: BTreeMap::new(),
            times: HISTOGRAM.clone(),
        }
    }

    /// Counts from now on, or no more.
    pub(crate) fn set_open(&mut self, is_open: bool) {
        self.is_open = is_open;
    }

    /// Counts a response of the kind that was expected.
    pub(crate) fn response(&mut self, took: Duration) {
        if self.is_open {
            self.answers += 1;
            let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
            self.times.saturating_record(micros);
        }
    }

    /// Counts a response that was not expected, whenever it comes.
    pub(crate) fn wrong(&mut self, what: String) {
        *self.wrong.entry(what).or_default() += 1;
    }

    /// The latencies counted.
    pub(crate) fn latency(&self) -> Latency {
        Latency {
            p50: self.times.value_at_quantile(0.5),
            p99: self.times.value_at_quantile(0.99),
            p999: self.times.value_at_quantile(0.999),
            max: self.times.max(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use std::time::Duration;

    #[test]
    fn only_what_comes_while_it_is_open_counts_but_wrong_answers_always_do() {
        let mut tally = Tally::closed();
        tally.response(Duration::from_secs(1));
        tally.wrong("500".to_owned());
        tally.set_open(true);
        for millis in 1..=1_000 {
            tally.response(Duration::from_millis(millis));
        }
        tally.set_open(false);
        tally.response(Duration::from_secs(5));
        assert_eq!(tally.answers, 1_000);
        assert_eq!(tally.wrong["500"], 1);
        let latency = tally.latency();
        let is_near = |found: u64, expected: u64| found.abs_diff(expected) <= expected / 500;
        assert!(is_near(latency.p50, 500_000), "{latency:?}");
        assert!(is_near(latency.p99, 990_000), "{latency:?}");
        assert!(is_near(latency.p999, 999_000), "{latency:?}");
        assert!(is_near(latency.max, 1_000_000), "{latency:?}");
    }
}
