//! Stopping in order: readiness off, work finished, process gone.
//!
//! The first SIGINT or SIGTERM starts the drain, a second one cuts it short.

use std::future::Future;
use std::io;
use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::health::Health;

/// How a drain ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrainOutcome {
    /// Everything finished by itself.
    Finished {
        /// How long that took.
        took: Duration,
    },
    /// The deadline passed first.
    TimedOut {
        /// Tasks or connections that were given up.
        left: usize,
    },
    /// A second signal ended the drain at once.
    CutShort {
        /// Tasks or connections that were given up.
        left: usize,
    },
}

/// The one switch that stops a process. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Shutdown {
    health: Health,
    draining: CancellationToken,
    cut: CancellationToken,
    tasks: TaskTracker,
}

impl Shutdown {
    /// A switch that turns `health`'s readiness off before anything stops.
    pub fn new(health: Health) -> Self {
        Self {
            health,
            draining: CancellationToken::new(),
            cut: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// Handles SIGINT and SIGTERM from now on: the process drains instead of ending at once.
    ///
    /// # Errors
    /// When the operating system refuses the handlers.
    pub fn listen_for_signals(&self) -> io::Result<()> {
        let signals = (
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        );
        tokio::spawn(handle_signals(self.clone(), signals));
        Ok(())
    }

    /// Starts the drain; called again it does nothing.
    pub fn begin_drain(&self) {
        self.health.drain();
        self.draining.cancel();
    }

    /// Ends a drain at once, starting it if need be.
    pub fn cut_short(&self) {
        self.begin_drain();
        self.cut.cancel();
    }

    /// Whether tasks should come to an end.
    pub fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Waits until tasks should come to an end.
    pub fn draining(&self) -> impl Future<Output = ()> + Send + 'static {
        self.draining.clone().cancelled_owned()
    }

    /// Waits until running work should be dropped.
    pub fn cut(&self) -> impl Future<Output = ()> + Send + 'static {
        self.cut.clone().cancelled_owned()
    }

    /// The drain as a token, for code that wants child tokens.
    pub fn drain_token(&self) -> CancellationToken {
        self.draining.clone()
    }

    /// Where tasks are spawned that [`Shutdown::drain`] waits for.
    pub fn tasks(&self) -> &TaskTracker {
        &self.tasks
    }

    /// The process's health, whose readiness this switch turns off.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// Starts the drain if necessary, and waits for all tasks, at most for `deadline`.
    pub async fn drain(&self, deadline: Duration) -> DrainOutcome {
        self.begin_drain();
        self.tasks.close();
        let drain_started = Instant::now();
        tokio::select! {
            biased;
            () = self.tasks.wait() => DrainOutcome::Finished { took: drain_started.elapsed() },
            () = self.cut.cancelled() => DrainOutcome::CutShort { left: self.tasks.len() },
            () = tokio::time::sleep(deadline) => DrainOutcome::TimedOut { left: self.tasks.len() },
        }
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new(Health::new())
    }
}

async fn handle_signals(shutdown: Shutdown, (mut interrupt, mut terminate): (Signal, Signal)) {
    let name = next_signal(&mut interrupt, &mut terminate).await;
    tracing::info!(
        signal = name,
        "Received {name}, draining; a second signal ends at once"
    );
    shutdown.begin_drain();
    let name = next_signal(&mut interrupt, &mut terminate).await;
    tracing::warn!(signal = name, "Received {name} again, ending at once");
    shutdown.cut_short();
}

async fn next_signal(interrupt: &mut Signal, terminate: &mut Signal) -> &'static str {
    tokio::select! {
        _ = interrupt.recv() => "SIGINT",
        _ = terminate.recv() => "SIGTERM",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_drain_waits_for_its_tasks() {
        let shutdown = Shutdown::default();
        let ends = shutdown.draining();
        shutdown.tasks().spawn(async move {
            ends.await;
            tokio::time::sleep(Duration::from_millis(30)).await;
        });
        let outcome = shutdown.drain(Duration::from_secs(60)).await;
        let DrainOutcome::Finished { took } = outcome else {
            panic!("{outcome:?}")
        };
        assert!(took >= Duration::from_millis(25), "{took:?}");
        assert!(shutdown.health().is_draining());
    }

    #[tokio::test]
    async fn a_stuck_task_meets_the_deadline() {
        let shutdown = Shutdown::default();
        shutdown.tasks().spawn(std::future::pending::<()>());
        let outcome = shutdown.drain(Duration::from_millis(20)).await;
        assert_eq!(outcome, DrainOutcome::TimedOut { left: 1 });
    }

    #[tokio::test]
    async fn a_cut_ends_the_drain_at_once() {
        let shutdown = Shutdown::default();
        shutdown.tasks().spawn(std::future::pending::<()>());
        let other = shutdown.clone();
        tokio::spawn(async move { other.cut_short() });
        let outcome = shutdown.drain(Duration::from_secs(60)).await;
        assert_eq!(outcome, DrainOutcome::CutShort { left: 1 });
    }
}
