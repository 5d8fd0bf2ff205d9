//! The position of each shard, and the next events to publish, in strict order.

use super::recover::LastRecord;
use super::shares;
use super::stop::StopReason;
use crate::WorkersError;
use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use holdfast_store::Store;
use holdfast_store::relay::{JournalRow, PositionRange, Positions};
use std::collections::BTreeMap;

/// Events of one transaction. A transaction costs Kafka a marker per partition and little per record: on
/// two busy cores 500 events took 115 ms and 4,000 took 310 ms, which is 4,400 and 13,500 events a second.
/// A page holds only waiting events, so only a backlog fills it.
const EVENTS_MAX: i64 = 4000;
/// Bytes of one transaction's values.
const BYTES_MAX: i64 = 4 * 1024 * 1024;
/// Kafka accepts 1,000,000 bytes by default; the rest is for key and headers.
const VALUE_BYTES_MAX: usize = 960_000;

/// The events of one transaction, and the shards' positions after it.
#[derive(Debug, Default)]
pub(super) struct JournalPage {
    pub(super) rows: Vec<JournalRow>,
    pub(super) reached: Positions,
    /// Were more events committed, when the page was read, than it holds?
    pub(super) has_successor: bool,
}

/// The position of each shard that is published, and the shards that are stopped.
#[derive(Debug, Default)]
pub(super) struct SlotProgress {
    /// The last position that was read, of shards that are published.
    at: Positions,
    stopped: BTreeMap<Shard, StopReason>,
}

impl SlotProgress {
    /// Starts each shard after the greater of Kafka's last position and `published` in the database: Kafka
    /// may have lost records, and the last relay may have died before it moved `published`.
    ///
    /// # Errors
    /// [`WorkersError::Store`].
    pub(super) async fn begin(
        store: &Store,
        shards: &[Shard],
        last_records: &BTreeMap<Shard, LastRecord>,
    ) -> Result<Self, WorkersError> {
        let published = store.published(shards).await?;
        let committed = store.committed(shards).await?;
        let positions = last_records
            .iter()
            .map(|(shard, last)| (*shard, last.position))
            .collect();
        let events = store.events_at(&positions).await?;
        let mut progress = Self::default();
        for shard in shards {
            let floor = published.get(shard).copied().unwrap_or_default();
            let committed = committed.get(shard).copied().unwrap_or_default();
            let ours = events.get(shard).map(uuid::Uuid::to_string);
            match start_position(floor, committed, last_records.get(shard), ours.as_deref()) {
                Ok(at) => drop(progress.at.insert(*shard, at)),
                Err(reason) => drop(progress.stopped.insert(*shard, reason)),
            }
        }
        Ok(progress)
    }

    /// Reads the next events, and moves the shards' positions after them.
    ///
    /// # Errors
    /// [`WorkersError::Store`].
    pub(super) async fn next_page(&mut self, store: &Store) -> Result<JournalPage, WorkersError> {
        let shards: Vec<Shard> = self.at.keys().copied().collect();
        let committed = store.committed(&shards).await?;
        let ranges = self.waiting_ranges(&committed);
        if ranges.is_empty() {
            return Ok(JournalPage::default());
        }
        let rows = store.read_page(&ranges, BYTES_MAX).await?;
        if rows.is_empty() {
            ranges
                .iter()
                .for_each(|gap| self.stop_shard(gap.shard, StopReason::Gap(gap.after)));
        }
        let mut page = self.accept_rows(rows);
        page.has_successor = !self.waiting_ranges(&committed).is_empty();
        Ok(page)
    }

    /// The positions of the shards that are published.
    pub(super) fn reached(&self) -> Positions {
        self.at.clone()
    }

    /// The shards that are stopped, and the reasons.
    pub(super) fn stopped(&self) -> &BTreeMap<Shard, StopReason> {
        &self.stopped
    }

    /// The ranges of the journal to read next, at most a page of committed events.
    fn waiting_ranges(&self, committed: &Positions) -> Vec<PositionRange> {
        let waiting = self
            .at
            .iter()
            .map(|(shard, at)| (*shard, committed.get(shard).map_or(0, |last| last - at)))
            .collect();
        shares::divide_page(&waiting, EVENTS_MAX)
            .into_iter()
            .filter_map(|(shard, share)| {
                let after = *self.at.get(&shard)?;
                Some(PositionRange {
                    shard,
                    after,
                    until: after + share,
                })
            })
            .collect()
    }

    /// Adds each shard's events to a page; stops the shard at a gap or at an event that Kafka would refuse.
    fn accept_rows(&mut self, rows: Vec<JournalRow>) -> JournalPage {
        let mut page = JournalPage::default();
        for row in rows {
            let Some(at) = self.at.get_mut(&row.shard) else {
                continue;
            };
            match find_stop_reason(&row, *at) {
                Some(reason) => self.stop_shard(row.shard, reason),
                None => {
                    *at = row.position;
                    page.reached.insert(row.shard, row.position);
                    page.rows.push(row);
                }
            }
        }
        page
    }

    fn stop_shard(&mut self, shard: Shard, reason: StopReason) {
        self.at.remove(&shard);
        self.stopped.insert(shard, reason);
    }
}

/// The position after which a shard is published. `ours` is the id of the database's event at Kafka's last
/// position.
fn start_position(
    floor: i64,
    committed: i64,
    last: Option<&LastRecord>,
    ours: Option<&str>,
) -> Result<i64, StopReason> {
    let kafka = last.map_or(floor, |last| last.position.max(floor));
    match last {
        _ if kafka > committed => Err(StopReason::Ahead { kafka, committed }),
        Some(last) if ours != Some(&last.event) => Err(StopReason::Diverged(last.position)),
        _ => Ok(kafka),
    }
}

/// Why a row must not be published after the position `after`, if there is a reason.
fn find_stop_reason(row: &JournalRow, after: i64) -> Option<StopReason> {
    let (position, bytes) = (row.position, row.payload.len());
    if position != after + 1 {
        Some(StopReason::Gap(after))
    } else if Topic::from_name(&row.topic).is_none() {
        Some(StopReason::UnknownTopic {
            position,
            topic: row.topic.clone(),
        })
    } else {
        (bytes > VALUE_BYTES_MAX).then_some(StopReason::TooLarge { position, bytes })
    }
}

#[cfg(test)]
mod tests;
