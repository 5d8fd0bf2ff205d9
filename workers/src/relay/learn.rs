//! What Kafka already has: for each shard the last committed record of any topic. All topics of a shard
//! share its positions, and a transaction holds a whole stretch of them, so the greatest one counts.

mod tail;

use crate::WorkersError;
use crate::kafka::{Kafka, Listener};
use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::{Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Longer than any transaction may stay open.
const SETTLED_WITHIN: Duration = Duration::from_secs(30);
const ATTEMPT: &str = "asking kafka for what it has";

/// A consumer to which partitions are assigned by hand.
type Reader = BaseConsumer<Listener>;

/// The last record of a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) position: i64,
    /// The event's id, to be compared with the database's.
    pub(super) event: String,
}

/// Offsets of a partition: its first record, and one past its last.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    begin: i64,
    end: i64,
}

/// Looks for the last committed records of this database. Comes after the producer has fenced its
/// predecessor: from then on nobody else adds any.
///
/// # Errors
/// [`WorkersError::Kafka`], or [`WorkersError::TooSlow`].
pub(super) async fn learn(
    kafka: &Kafka,
    shards: &[Shard],
    incarnation: uuid::Uuid,
) -> Result<BTreeMap<Shard, Known>, WorkersError> {
    let (kafka, shards) = (kafka.clone(), shards.to_vec());
    let task = tokio::task::spawn_blocking(move || {
        learn_blocking(&kafka, &shards, &incarnation.to_string())
    });
    task.await
        .map_err(|_| WorkersError::Interrupted("asking kafka for what it has"))?
}

fn learn_blocking(
    kafka: &Kafka,
    shards: &[Shard],
    incarnation: &str,
) -> Result<BTreeMap<Shard, Known>, WorkersError> {
    let consumer = reader(kafka, "read_committed")?;
    settle(kafka, &consumer, shards)?;
    let begins = offsets(&consumer, shards, Offset::Beginning)?;
    let ends = offsets(&consumer, shards, Offset::End)?;
    let mut last: BTreeMap<Shard, Known> = BTreeMap::new();
    for topic in Topic::ALL.map(Topic::name) {
        let bounds = shards.iter().filter_map(|shard| {
            let place = (topic.to_owned(), shard.0);
            let (begin, end) = (*begins.get(&place)?, *ends.get(&place)?);
            (begin < end).then_some((shard.0, Bounds { begin, end }))
        });
        for (partition, found) in tail::read(&consumer, topic, bounds.collect(), incarnation)? {
            let known = last
                .entry(Shard(partition))
                .or_insert_with(|| found.clone());
            if known.position < found.position {
                *known = found;
            }
        }
    }
    Ok(last)
}

/// Waits until no transaction is open in our partitions: behind one that is, committed records hide.
/// (Our predecessor's are decided by now; this is about producers that we do not know.)
fn settle(kafka: &Kafka, committed: &Reader, shards: &[Shard]) -> Result<(), WorkersError> {
    let everything = offsets(&reader(kafka, "read_uncommitted")?, shards, Offset::End)?;
    let deadline = Instant::now() + SETTLED_WITHIN;
    loop {
        let stable = offsets(committed, shards, Offset::End)?;
        if everything
            .iter()
            .all(|(place, end)| stable.get(place) >= Some(end))
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

/// A consumer without a group's duties: partitions are assigned by hand and nothing is committed.
fn reader(kafka: &Kafka, isolation: &str) -> Result<Reader, WorkersError> {
    kafka
        .config(&[
            ("group.id", "holdfast-relay"),
            ("isolation.level", isolation),
            ("enable.auto.commit", "false"),
            ("enable.partition.eof", "true"),
            ("auto.offset.reset", "earliest"),
            ("fetch.wait.max.ms", "10"),
        ])
        .create_with_context(Listener)
        .map_err(WorkersError::kafka(ATTEMPT))
}

/// The first or the end offset of every partition of ours, by topic and partition.
fn offsets(
    consumer: &Reader,
    shards: &[Shard],
    which: Offset,
) -> Result<BTreeMap<(String, i32), i64>, WorkersError> {
    let mut wanted = TopicPartitionList::new();
    for topic in Topic::ALL {
        for shard in shards {
            wanted
                .add_partition_offset(topic.name(), shard.0, which)
                .map_err(WorkersError::kafka(ATTEMPT))?;
        }
    }
    let answer = consumer
        .offsets_for_times(wanted, ANSWER_WITHIN)
        .map_err(WorkersError::kafka(ATTEMPT))?;
    let mut found = BTreeMap::new();
    for element in answer.elements() {
        element.error().map_err(WorkersError::kafka(ATTEMPT))?;
        let offset = match element.offset() {
            Offset::Offset(offset) => offset,
            _ => 0,
        };
        found.insert((element.topic().to_owned(), element.partition()), offset);
    }
    Ok(found)
}
