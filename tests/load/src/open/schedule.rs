//! When each request is due. A thread of its own keeps the time: timers of the runtime are only exact
//! to a millisecond, which would count as latency.

use crate::closed::RunTime;
use anyhow::Result;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Requests are due at equal distances.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    began: Instant,
    rate: f64,
    run_time: RunTime,
}

impl Schedule {
    /// Begins in a moment, so that connections can be made.
    pub(super) fn new(rate: f64, run_time: RunTime) -> Self {
        Self {
            began: Instant::now() + Duration::from_millis(200),
            rate,
            run_time,
        }
    }

    /// When a request is due. Computed from the beginning: nothing adds up.
    pub(super) fn due(&self, number: u64) -> Instant {
        self.began + Duration::from_secs_f64(number as f64 / self.rate)
    }

    /// How many requests are due by then.
    fn due_by(&self, at: Instant) -> u64 {
        match at.checked_duration_since(self.began) {
            None => 0,
            Some(since) => ((since.as_secs_f64() * self.rate).floor() as u64 + 1).min(self.total()),
        }
    }

    fn total(&self) -> u64 {
        ((self.run_time.warm_up + self.run_time.measured).as_secs_f64() * self.rate) as u64
    }

    pub(super) fn measured_from(&self) -> Instant {
        self.began + self.run_time.warm_up
    }

    pub(super) fn measured_to(&self) -> Instant {
        self.measured_from() + self.run_time.measured
    }

    /// Is this request due in the measured time?
    pub(super) fn is_measured(&self, number: u64) -> bool {
        self.due(number) >= self.measured_from()
    }

    /// Sends the number of each request as soon as it is due.
    pub(super) fn start(self) -> Result<(JoinHandle<()>, UnboundedReceiver<u64>)> {
        let (sender, receiver) = unbounded_channel();
        let pacer = std::thread::Builder::new().name("pacer".to_owned());
        let thread = pacer.spawn(move || {
            let mut next = 0;
            while next < self.total() {
                std::thread::sleep(self.due(next).saturating_duration_since(Instant::now()));
                // After a pause all that became due meanwhile is sent at once.
                let due = self.due_by(Instant::now()).max(next + 1);
                for number in next..due {
                    if sender.send(number).is_err() {
                        return;
                    }
                }
                next = due;
            }
        })?;
        Ok((thread, receiver))
    }
}

#[cfg(test)]
mod tests {
    use super::Schedule;
    use crate::closed::RunTime;
    use std::time::Duration;

    fn schedule(rate: f64) -> Schedule {
        let run_time = RunTime {
            warm_up: Duration::from_secs(1),
            measured: Duration::from_secs(4),
        };
        Schedule::new(rate, run_time)
    }

    #[test]
    fn requests_are_due_at_equal_distances_and_nothing_adds_up() {
        let schedule = schedule(1_000.0);
        let after = |number| schedule.due(number) - schedule.began;
        assert_eq!(after(0), Duration::ZERO);
        assert_eq!(after(3), Duration::from_millis(3));
        assert_eq!(after(4_999), Duration::from_millis(4_999));
        assert_eq!(schedule.total(), 5_000);
        assert!(!schedule.is_measured(999) && schedule.is_measured(1_000));
    }

    #[test]
    fn what_became_due_in_a_pause_is_not_left_out() {
        let schedule = schedule(100.0);
        let by = |millis| schedule.due_by(schedule.began + Duration::from_millis(millis));
        assert_eq!((by(0), by(5), by(10)), (1, 1, 2));
        // Half a second of silence delays fifty requests, and each counts from its own time.
        assert_eq!(by(510) - by(10), 50);
        let answered = schedule.began + Duration::from_millis(510);
        assert_eq!(answered - schedule.due(2), Duration::from_millis(490));
        assert_eq!(by(60_000), 500);
    }
}
