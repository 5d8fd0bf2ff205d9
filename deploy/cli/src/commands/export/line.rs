//! One line of an export, and what all of them add up to.

use holdfast_events::Topic;
use holdfast_funding::journal::render_published;
use holdfast_store::relay::JournalRow;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A record of a topic.
#[derive(Debug, Serialize)]
struct ExportedRecord<'a> {
    topic: &'static str,
    partition: i32,
    key: &'a str,
    value: Box<RawValue>,
}

/// What a line says of its place.
#[derive(Debug, Deserialize)]
pub(super) struct ExportedPlace {
    pub(super) partition: i32,
    pub(super) value: ExportedPosition,
}

/// Where a record stands in its partition, and of which database.
#[derive(Debug, Deserialize)]
pub(super) struct ExportedPosition {
    pub(super) position: i64,
    pub(super) incarnation: uuid::Uuid,
}

/// The line of an event, without its end. The value is the text that Kafka has.
pub(super) fn render_line(
    row: &JournalRow,
    topic: Topic,
    incarnation: &str,
) -> Result<String, serde_json::Error> {
    serde_json::to_string(&ExportedRecord {
        topic: topic.name(),
        partition: row.shard.0,
        key: &row.account,
        value: RawValue::from_string(render_published(row, topic, incarnation))?,
    })
}

/// What was exported.
#[derive(Debug, Default, Serialize)]
pub(super) struct ExportSummary {
    /// Events written by this run.
    pub(super) events: u64,
    /// The last position that was written, by partition.
    pub(super) positions: BTreeMap<i32, i64>,
    /// Ctrl-C ended it early.
    pub(super) stopped: bool,
}

impl ExportSummary {
    pub(super) fn count_event(&mut self, row: &JournalRow) {
        self.events = self.events.saturating_add(1);
        self.positions.insert(row.shard.0, row.position);
    }

    pub(super) fn render_text(&self) -> String {
        format!(
            "exported {} events of {} partitions",
            self.events,
            self.positions.len()
        )
    }
}
