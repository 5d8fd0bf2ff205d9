//! Programs through front, Postgres and workers.

use crate::lifecycles::program;
use crate::program::Program;
use crate::shrink::shrink;
use crate::store::Scenario;
use crate::{PURCHASES, SHRINK_WITHIN, report, settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::task::JoinSet;

/// Programs at once.
const AT_ONCE: usize = 6;

/// Makes the failure smaller, and reports it.
async fn fail(scenario: &Scenario, program: &Program, wrong: &[String]) -> ! {
    let fails = async |smaller: &Program| !scenario.run(smaller).await.is_empty();
    let smallest = shrink(program, SHRINK_WITHIN, fails).await;
    let still = scenario.run(&smallest).await;
    panic!("{}", report(program, wrong, &smallest, &still));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_store_agrees_with_the_model() {
    let scenario = Scenario::begin().await;
    if let Some(program) = settings::table() {
        let wrong = scenario.run(&program).await;
        assert_eq!(wrong, Vec::<String>::new());
        return scenario.bank.verify().await;
    }
    let (seed, lifecycles) = (settings::seed(), settings::lifecycles(5_000));
    let programs = lifecycles.div_ceil(u64::from(PURCHASES));
    let (next, clock) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let mut runs = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (scenario, next) = (Arc::clone(&scenario), Arc::clone(&next));
        runs.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= programs {
                    return None;
                }
                let program = program(seed + number, PURCHASES);
                let wrong = scenario.run(&program).await;
                if !wrong.is_empty() {
                    return Some((program, wrong));
                }
                if number % 500 == 499 {
                    let done = (number + 1) * u64::from(PURCHASES);
                    println!("{done} lifecycles in {} s", clock.elapsed().as_secs());
                }
            }
        });
    }
    while let Some(run) = runs.join_next().await {
        match run {
            Ok(None) => {}
            Ok(Some((program, wrong))) => {
                runs.shutdown().await;
                fail(&scenario, &program, &wrong).await
            }
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }
    println!(
        "the store: {lifecycles} lifecycles, {} messages, from seed {seed} in {:?}",
        scenario.messages.load(Ordering::Relaxed),
        clock.elapsed()
    );
    scenario.bank.verify().await;
}
