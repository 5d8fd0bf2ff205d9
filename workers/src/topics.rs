//! The topics in Kafka: creating them, and checking their partitions against the database's shards.

use crate::WorkersError;
use crate::kafka::{ClientLog, FailureKind, Kafka, fetch_metadata};
use holdfast_events::Topic;
use holdfast_ledger::shard::ShardCount;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::consumer::BaseConsumer;
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::metadata::Metadata;
use std::collections::BTreeMap;
use std::time::Duration;

/// The newest record of each key stays, whatever the retention.
const COMPACTED: (&str, &str) = ("cleanup.policy", "compact");

const RESPONSE_WITHIN: Duration = Duration::from_secs(10);

/// How topics are created.
#[derive(Debug, Clone)]
pub struct TopicOptions {
    /// Copies of each partition.
    pub replication: i32,
    /// Brokers that must store a record before Kafka acknowledges it; `None` is the cluster's default.
    pub min_insync: Option<u32>,
    /// How long records are kept; `None` is the cluster's default.
    pub retention: Option<Duration>,
}

impl Default for TopicOptions {
    fn default() -> Self {
        Self {
            replication: 1,
            min_insync: None,
            retention: None,
        }
    }
}

/// Creates the missing topics, with a partition for each shard, and returns their names. Existing topics stay
/// as they are; [`check`] verifies them. (The embedded broker does not support the request: its topics are
/// created with it.)
///
/// # Errors
/// [`WorkersError::Create`] or [`WorkersError::Kafka`].
pub async fn create(
    kafka: &Kafka,
    shards: ShardCount,
    options: &TopicOptions,
) -> Result<Vec<&'static str>, WorkersError> {
    let admin: AdminClient<ClientLog> = kafka
        .client_config(&[])
        .create_with_context(kafka.client_log())
        .map_err(WorkersError::kafka("creating topics"))?;
    // The request for topics only says that it timed out.
    let asked = kafka.clone();
    let reaching = tokio::task::spawn_blocking(move || read_metadata(&asked));
    drop(
        reaching
            .await
            .map_err(|_| WorkersError::Interrupted("reaching kafka"))??,
    );
    let settings = topic_settings(options);
    let topics: Vec<NewTopic<'_>> = Topic::ALL
        .iter()
        .map(|name| {
            let replication = TopicReplication::Fixed(options.replication);
            let topic = NewTopic::new(name.name(), shards.get(), replication);
            let policy = name.is_compacted().then_some(COMPACTED);
            let settings = settings.iter().map(|(key, value)| (*key, value.as_str()));
            settings
                .chain(policy)
                .fold(topic, |topic, (key, value)| topic.set(key, value))
        })
        .collect();
    let timeouts = AdminOptions::new()
        .operation_timeout(Some(RESPONSE_WITHIN))
        .request_timeout(Some(RESPONSE_WITHIN));
    let results = admin.create_topics(&topics, &timeouts).await;
    let results = results.map_err(WorkersError::kafka("creating topics"))?;
    let mut created = Vec::new();
    for result in results {
        match result {
            Ok(name) => created.extend(Topic::from_name(&name).map(Topic::name)),
            Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((topic, code)) => return Err(WorkersError::Create { topic, code }),
        }
    }
    Ok(created)
}

fn topic_settings(options: &TopicOptions) -> Vec<(&'static str, String)> {
    let retention = options
        .retention
        .map(|time| ("retention.ms", time.as_millis().to_string()));
    let min_insync = options
        .min_insync
        .map(|n| ("min.insync.replicas", n.to_string()));
    retention.into_iter().chain(min_insync).collect()
}

/// Checks that every topic has as many partitions as the database has shards, because each shard is published
/// to the partition with its number.
///
/// # Errors
/// [`WorkersError::NoTopic`], [`WorkersError::Partitions`], or [`WorkersError::Kafka`] when Kafka does
/// not respond.
pub async fn check(kafka: &Kafka, shards: ShardCount) -> Result<(), WorkersError> {
    let kafka = kafka.clone();
    let task = tokio::task::spawn_blocking(move || check_blocking(&kafka, shards));
    task.await
        .map_err(|_| WorkersError::Interrupted("checking the topics"))?
}

/// Reads the topics of all brokers. A broker that does not answer is named with the cause.
fn read_metadata(kafka: &Kafka) -> Result<Metadata, WorkersError> {
    let attempt = "reading the topics of kafka";
    let client: BaseConsumer<ClientLog> = kafka
        .client_config(&[])
        .create_with_context(kafka.client_log())
        .map_err(WorkersError::kafka(attempt))?;
    let answer = fetch_metadata(&client, None, RESPONSE_WITHIN);
    answer.map_err(|error| match FailureKind::of(&error) {
        Some(FailureKind::Connection) => WorkersError::NoAnswer(kafka.no_answer(&error)),
        _ => WorkersError::kafka(attempt)(error),
    })
}

/// Like [`check`], for blocking threads.
pub(crate) fn check_blocking(kafka: &Kafka, shards: ShardCount) -> Result<(), WorkersError> {
    let metadata = read_metadata(kafka)?;
    let found: BTreeMap<&str, usize> = metadata
        .topics()
        .iter()
        .map(|topic| (topic.name(), topic.partitions().len()))
        .collect();
    let shards = usize::try_from(shards.get()).unwrap_or_default();
    for topic in Topic::ALL.map(Topic::name) {
        match found.get(topic) {
            Some(&found) if found == shards => {}
            None | Some(0) => return Err(WorkersError::NoTopic(topic)),
            Some(&found) => {
                return Err(WorkersError::Partitions {
                    topic,
                    found,
                    shards,
                });
            }
        }
    }
    Ok(())
}
