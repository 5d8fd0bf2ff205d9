//! Reading the journal in order.

use crate::{Store, StoreError};
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;

/// Which events of a shard are wanted: those after one position, up to and with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The shard.
    pub shard: Shard,
    /// The last position that is not wanted any more.
    pub after: i64,
    /// The last one that is.
    pub until: i64,
}

/// One committed event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its shard, which is the partition it goes to.
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
    pub kind: String,
    /// CloudEvents `subject`.
    pub subject: String,
    /// The record's value.
    pub payload: String,
    /// CloudEvents `time`.
    pub at: Moment,
}

type Columns = (
    i32,
    i64,
    String,
    uuid::Uuid,
    String,
    String,
    String,
    String,
    i64,
);

impl Store {
    /// The events of these stretches: in order within each shard, shards taking turns. The page ends early
    /// once its values hold `bytes` bytes, always after a whole beginning of each stretch, and holds at
    /// least one event where there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_page(
        &self,
        stretches: &[Stretch],
        bytes: i64,
    ) -> Result<Vec<JournalRow>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(include_str!("../../sql/relay_page.sql"))
            .bind(stretches.iter().map(|s| s.shard.0).collect::<Vec<i32>>())
            .bind(stretches.iter().map(|s| s.after).collect::<Vec<i64>>())
            .bind(stretches.iter().map(|s| s.until).collect::<Vec<i64>>())
            .bind(bytes)
            .fetch_all(self.pool())
            .await?;
        Ok(rows.into_iter().map(JournalRow::from).collect())
    }
}

impl From<Columns> for JournalRow {
    fn from(columns: Columns) -> Self {
        let (shard, position, account, event, topic, kind, subject, payload, at) = columns;
        let (shard, at) = (Shard(shard), Moment(at));
        Self {
            shard,
            position,
            account,
            event,
            topic,
            kind,
            subject,
            payload,
            at,
        }
    }
}
