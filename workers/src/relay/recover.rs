//! Recovering positions: for each shard, the last committed record of any topic in Kafka. All topics of a
//! shard share its positions and a transaction holds a whole range of them, so the greatest one counts.

mod tail;

use crate::WorkersError;
use crate::kafka::{ClientLog, Kafka};
use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::{Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const RESPONSE_WITHIN: Duration = Duration::from_secs(10);
/// Longer than the timeout of any transaction.
const TRANSACTIONS_END_WITHIN: Duration = Duration::from_secs(30);
const ATTEMPT: &str = "recovering the published positions from kafka";

/// A consumer with manual assignment.
type Reader = BaseConsumer<ClientLog>;

/// The last record of a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LastRecord {
    pub(super) position: i64,
    /// The event's id, which is compared with the database's.
    pub(super) event: String,
}

/// Offsets of a partition: of its first record, and one past its last.
#[derive(Debug, Clone, Copy)]
struct OffsetBounds {
    begin: i64,
    end: i64,
}

/// Reads the last committed record of each shard of this database. The producer must have fenced its
/// predecessor before: from then on no other producer adds records.
///
/// # Errors
/// [`WorkersError::Kafka`], or [`WorkersError::TooSlow`].
pub(super) async fn recover_positions(
    kafka: &Kafka,
    shards: &[Shard],
    incarnation: uuid::Uuid,
) -> Result<BTreeMap<Shard, LastRecord>, WorkersError> {
    let (kafka, shards) = (kafka.clone(), shards.to_vec());
    let task = tokio::task::spawn_blocking(move || {
        recover_positions_blocking(&kafka, &shards, &incarnation.to_string())
    });
    task.await.map_err(|_| WorkersError::Interrupted(ATTEMPT))?
}

fn recover_positions_blocking(
    kafka: &Kafka,
    shards: &[Shard],
    incarnation: &str,
) -> Result<BTreeMap<Shard, LastRecord>, WorkersError> {
    let consumer = create_reader(kafka, "read_committed")?;
    wait_for_open_transactions(kafka, &consumer, shards)?;
    let begins = read_offsets(&consumer, shards, Offset::Beginning)?;
    let ends = read_offsets(&consumer, shards, Offset::End)?;
    let mut last: BTreeMap<Shard, LastRecord> = BTreeMap::new();
    for topic in Topic::ALL.map(Topic::name) {
        let bounds = shards.iter().filter_map(|shard| {
            let partition = (topic.to_owned(), shard.0);
            let (begin, end) = (*begins.get(&partition)?, *ends.get(&partition)?);
            (begin < end).then_some((shard.0, OffsetBounds { begin, end }))
        });
        for (partition, found) in
            tail::read_last_records(&consumer, topic, bounds.collect(), incarnation)?
        {
            let greatest = last
                .entry(Shard(partition))
                .or_insert_with(|| found.clone());
            if greatest.position < found.position {
                *greatest = found;
            }
        }
    }
    Ok(last)
}

/// Waits until no transaction is open in these partitions: an open one hides the committed records behind
/// it. (Those of the predecessor have ended by now; other producers may have some.)
fn wait_for_open_transactions(
    kafka: &Kafka,
    committed: &Reader,
    shards: &[Shard],
) -> Result<(), WorkersError> {
    let all = read_offsets(
        &create_reader(kafka, "read_uncommitted")?,
        shards,
        Offset::End,
    )?;
    let deadline = Instant::now() + TRANSACTIONS_END_WITHIN;
    loop {
        let stable = read_offsets(committed, shards, Offset::End)?;
        if all
            .iter()
            .all(|(partition, end)| stable.get(partition) >= Some(end))
        {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(WorkersError::TooSlow(
                "waiting for an open kafka transaction",
            ));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Creates a consumer outside any group: it assigns partitions itself and commits nothing.
fn create_reader(kafka: &Kafka, isolation: &str) -> Result<Reader, WorkersError> {
    kafka
        .client_config(&[
            ("group.id", "holdfast-relay"),
            ("isolation.level", isolation),
            ("enable.auto.commit", "false"),
            ("enable.partition.eof", "true"),
            ("auto.offset.reset", "earliest"),
            ("fetch.wait.max.ms", "10"),
        ])
        .create_with_context(kafka.client_log())
        .map_err(WorkersError::kafka(ATTEMPT))
}

/// Reads the first or the end offset of these shards' partitions, by topic and partition.
fn read_offsets(
    consumer: &Reader,
    shards: &[Shard],
    which: Offset,
) -> Result<BTreeMap<(String, i32), i64>, WorkersError> {
    let mut requested = TopicPartitionList::new();
    for topic in Topic::ALL {
        for shard in shards {
            requested
                .add_partition_offset(topic.name(), shard.0, which)
                .map_err(WorkersError::kafka(ATTEMPT))?;
        }
    }
    let response = consumer
        .offsets_for_times(requested, RESPONSE_WITHIN)
        .map_err(WorkersError::kafka(ATTEMPT))?;
    let mut found = BTreeMap::new();
    for element in response.elements() {
        element.error().map_err(WorkersError::kafka(ATTEMPT))?;
        let offset = match element.offset() {
            Offset::Offset(offset) => offset,
            _ => 0,
        };
        found.insert((element.topic().to_owned(), element.partition()), offset);
    }
    Ok(found)
}
