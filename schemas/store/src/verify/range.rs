//! The accounts that one snapshot reads.

/// Accounts in order of shard and token: after the first named, up to and with the last.
#[derive(Debug, Clone)]
pub(super) struct AccountRange {
    pub(super) after: (i32, String),
    pub(super) last: (i32, String),
}
