//! The clock of one story: it begins now and runs ahead of the wall, days in moments.

use time::{Duration, OffsetDateTime};

use crate::Random;

/// Simulated time of one story, whole seconds, always forwards.
#[derive(Clone, Debug)]
pub(super) struct StoryClock {
    now: OffsetDateTime,
}

impl StoryClock {
    pub(super) fn starting(at: OffsetDateTime) -> Self {
        Self {
            now: at.replace_nanosecond(0).unwrap_or(at),
        }
    }

    /// The moment of the next message: at least a second after the one before.
    pub(super) fn next(&mut self, random: &mut Random) -> OffsetDateTime {
        self.now += Duration::seconds(random.between(1, 20) as i64);
        self.now
    }

    pub(super) fn pass(&mut self, minutes: u32) {
        self.now += Duration::minutes(i64::from(minutes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_forward_by_whole_seconds() {
        let mut random = Random::new(5);
        let mut clock = StoryClock::starting(OffsetDateTime::now_utc());
        let mut before = clock.next(&mut random);
        for minutes in [0, 0, 3, 1440, 0] {
            clock.pass(minutes);
            let now = clock.next(&mut random);
            assert!(now - before >= Duration::seconds(1));
            assert!(now - before >= Duration::minutes(i64::from(minutes)));
            assert_eq!(now.nanosecond(), 0);
            before = now;
        }
    }
}
