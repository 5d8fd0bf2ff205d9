//! The phases of a decision batch, whose times `/metrics` shows.

/// A phase of a decision batch, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// A connection, and BEGIN.
    Begin,
    /// Locking the accounts.
    Lock,
    /// Reading the snapshot, velocity counters included.
    Read,
    /// Deciding, in memory.
    Decide,
    /// Writing holds, keys, balances, velocity counters, responses and alerts.
    Write,
    /// Taking positions and writing the events.
    Journal,
    /// COMMIT, with the disk's flush.
    Commit,
}

impl Phase {
    /// All of them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Begin,
        Self::Lock,
        Self::Read,
        Self::Decide,
        Self::Write,
        Self::Journal,
        Self::Commit,
    ];

    /// The label of the metric.
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
