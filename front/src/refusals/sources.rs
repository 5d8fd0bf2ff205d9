//! Failures by source, in bounded memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Sources that are remembered; the one that failed longest ago gives way to a new one.
const SOURCES_MAX: usize = 4_096;
/// A source that has not failed for so long is as good as new.
const FORGET_AFTER: Duration = Duration::from_secs(60);
/// Failures that cost nothing: a mistyped password, a rotation.
const FREE_FAILURES: u32 = 5;
/// The first delay; each failure doubles it.
const DELAY: Duration = Duration::from_millis(50);
const DELAY_MAX: Duration = Duration::from_secs(2);
/// Failures within [`WINDOW`], of all sources together, that are alerted.
const MANY: u32 = 100;
const WINDOW: Duration = Duration::from_secs(60);
/// One alert in this time: an attacker cannot fill the table.
const QUIET_AFTER_ALERT: Duration = Duration::from_secs(600);

/// What is known of failures.
#[derive(Debug, Default)]
pub(super) struct Sources {
    failures: HashMap<IpAddr, (u32, Instant)>,
    window: Option<(Instant, u32)>,
    alerted: Option<Instant>,
}

impl Sources {
    /// Notes a failure. Returns how long its refusal is to wait; and how many there were, if an alert is due.
    pub(super) fn note_failure(
        &mut self,
        source: Option<IpAddr>,
        now: Instant,
    ) -> (Duration, Option<u32>) {
        let count = source.map_or(1, |source| self.count_source(source, now));
        (delay_after(count), self.count_all(now))
    }

    fn count_source(&mut self, source: IpAddr, now: Instant) -> u32 {
        if self.failures.len() >= SOURCES_MAX && !self.failures.contains_key(&source) {
            let oldest = self.failures.iter().min_by_key(|(_, (_, last))| *last);
            if let Some(oldest) = oldest.map(|(source, _)| *source) {
                self.failures.remove(&oldest);
            }
        }
        let (count, last) = self.failures.entry(source).or_insert((0, now));
        if now.saturating_duration_since(*last) > FORGET_AFTER {
            *count = 0;
        }
        (*count, *last) = (count.saturating_add(1), now);
        *count
    }

    fn count_all(&mut self, now: Instant) -> Option<u32> {
        let is_in = |began: &Instant| now.saturating_duration_since(*began) <= WINDOW;
        let (began, before) = self
            .window
            .filter(|(began, _)| is_in(began))
            .unwrap_or((now, 0));
        let count = before.saturating_add(1);
        self.window = Some((began, count));
        let is_quiet = |at: &Instant| now.saturating_duration_since(*at) < QUIET_AFTER_ALERT;
        if count < MANY || self.alerted.as_ref().is_some_and(is_quiet) {
            return None;
        }
        self.alerted = Some(now);
        Some(count)
    }
}

fn delay_after(failures: u32) -> Duration {
    let Some(doubled) = failures.checked_sub(FREE_FAILURES.saturating_add(1)) else {
        return Duration::ZERO;
    };
    let factor = 2_u32.saturating_pow(doubled.min(16));
    DELAY.saturating_mul(factor).min(DELAY_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn source(number: u32) -> Option<IpAddr> {
        Some(Ipv4Addr::from(number).into())
    }

    #[test]
    fn a_source_waits_longer_the_more_often_it_fails_and_others_do_not() {
        let (mut sources, now) = (Sources::default(), Instant::now());
        let mut delays = (0..12).map(|_| sources.note_failure(source(1), now).0.as_millis());
        let delays: Vec<u128> = delays.by_ref().collect();
        assert_eq!(delays, [0, 0, 0, 0, 0, 50, 100, 200, 400, 800, 1600, 2000]);
        assert_eq!(sources.note_failure(source(2), now).0, Duration::ZERO);
        let later = now + FORGET_AFTER + Duration::from_secs(1);
        assert_eq!(sources.note_failure(source(1), later).0, Duration::ZERO);
    }

    #[test]
    fn memory_is_bounded_and_the_latest_sources_are_kept() {
        let (mut sources, began) = (Sources::default(), Instant::now());
        for number in 0..10_000 {
            let at = began + Duration::from_millis(number.into());
            sources.note_failure(source(number), at);
        }
        assert_eq!(sources.failures.len(), SOURCES_MAX);
        assert!(source(9_999).is_some_and(|ip| sources.failures.contains_key(&ip)));
    }

    #[test]
    fn many_failures_are_alerted_once_in_ten_minutes() {
        let (mut sources, now) = (Sources::default(), Instant::now());
        let mut alerts = |at: Instant| {
            let failures = (0..250).filter_map(|number| sources.note_failure(source(number), at).1);
            failures.collect::<Vec<u32>>()
        };
        assert_eq!(alerts(now), [MANY]);
        assert!(alerts(now + WINDOW * 2).is_empty());
        assert_eq!(alerts(now + QUIET_AFTER_ALERT), [MANY]);
    }
}
