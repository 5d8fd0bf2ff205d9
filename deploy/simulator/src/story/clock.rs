//! The clock of one story: it starts now and runs ahead of real time.

use time::{Duration, OffsetDateTime};

use crate::Random;

/// Simulated time of one story, whole seconds, always forwards.
#[derive(Clone, Debug)]
pub(super) struct StoryClock {
    now: OffsetDateTime,
}

impl StoryClock {
    pub(super) fn starting_at(at: OffsetDateTime) -> Self {
        Self {
            now: at.replace_nanosecond(0).unwrap_or(at),
        }
    }

    /// The moment of the next message: at least a second after the one before.
    pub(super) fn next_second(&mut self, random: &mut Random) -> OffsetDateTime {
        self.now += Duration::seconds(random.between(1, 20) as i64);
        self.now
    }

    pub(super) fn advance(&mut self, minutes: u32) {
        self.now += Duration::minutes(i64::from(minutes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_forward_by_whole_seconds() {
        let mut random = Random::new(5);
        let mut clock = StoryClock::starting_at(OffsetDateTime::now_utc());
        let mut before = clock.next_second(&mut random);
        for minutes in [0, 0, 3, 1440, 0] {
            clock.advance(minutes);
            let now = clock.next_second(&mut random);
            assert!(now - before >= Duration::seconds(1));
            assert!(now - before >= Duration::minutes(i64::from(minutes)));
            assert_eq!(now.nanosecond(), 0);
            before = now;
        }
    }
}
