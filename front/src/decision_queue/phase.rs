//! The stages of a batch, and what each takes: so that "where does the time go?" has an answer in `/metrics`.

use crate::metrics::FrontMetrics;
use std::time::Instant;

/// One stage, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// A connection, and BEGIN.
    Begin,
    /// Locking the accounts.
    Lock,
    /// Reading what is known, meters included.
    Read,
    /// Deciding, in memory.
    Decide,
    /// Writing holds, keys, balances, meters, answers, and what is alerted.
    Write,
    /// Taking positions and writing the events.
    Journal,
    /// COMMIT, with the disk's flush.
    Commit,
}

impl Phase {
    /// As the metric names it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Lock => "lock",
            Self::Read => "read",
            Self::Decide => "decide",
            Self::Write => "write",
            Self::Journal => "journal",
            Self::Commit => "commit",
        }
    }
}

/// Measures one stage after the other.
pub(super) struct PhaseTimer<'a> {
    metrics: &'a FrontMetrics,
    since: Instant,
}

impl<'a> PhaseTimer<'a> {
    pub(super) fn start(metrics: &'a FrontMetrics) -> Self {
        Self {
            metrics,
            since: Instant::now(),
        }
    }

    /// This stage is over, and the next one begins.
    pub(super) fn end_phase(&mut self, stage: Phase) {
        let now = Instant::now();
        self.metrics.stage(stage, now - self.since);
        self.since = now;
    }
}
