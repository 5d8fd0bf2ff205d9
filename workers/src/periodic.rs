//! Periodic tasks: an interval with jitter, so that processes do not all wake at once, and no pause while
//! more work is due.

use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::StoreError;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

/// The largest amount of work of one call.
const LIMIT: i64 = 100;

/// Calls `work` at the interval `every` until the process drains. `work` gets a limit and returns how much it
/// did; a call that reached the limit is repeated at once. After an error the task waits for the next
/// interval.
pub(crate) async fn repeat_until_drain<W, F>(
    name: &'static str,
    every: Duration,
    shutdown: Shutdown,
    work: W,
) where
    W: Fn(i64) -> F,
    F: Future<Output = Result<usize, StoreError>>,
{
    let draining = shutdown.drain_token();
    loop {
        tokio::select! {
            () = tokio::time::sleep(with_jitter(every)) => {}
            () = draining.cancelled() => return,
        }
        while !draining.is_cancelled() {
            match work(LIMIT).await {
                Ok(done) if i64::try_from(done).is_ok_and(|done| done >= LIMIT) => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(task = name, %error, "A periodic task failed, retrying later");
                    break;
                }
            }
        }
    }
}

/// Shortens an interval by up to a fifth.
fn with_jitter(every: Duration) -> Duration {
    let random = RandomState::new().hash_one(0_u8) % 1000;
    let less = every.mul_f64(0.2) * u32::try_from(random).unwrap_or_default() / 1000;
    every.saturating_sub(less)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// The paused clock advances only in waits.
    #[tokio::test(start_paused = true)]
    async fn a_full_round_is_repeated_at_once_and_a_failed_one_at_the_next_interval() {
        let shutdown = Shutdown::default();
        let rounds = Mutex::new(vec![Ok(100), Ok(3), Err(()), Ok(0)].into_iter());
        let every = Duration::from_secs(200);
        let began = tokio::time::Instant::now();
        let work = |_| {
            let round = rounds.lock().unwrap().next();
            if round.is_none() {
                shutdown.begin_drain();
            }
            async move {
                round
                    .unwrap_or(Ok(0))
                    .map_err(|()| StoreError::Unfit("a failing round".to_owned()))
            }
        };
        repeat_until_drain("test", every, shutdown.clone(), work).await;
        // One wait before each of full round, failure, end: not after the full round.
        let waits = began.elapsed().as_secs_f64() / every.as_secs_f64();
        assert!((2.4..4.0).contains(&waits), "{waits}");
    }

    #[test]
    fn jitter_only_shortens() {
        let every = Duration::from_secs(10);
        for _ in 0..100 {
            let wait = with_jitter(every);
            assert!(wait <= every && wait >= Duration::from_secs(8), "{wait:?}");
        }
    }
}
