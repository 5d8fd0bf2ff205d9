//! The estimate, by a clock of the test's own.

use super::*;

const MS: Duration = Duration::from_millis(1);
const DEADLINE: Duration = Duration::from_millis(2_000);

fn measured(took: Duration) -> BatchLatency {
    let mut latency = BatchLatency::new(256);
    latency.record_success(1, took, DEADLINE);
    latency
}

/// The longest time that a request must not fall short of to be admitted.
fn admitted_from(latency: &BatchLatency, waiting: usize, now: Instant) -> Duration {
    let fits = |millis: &u32| latency.admits(waiting, MS * *millis, now);
    MS * (0..10_000).find(fits).unwrap_or(u32::MAX)
}

#[test]
fn a_request_waits_for_the_batch_under_way_and_those_ahead() {
    let now = Instant::now();
    let mut latency = measured(MS * 30);
    assert_eq!(
        admitted_from(&latency, 1, now),
        MS * 80,
        "the worker is about to begin"
    );
    latency.begin_batch(now);
    assert_eq!(
        admitted_from(&latency, 0, now),
        MS * 80,
        "30 and 30 are 0.75 of it"
    );
    assert_eq!(
        admitted_from(&latency, 256, now),
        MS * 120,
        "one more batch"
    );
    assert_eq!(
        admitted_from(&latency, 0, now + MS * 15),
        MS * 60,
        "half of it is over"
    );
    assert_eq!(
        admitted_from(&latency, 0, now + MS * 500),
        MS * 40,
        "it is overdue"
    );
}

#[test]
fn an_idle_worker_admits_whatever_it_has_measured() {
    let now = Instant::now();
    let mut latency = measured(MS * 60_000);
    assert!(
        latency.admits(0, MS, now),
        "else it would never measure again"
    );
    latency.begin_batch(now);
    assert!(!latency.admits(0, MS * 2_000, now));
    latency.end_batch();
    assert!(latency.admits(0, MS, now));
}

#[test]
fn one_slow_batch_counts_little_and_many_count() {
    let mut latency = measured(MS * 8);
    latency.record_success(1, MS * 88, DEADLINE);
    assert_eq!(latency.estimate, MS * 18);
    (0..60).for_each(|_| latency.record_success(1, MS * 88, DEADLINE));
    assert!(latency.estimate > MS * 85);
}

#[test]
fn a_batch_that_ran_out_of_time_counts_in_full_and_wears_off() {
    let mut latency = measured(MS * 8);
    latency.record_out_of_time(1, MS * 900);
    assert_eq!(latency.estimate, MS * 900);
    (0..20).for_each(|_| latency.record_success(1, MS * 8, DEADLINE));
    assert!(latency.estimate < MS * 100, "{:?}", latency.estimate);
}

#[test]
fn batches_shrink_when_time_runs_out_and_grow_while_they_are_quick() {
    let mut latency = measured(MS * 8);
    latency.record_out_of_time(200, MS * 1_900);
    assert_eq!(latency.limit(), 100);
    (0..20).for_each(|_| latency.record_out_of_time(latency.limit(), MS * 1_900));
    assert_eq!(latency.limit(), 1);
    latency.record_success(1, MS * 1_200, DEADLINE);
    assert_eq!(
        latency.limit(),
        1,
        "more in a batch would bring it near the deadline"
    );
    (0..40).for_each(|_| latency.record_success(1, MS * 8, DEADLINE));
    assert_eq!(latency.limit(), 2, "batches that are not full do not grow");
    (0..40).for_each(|_| latency.record_success(latency.limit(), MS * 8, DEADLINE));
    assert_eq!(latency.limit(), 256);
}
