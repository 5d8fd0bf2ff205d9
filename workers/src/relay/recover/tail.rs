//! The end of a topic's partitions, read backwards in growing windows, past transaction markers, aborted
//! records and records of other databases.

use super::{LastRecord, OffsetBounds, Reader};
use crate::WorkersError;
use crate::relay::record::{ID, INCARNATION, POSITION};
use rdkafka::consumer::Consumer;
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const ATTEMPT: &str = "reading the end of a topic";
const WINDOW_WITHIN: Duration = Duration::from_secs(60);
/// A transaction of one event takes two offsets, record and marker, so 32 offsets are usually enough.
const FIRST_WINDOW: i64 = 32;
const GROWTH: i64 = 16;

/// A range of offsets of a partition, which is read forwards.
#[derive(Debug, Clone, Copy)]
struct OffsetWindow {
    from: i64,
    until: i64,
}

/// Reads the last record of this database in each partition that has one.
pub(super) fn read_last_records(
    consumer: &Reader,
    topic: &'static str,
    bounds: BTreeMap<i32, OffsetBounds>,
    incarnation: &str,
) -> Result<BTreeMap<i32, LastRecord>, WorkersError> {
    let mut size = FIRST_WINDOW;
    let mut open: BTreeMap<i32, OffsetWindow> = bounds
        .iter()
        .map(|(partition, b)| (*partition, window_before(b.begin, b.end, size)))
        .collect();
    let mut found = BTreeMap::new();
    while !open.is_empty() {
        found.extend(read_windows(consumer, topic, &open, incarnation)?);
        size = size.saturating_mul(GROWTH);
        open = open
            .into_iter()
            .filter(|(partition, _)| !found.contains_key(partition))
            .filter_map(|(partition, read)| {
                let begin = bounds.get(&partition)?.begin;
                (read.from > begin).then(|| (partition, window_before(begin, read.from, size)))
            })
            .collect();
    }
    consumer.unassign().map_err(WorkersError::kafka(ATTEMPT))?;
    Ok(found)
}

fn window_before(begin: i64, until: i64, size: i64) -> OffsetWindow {
    OffsetWindow {
        from: until.saturating_sub(size).max(begin),
        until,
    }
}

/// Reads every window to its end and keeps the last record of this database in each.
fn read_windows(
    consumer: &Reader,
    topic: &'static str,
    windows: &BTreeMap<i32, OffsetWindow>,
    incarnation: &str,
) -> Result<BTreeMap<i32, LastRecord>, WorkersError> {
    assign_windows(consumer, topic, windows)?;
    let mut left = windows.clone();
    let mut found = BTreeMap::new();
    let mut skipped = 0_u64;
    let deadline = Instant::now() + WINDOW_WITHIN;
    while !left.is_empty() {
        if Instant::now() > deadline {
            return Err(WorkersError::TooSlow(ATTEMPT));
        }
        let message = match consumer.poll(Duration::from_millis(100)) {
            None => continue,
            Some(Err(KafkaError::PartitionEOF(partition))) => {
                left.remove(&partition);
                continue;
            }
            Some(Err(error)) => return Err(WorkersError::kafka(ATTEMPT)(error)),
            Some(Ok(message)) if message.topic() != topic => continue,
            Some(Ok(message)) => message,
        };
        let partition = message.partition();
        let Some(window) = left.get(&partition).copied() else {
            continue;
        };
        if message.offset() < window.until {
            match parse_record(&message, incarnation) {
                Some(record) => drop(found.insert(partition, record)),
                None => skipped += 1,
            }
        }
        if message.offset() + 1 >= window.until {
            left.remove(&partition);
        }
    }
    if skipped > 0 {
        tracing::warn!(
            topic,
            records = skipped,
            "Skipped records of another database"
        );
    }
    Ok(found)
}

fn assign_windows(
    consumer: &Reader,
    topic: &'static str,
    windows: &BTreeMap<i32, OffsetWindow>,
) -> Result<(), WorkersError> {
    let mut partitions = TopicPartitionList::new();
    for (partition, window) in windows {
        partitions
            .add_partition_offset(topic, *partition, Offset::Offset(window.from))
            .map_err(WorkersError::kafka(ATTEMPT))?;
    }
    consumer
        .assign(&partitions)
        .map_err(WorkersError::kafka(ATTEMPT))
}

/// Reads position and event id from the headers of a record, if this database committed it.
fn parse_record(message: &BorrowedMessage<'_>, incarnation: &str) -> Option<LastRecord> {
    let headers = message.headers()?;
    let text = |name: &str| {
        let header = headers.iter().find(|header| header.key == name)?;
        std::str::from_utf8(header.value?).ok()
    };
    let position = text(POSITION)?.parse().ok()?;
    let event = text(ID)?.to_owned();
    (text(INCARNATION)? == incarnation).then_some(LastRecord { position, event })
}
