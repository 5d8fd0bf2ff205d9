//! How notifications are delivered.

use std::time::Duration;

use crate::SimulatorError;

/// Marqeta's documented limit of an envelope.
const BATCH_MAX: usize = 10;

/// Options of the delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Probability that an item is delivered twice, 0 to 1.
    pub duplicates: f64,
    /// Hold every item back for a chance time up to [`Delivery::spread`]: order is lost.
    pub shuffle: bool,
    /// Longest hold back of a shuffled item, and of a duplicate.
    pub spread: Duration,
    /// Most items in an envelope, 1 to 10. Waiting items are sent at once; an envelope is not held back to fill it.
    pub batch: usize,
    /// Factor on the retry spacing: at 0.001 the four seconds are four milliseconds.
    pub time_scale: f64,
    /// Envelopes on their way at the same time.
    pub in_flight: usize,
}

impl Default for Delivery {
    /// In order, once, up to ten an envelope; retries a hundred times faster than Marqeta's.
    fn default() -> Self {
        Self {
            duplicates: 0.0,
            shuffle: false,
            spread: Duration::from_millis(300),
            batch: BATCH_MAX,
            time_scale: 0.01,
            in_flight: 4,
        }
    }
}

impl Delivery {
    pub(super) fn check_ranges(&self) -> Result<(), SimulatorError> {
        let share = 0.0..=1.0;
        if !share.contains(&self.duplicates) {
            return Err(SimulatorError::Option("duplicates must be from 0 to 1"));
        }
        if !(1..=BATCH_MAX).contains(&self.batch) {
            return Err(SimulatorError::Option("batch must be from 1 to 10"));
        }
        if !share.contains(&self.time_scale) {
            return Err(SimulatorError::Option("time_scale must be from 0 to 1"));
        }
        if self.in_flight == 0 {
            return Err(SimulatorError::Option("in_flight must be at least 1"));
        }
        Ok(())
    }
}
