//! The selection of a batch, and what it comes to under overload.

mod simulation;

use super::*;
use simulation::{Simulation, TIME};

const MS: Duration = Duration::from_millis(1);

impl Timed for u32 {
    /// The number is the time left, in milliseconds.
    fn time_left(&self, _now: Instant) -> Duration {
        MS * *self
    }
}

fn selected(waiting: &[u32], batch: u32, limit: usize) -> (Vec<u32>, Vec<u32>) {
    let mut latency = BatchLatency::new(limit);
    latency.record_success(1, MS * batch, MS * 2_000);
    let selection = select_requests(waiting.iter().copied(), &latency, Instant::now());
    (selection.decide, selection.refuse)
}

#[test]
fn what_is_too_late_takes_no_place() {
    let waiting = [0, 0, 90, 130, 200, 300];
    assert_eq!(selected(&waiting, 100, 2), (vec![130, 200], vec![0, 0, 90]));
}

#[test]
fn the_newest_is_tried_alone_when_none_has_enough_time() {
    assert_eq!(selected(&[0, 50, 90], 100, 8), (vec![90], vec![0, 50]));
    assert_eq!(selected(&[0, 0], 100, 8), (vec![], vec![0, 0]));
}

/// Whole batches or requests of this duration that fit into the time that passed.
fn possible(simulation: &Simulation, each: Duration) -> usize {
    let fitting = simulation.lasted().as_micros() / each.as_micros();
    usize::try_from(fitting).unwrap()
}

/// So many percent of the time are used: no batch decides in vain.
fn assert_all_worked(simulation: &Simulation, batch: Duration, percent: usize) {
    let (possible, committed) = (possible(simulation, batch), simulation.batches_committed);
    assert!(
        committed * 100 >= possible * percent,
        "{committed} batches of {possible} committed"
    );
}

#[test]
fn batches_that_take_more_than_half_of_the_time_do_not_starve_each_other() {
    for (percent, limit) in [(55, 1), (60, 1), (70, 1), (55, 256), (60, 256), (70, 256)] {
        let batch = TIME * percent / 100;
        let mut simulation = Simulation::new(60, limit);
        simulation.run(200, |_| batch);
        assert_all_worked(&simulation, batch, 80);
    }
}

#[test]
fn batches_that_become_ten_times_slower_stall_the_worker_for_a_moment_only() {
    let mut simulation = Simulation::new(60, 1);
    simulation.run(200, |_| TIME / 24);
    simulation.clear();
    simulation.run(50, |_| TIME * 10 / 24);
    assert_all_worked(&simulation, TIME * 10 / 24, 80);
}

#[test]
fn batches_that_are_slow_by_their_size_shrink_until_they_are_in_time() {
    let mut simulation = Simulation::new(400, 256);
    let row = TIME / 50;
    simulation.run(300, |requests| row * requests);
    simulation.clear();
    simulation.run(100, |requests| row * requests);
    let (possible, approved) = (possible(&simulation, row), simulation.approved);
    assert!(
        approved * 2 >= possible,
        "{approved} of {possible} approved"
    );
}

#[test]
fn after_an_outage_requests_are_decided_again() {
    let mut simulation = Simulation::new(60, 256);
    simulation.run(50, |_| TIME / 100);
    simulation.run(5, |_| TIME * 2);
    simulation.clear();
    simulation.run(50, |_| TIME / 100);
    assert!(
        simulation.batches_committed >= 45,
        "{}",
        simulation.batches_committed
    );
}
