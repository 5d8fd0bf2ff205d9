//! A closed loop: as many askers as requests in flight, each asking again as soon as it was answered.

use crate::ask::Door;
use anyhow::Result;
use hdrhistogram::Histogram;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What was heard in the measured time.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Heard {
    pub(crate) approved: u64,
    pub(crate) others: u64,
    pub(crate) a_second: u64,
    pub(crate) p50_us: u64,
    pub(crate) p99_us: u64,
    pub(crate) max_us: u64,
}

struct Clock {
    counting: AtomicBool,
    over: AtomicBool,
    number: AtomicU64,
}

/// Asks for `time`, after a warm-up of a quarter of it.
pub(crate) async fn run(
    door: &Door,
    in_flight: usize,
    accounts: Range<usize>,
    time: Duration,
) -> Result<Heard> {
    let run: Arc<str> = format!("l{:x}", uuid::Uuid::now_v7().as_u128() >> 32).into();
    let clock = Arc::new(Clock {
        counting: AtomicBool::new(false),
        over: AtomicBool::new(false),
        number: AtomicU64::new(0),
    });
    let askers: Vec<_> = (0..in_flight)
        .map(|_| {
            tokio::spawn(ask(
                door.clone(),
                accounts.clone(),
                Arc::clone(&run),
                Arc::clone(&clock),
            ))
        })
        .collect();
    tokio::time::sleep(time / 4).await;
    clock.counting.store(true, Ordering::Relaxed);
    let began = Instant::now();
    tokio::time::sleep(time).await;
    clock.counting.store(false, Ordering::Relaxed);
    let took = began.elapsed();
    clock.over.store(true, Ordering::Relaxed);
    let mut all = Histogram::<u64>::new(3)?;
    let (mut approved, mut others) = (0, 0);
    for asker in askers {
        let (times, yes, no) = asker.await??;
        all.add(times)?;
        approved += yes;
        others += no;
    }
    Ok(Heard {
        approved,
        others,
        a_second: u64::try_from(u128::from(approved + others) * 1_000_000 / took.as_micros())?,
        p50_us: all.value_at_quantile(0.5),
        p99_us: all.value_at_quantile(0.99),
        max_us: all.max(),
    })
}

async fn ask(
    door: Door,
    accounts: Range<usize>,
    run: Arc<str>,
    clock: Arc<Clock>,
) -> Result<(Histogram<u64>, u64, u64)> {
    let mut line = door.connect().await?;
    let mut times = Histogram::new(3)?;
    let (mut approved, mut others) = (0, 0);
    while !clock.over.load(Ordering::Relaxed) {
        let number = clock.number.fetch_add(1, Ordering::Relaxed);
        // A stride that shares no factor with the number of accounts visits all of them.
        let account = usize::try_from(number.wrapping_mul(7_919))? % accounts.len();
        let account = accounts.start + account;
        let began = Instant::now();
        let status = line.purchase(account, number, &run).await?;
        if clock.counting.load(Ordering::Relaxed) {
            times.record(u64::try_from(began.elapsed().as_micros())?)?;
            if status == 200 {
                approved += 1
            } else {
                others += 1
            }
        }
    }
    Ok((times, approved, others))
}
