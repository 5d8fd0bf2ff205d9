//! Programs through the pure fold.

use crate::lifecycles::program;
use crate::program::Program;
use crate::shrink::shrink;
use crate::{PURCHASES, SHRINK_WITHIN, fold, report, settings, table};
use std::time::Instant;
use tokio::task::JoinSet;

const THREADS: usize = 2;

/// Makes the failure smaller, and reports it.
async fn fail(program: &Program, wrong: &[String], began: i64) -> ! {
    let fails = async |smaller: &Program| !fold::run(smaller, began).is_empty();
    let smallest = shrink(program, SHRINK_WITHIN, fails).await;
    let still = fold::run(&smallest, began);
    panic!("{}", report(program, wrong, &smallest, &still));
}

/// Every so-manieth program from the first; the one that fails, if one does.
fn run_every(
    threads: usize,
    first: usize,
    (seed, programs, began): (u64, u64, i64),
) -> Option<(Program, Vec<String>)> {
    let clock = Instant::now();
    for (done, number) in (0..programs).skip(first).step_by(threads).enumerate() {
        let program = program(seed + number, PURCHASES);
        let wrong = fold::run(&program, began);
        if !wrong.is_empty() {
            return Some((program, wrong));
        }
        if done % 5000 == 4999 {
            let (done, seconds) = ((done + 1) * PURCHASES as usize, clock.elapsed().as_secs());
            println!("thread {first}: {done} lifecycles in {seconds} s");
        }
    }
    None
}

#[tokio::test]
async fn the_fold_agrees_with_the_model() {
    let began = time::OffsetDateTime::now_utc().unix_timestamp();
    if let Some(program) = settings::table() {
        assert_eq!(fold::run(&program, began), Vec::<String>::new());
        return;
    }
    let (seed, lifecycles) = (settings::seed(), settings::lifecycles(50_000));
    let programs = lifecycles.div_ceil(u64::from(PURCHASES));
    let clock = Instant::now();
    let mut runs = JoinSet::new();
    for first in 0..THREADS {
        runs.spawn_blocking(move || run_every(THREADS, first, (seed, programs, began)));
    }
    while let Some(run) = runs.join_next().await {
        match run {
            Ok(None) => {}
            Ok(Some((program, wrong))) => fail(&program, &wrong, began).await,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }
    let took = clock.elapsed();
    println!("the fold: {lifecycles} lifecycles from seed {seed} in {took:?}");
}

#[test]
fn a_table_is_read_as_it_was_written() {
    for seed in 0..50 {
        let program = program(seed, PURCHASES);
        assert_eq!(table::read(&table::write(&program)), program);
    }
}
