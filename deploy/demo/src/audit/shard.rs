//! One shard: the records seen that the journal has not confirmed yet.

use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use holdfast_store::relay::JournalRow;
use holdfast_workers::audit::{SeenRecord, render_published};
use std::collections::BTreeMap;

/// The audit of one shard.
#[derive(Debug)]
pub(super) struct ShardAudit {
    shard: Shard,
    /// The run's events begin after this position.
    floor: i64,
    /// The journal was compared up to this position.
    compared: i64,
    /// Seen and not compared, by position.
    seen: BTreeMap<i64, SeenRecord>,
    /// The last position of each topic's partition.
    last: BTreeMap<Topic, i64>,
}

impl ShardAudit {
    pub(super) fn new(shard: Shard, floor: i64) -> Self {
        Self {
            shard,
            floor,
            compared: floor,
            seen: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }

    pub(super) fn shard(&self) -> Shard {
        self.shard
    }

    pub(super) fn compared(&self) -> i64 {
        self.compared
    }

    /// Adds a record in the order of arrival. A fault is a sentence.
    pub(super) fn add_record(&mut self, record: SeenRecord) -> Result<(), String> {
        let (topic, partition, offset) = (record.topic, record.shard.0, record.offset);
        let place = format!("{topic} partition {partition} offset {offset}");
        let Some(position) = record.position else {
            return Err(format!("{place}: the header position is missing"));
        };
        let last = self.last.insert(topic, position);
        if let Some(last) = last.filter(|last| *last >= position) {
            return Err(format!("{place}: position {position} came after {last}"));
        }
        if position <= self.floor {
            // Of an earlier run, published late.
            return Ok(());
        }
        if position <= self.compared || self.seen.contains_key(&position) {
            return Err(format!("{place}: position {position} was seen before"));
        }
        self.seen.insert(position, record);
        Ok(())
    }

    /// The last position up to which every one has been seen.
    pub(super) fn seen_without_gap(&self) -> i64 {
        let next = |position: i64| position.checked_add(1);
        self.seen
            .keys()
            .take_while({
                let mut expected = next(self.compared);
                move |position| {
                    let follows = Some(**position) == expected;
                    expected = next(**position);
                    follows
                }
            })
            .last()
            .copied()
            .unwrap_or(self.compared)
    }

    /// Compares the next event of the journal with the record seen.
    pub(super) fn compare(&mut self, row: &JournalRow, incarnation: &str) -> Result<(), String> {
        let (expected, position) = (self.compared.saturating_add(1), row.position);
        self.compared = position;
        let place = format!("shard {} position {position}", self.shard.0);
        if position != expected {
            return Err(format!("{place}: the journal has no position {expected}"));
        }
        let Some(record) = self.seen.remove(&position) else {
            return Err(format!(
                "{place}: committed for {}, never seen there",
                row.topic
            ));
        };
        let differs = [
            ("topic", record.topic.name() != row.topic),
            ("event id", record.event != Some(row.event)),
            ("key", record.key.as_deref() != Some(row.account.as_bytes())),
            (
                "value",
                record.value != render_published(row, record.topic, incarnation).as_bytes(),
            ),
        ];
        match differs.iter().find(|(_, differs)| *differs) {
            Some((what, _)) => Err(format!("{place}: seen with another {what} than committed")),
            None => Ok(()),
        }
    }

    /// The journal ended before a position that it should have.
    pub(super) fn journal_ends(&mut self, until: i64) -> String {
        let ends = std::mem::replace(&mut self.compared, until);
        format!(
            "shard {}: the journal ends at {ends}, not at {until}",
            self.shard.0
        )
    }

    /// Records seen beyond the last committed position.
    pub(super) fn faults_beyond(&self, committed: i64) -> Vec<String> {
        let beyond = self.seen.range(committed.saturating_add(1)..);
        beyond
            .map(|(position, record)| {
                let (shard, topic) = (self.shard.0, record.topic);
                format!("shard {shard} position {position}: seen in {topic}, never committed")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
