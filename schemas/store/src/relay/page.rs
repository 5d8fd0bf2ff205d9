//! Reading the journal in order.

use crate::{Store, StoreError};
use holdfast_ledger::entry::Entry;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;

/// Which events of a shard are wanted: those after one position, up to and with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionRange {
    /// The shard.
    pub shard: Shard,
    /// The last position that is not wanted any more.
    pub after: i64,
    /// The last one that is.
    pub until: i64,
}

/// One committed event.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JournalRow {
    /// Its shard, which is the partition it goes to.
    #[sqlx(try_from = "i32")]
    pub shard: Shard,
    /// Its place in the shard: one more than the event's before it.
    pub position: i64,
    /// The record's key.
    pub account: String,
    /// CloudEvents `id`.
    pub event: uuid::Uuid,
    /// The topic it goes to.
    pub topic: String,
    /// CloudEvents `type`.
    #[sqlx(rename = "type")]
    pub kind: String,
    /// CloudEvents `subject`.
    pub subject: String,
    /// The record's value without its envelope and entries.
    pub payload: String,
    /// The debit and credit lines.
    #[sqlx(json)]
    pub entries: Vec<Entry>,
    /// CloudEvents `time`.
    #[sqlx(try_from = "i64")]
    pub at: Moment,
}

impl Store {
    /// The events of these ranges: in order within each shard, shards interleaved. The page ends early
    /// once its values hold `bytes` bytes, always after a whole beginning of each range, and holds at
    /// least one event where there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_page(
        &self,
        ranges: &[PositionRange],
        bytes: i64,
    ) -> Result<Vec<JournalRow>, StoreError> {
        Ok(sqlx::query_as(include_str!("../../sql/relay_page.sql"))
            .bind(ranges.iter().map(|s| s.shard.0).collect::<Vec<i32>>())
            .bind(ranges.iter().map(|s| s.after).collect::<Vec<i64>>())
            .bind(ranges.iter().map(|s| s.until).collect::<Vec<i64>>())
            .bind(bytes)
            .fetch_all(self.pool())
            .await?)
    }
}
