//! Callers and one decision worker under a simulated clock: each caller sends its next request when the one
//! before is answered, the worker admits and selects as the real one does.

use super::super::*;
use crate::decision_queue::batch_latency::fits_into;
use std::collections::VecDeque;

/// From a request's arrival to its deadline.
pub(super) const TIME: Duration = Duration::from_millis(480);
/// Before a caller whose request was refused sends the next one.
const PAUSE: Duration = Duration::from_millis(100);
/// Before one whose request was approved does.
const AT_ONCE: Duration = Duration::from_millis(1);

#[derive(Debug, Clone, Copy)]
struct Request {
    deadline: Instant,
}

impl Timed for Request {
    fn time_left(&self, now: Instant) -> Duration {
        self.deadline.saturating_duration_since(now)
    }
}

/// Attempts to find a batch: callers come back after their pause, all of them many times.
const MOST_IDLE: u32 = 100_000;

/// What the callers see.
pub(super) struct Simulation {
    latency: BatchLatency,
    began: Instant,
    now: Instant,
    /// When callers who wait for nothing send their next requests.
    ready: Vec<Instant>,
    queue: VecDeque<Request>,
    pub(super) approved: usize,
    pub(super) batches_committed: usize,
}

impl Simulation {
    pub(super) fn new(callers: usize, limit: usize) -> Self {
        let now = Instant::now();
        Self {
            latency: BatchLatency::new(limit),
            began: now,
            now,
            ready: vec![now; callers],
            queue: VecDeque::new(),
            approved: 0,
            batches_committed: 0,
        }
    }

    /// Counts from here.
    pub(super) fn clear(&mut self) {
        (self.approved, self.batches_committed) = (0, 0);
        self.began = self.now;
    }

    pub(super) fn lasted(&self) -> Duration {
        self.now - self.began
    }

    /// Runs so many batches, each of which takes what is said for its size.
    pub(super) fn run(&mut self, batches: usize, takes: impl Fn(u32) -> Duration) {
        for _ in 0..batches {
            let decide = self.next_batch();
            self.latency.begin_batch(self.now);
            self.decide_batch(decide, &takes);
            self.latency.end_batch();
        }
    }

    fn next_batch(&mut self) -> Vec<Request> {
        for _ in 0..MOST_IDLE {
            let queue = &mut self.queue;
            let waiting = std::iter::from_fn(|| queue.pop_front());
            let Selection { decide, refuse } = select_requests(waiting, &self.latency, self.now);
            refuse.into_iter().for_each(|request| self.refuse(request));
            if !decide.is_empty() {
                return decide;
            }
            let next = self.ready.iter().min().copied().unwrap();
            self.pass_time_until(next.max(self.now));
        }
        panic!("the worker refuses everything and never measures again");
    }

    fn decide_batch(&mut self, mut decide: Vec<Request>, takes: &impl Fn(u32) -> Duration) {
        while !decide.is_empty() {
            let took = takes(u32::try_from(decide.len()).unwrap());
            self.pass_time_until(self.now + took);
            if decide.iter().all(|request| self.now < request.deadline) {
                self.latency.record_success(decide.len(), took, TIME);
                self.approved += decide.len();
                self.batches_committed += 1;
                let next = self.now + AT_ONCE;
                self.ready.extend(decide.iter().map(|_| next));
                return;
            }
            self.latency.record_out_of_time(decide.len(), took);
            let now = self.now;
            let fits = |request: &Request| fits_into(took, request.time_left(now));
            let (again, hopeless) = decide.into_iter().partition(fits);
            let hopeless: Vec<Request> = hopeless;
            hopeless
                .into_iter()
                .for_each(|request| self.refuse(request));
            decide = again;
        }
    }

    /// The HTTP server refuses at the deadline, the worker may do so before.
    fn refuse(&mut self, request: Request) {
        self.ready.push(self.now.min(request.deadline) + PAUSE);
    }

    fn pass_time_until(&mut self, until: Instant) {
        while let Some(first) = (0..self.ready.len()).min_by_key(|&caller| self.ready[caller]) {
            let now = self.ready[first];
            if now > until {
                break;
            }
            if self.latency.admits(self.queue.len(), TIME, now) {
                self.ready.swap_remove(first);
                let deadline = now + TIME;
                self.queue.push_back(Request { deadline });
            } else {
                self.ready[first] = now + PAUSE;
            }
        }
        self.now = until;
    }
}
