//! Watches what a process depends on, and keeps its readiness up to date.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use crate::health::Condition;
use crate::shutdown::Shutdown;

/// The interval between two probes.
const PROBE_EVERY: Duration = Duration::from_millis(500);
/// After this time without a response the condition is unmet.
const RESPOND_WITHIN: Duration = Duration::from_secs(1);

/// Declares the readiness condition `name`, and probes what it depends on again and again until the drain.
///
/// The errors of `probe` are shown to operators and must hold no secret.
pub fn watch_readiness<D, P, F, E>(shutdown: &Shutdown, name: &'static str, dependency: D, probe: P)
where
    D: Clone + Send + 'static,
    P: Fn(D) -> F + Send + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Display + Send + 'static,
{
    // Declared here and not in the task: the process must not look ready before the first probe.
    let condition = shutdown.health().declare_readiness(name);
    let draining = shutdown.drain_token();
    shutdown.tasks().spawn(async move {
        let probing = keep_probing(&condition, move || probe(dependency.clone()));
        draining.run_until_cancelled(probing).await;
    });
}

async fn keep_probing<P, F, E>(condition: &Condition, probe: P)
where
    P: Fn() -> F,
    F: Future<Output = Result<(), E>>,
    E: Display,
{
    loop {
        match timeout(RESPOND_WITHIN, probe()).await {
            Ok(Ok(())) => condition.mark_met(),
            Ok(Err(error)) => condition.mark_unmet(error.to_string()),
            Err(_) => condition.mark_unmet("does not respond"),
        }
        sleep(PROBE_EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::Health;
    use std::sync::{Arc, Mutex};

    /// What the probe finds.
    #[derive(Clone, Copy)]
    enum Dependency {
        Up,
        Broken,
        Silent,
    }

    async fn probe_dependency(dependency: Dependency) -> Result<(), &'static str> {
        match dependency {
            Dependency::Up => Ok(()),
            Dependency::Broken => Err("connection refused"),
            Dependency::Silent => std::future::pending().await,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn readiness_follows_what_the_probe_finds_until_the_drain() {
        let shutdown = Shutdown::new(Health::new());
        let dependency = Arc::new(Mutex::new(Dependency::Up));
        watch_readiness(&shutdown, "database", Arc::clone(&dependency), |probed| {
            probe_dependency(*probed.lock().unwrap())
        });
        let ready = || shutdown.health().readyz().body;
        assert_eq!(ready(), "not ready: database: not checked yet\n");
        let long_enough = PROBE_EVERY + RESPOND_WITHIN + PROBE_EVERY;
        for (found, expected) in [
            (Dependency::Up, "ready\n"),
            (
                Dependency::Silent,
                "not ready: database: does not respond\n",
            ),
            (Dependency::Up, "ready\n"),
            (
                Dependency::Broken,
                "not ready: database: connection refused\n",
            ),
        ] {
            *dependency.lock().unwrap() = found;
            sleep(long_enough).await;
            assert_eq!(ready(), expected);
        }
        // A probe without a response does not hold up the drain.
        *dependency.lock().unwrap() = Dependency::Silent;
        sleep(PROBE_EVERY).await;
        shutdown.begin_drain();
        timeout(Duration::from_millis(1), shutdown.drain(RESPOND_WITHIN))
            .await
            .expect("the watch ends at once");
    }
}
