//! Growing pauses between the attempts of a retry loop.

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use std::time::Duration;

/// The pause after the first failure; each further one is twice as long.
pub(crate) const PAUSE_MIN: Duration = Duration::from_millis(100);
/// The longest pause: a database or broker that is back is noticed within this time.
pub(crate) const PAUSE_MAX: Duration = Duration::from_secs(5);

/// The pauses of a retry loop that never gives up.
#[derive(Debug)]
pub(crate) struct Pauses(ExponentialBackoff);

impl Pauses {
    pub(crate) fn new() -> Self {
        let pauses = ExponentialBuilder::new()
            .with_min_delay(PAUSE_MIN)
            .with_max_delay(PAUSE_MAX)
            .without_max_times();
        Self(pauses.build())
    }

    /// The pause before the next attempt.
    pub(crate) fn next_pause(&mut self) -> Duration {
        self.0.next().unwrap_or(PAUSE_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_never_end() {
        let mut pauses = Pauses::new();
        let millis: Vec<u128> = (0..8).map(|_| pauses.next_pause().as_millis()).collect();
        assert_eq!(millis, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
        let later = (0..1000).map(|_| pauses.next_pause()).last();
        assert_eq!(later, Some(PAUSE_MAX));
    }
}
