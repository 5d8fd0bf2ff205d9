//! Where each shard is: the next events to publish, strictly one after the other.

use super::learn::Known;
use super::stop::Stop;
use super::turns;
use crate::WorkersError;
use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use holdfast_store::Store;
use holdfast_store::relay::{JournalRow, Positions, Stretch};
use std::collections::BTreeMap;

/// Events of one transaction. Kafka's work is with the partitions that it touches (a marker each), hardly
/// with the records: on two busy cores 500 events took 115 ms and 4,000 took 310 ms, that is 4,400 and
/// 13,500 events a second. A page holds no more than what waits, so only a backlog fills it.
const EVENTS_MAX: i64 = 4000;
/// Bytes of one transaction's values.
const BYTES_MAX: i64 = 4 * 1024 * 1024;
/// Kafka takes 1,000,000 bytes unless told otherwise; the rest is for key and headers.
const VALUE_BYTES_MAX: usize = 960_000;

/// Events to publish in one transaction, and where the shards are after it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) rows: Vec<JournalRow>,
    pub(super) reached: Positions,
    /// Had more been committed than it holds when it was read?
    pub(super) has_successor: bool,
}

/// Where each shard is, and which ones stand still.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// The last event that was read, of shards that move.
    at: Positions,
    stopped: BTreeMap<Shard, Stop>,
}

impl Progress {
    /// Begins after what Kafka has and after what the database says that it had: Kafka may have lost
    /// records, and the database may not have heard of the last ones.
    ///
    /// # Errors
    /// [`WorkersError::Store`].
    pub(super) async fn begin(
        store: &Store,
        shards: &[Shard],
        known: &BTreeMap<Shard, Known>,
    ) -> Result<Self, WorkersError> {
        let published = store.published(shards).await?;
        let committed = store.committed(shards).await?;
        let positions = known
            .iter()
            .map(|(shard, known)| (*shard, known.position))
            .collect();
        let events = store.events_at(&positions).await?;
        let mut progress = Self::default();
        for shard in shards {
            let floor = published.get(shard).copied().unwrap_or_default();
            let committed = committed.get(shard).copied().unwrap_or_default();
            let ours = events.get(shard).map(uuid::Uuid::to_string);
            match start(floor, committed, known.get(shard), ours.as_deref()) {
                Ok(at) => drop(progress.at.insert(*shard, at)),
                Err(stop) => drop(progress.stopped.insert(*shard, stop)),
            }
        }
        Ok(progress)
    }

    /// Reads the next events, and goes on after them.
    ///
    /// # Errors
    /// [`WorkersError::Store`].
    pub(super) async fn next_page(&mut self, store: &Store) -> Result<Page, WorkersError> {
        let shards: Vec<Shard> = self.at.keys().copied().collect();
        let committed = store.committed(&shards).await?;
        let stretches = self.stretches(&committed);
        if stretches.is_empty() {
            return Ok(Page::default());
        }
        let rows = store.read_page(&stretches, BYTES_MAX).await?;
        if rows.is_empty() {
            stretches
                .iter()
                .for_each(|gap| self.stop(gap.shard, Stop::Gap(gap.after)));
        }
        let mut page = self.accept(rows);
        page.has_successor = !self.stretches(&committed).is_empty();
        Ok(page)
    }

    /// Where the shards are that move.
    pub(super) fn reached(&self) -> Positions {
        self.at.clone()
    }

    /// The shards that stand still, and why.
    pub(super) fn stopped(&self) -> &BTreeMap<Shard, Stop> {
        &self.stopped
    }

    fn stretches(&self, committed: &Positions) -> Vec<Stretch> {
        let waiting = self
            .at
            .iter()
            .map(|(shard, at)| (*shard, committed.get(shard).map_or(0, |last| last - at)))
            .collect();
        turns::divide(&waiting, EVENTS_MAX)
            .into_iter()
            .filter_map(|(shard, part)| {
                let after = *self.at.get(&shard)?;
                Some(Stretch {
                    shard,
                    after,
                    until: after + part,
                })
            })
            .collect()
    }

    /// Takes each shard's events as long as they follow one another and can be published.
    fn accept(&mut self, rows: Vec<JournalRow>) -> Page {
        let mut page = Page::default();
        for row in rows {
            let Some(at) = self.at.get_mut(&row.shard) else {
                continue;
            };
            match unfit(&row, *at) {
                Some(stop) => self.stop(row.shard, stop),
                None => {
                    *at = row.position;
                    page.reached.insert(row.shard, row.position);
                    page.rows.push(row);
                }
            }
        }
        page
    }

    fn stop(&mut self, shard: Shard, stop: Stop) {
        self.at.remove(&shard);
        self.stopped.insert(shard, stop);
    }
}

/// After which position a shard begins. `ours` is the id of the database's event where Kafka ends.
fn start(
    floor: i64,
    committed: i64,
    known: Option<&Known>,
    ours: Option<&str>,
) -> Result<i64, Stop> {
    let kafka = known.map_or(floor, |known| known.position.max(floor));
    match known {
        _ if kafka > committed => Err(Stop::Ahead { kafka, committed }),
        Some(known) if ours != Some(&known.event) => Err(Stop::Diverged(known.position)),
        _ => Ok(kafka),
    }
}

fn unfit(row: &JournalRow, after: i64) -> Option<Stop> {
    let (position, bytes) = (row.position, row.payload.len());
    if position != after + 1 {
        Some(Stop::Gap(after))
    } else if Topic::from_name(&row.topic).is_none() {
        Some(Stop::UnknownTopic {
            position,
            topic: row.topic.clone(),
        })
    } else {
        (bytes > VALUE_BYTES_MAX).then_some(Stop::TooLarge { position, bytes })
    }
}

#[cfg(test)]
mod tests;
