//! Being a member of a consumer group: its settings, and what is told of its rebalances.

use super::lag::Lag;
use crate::WorkersError;
use crate::kafka::{Kafka, heard, said};
use rdkafka::TopicPartitionList;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext, Rebalance, StreamConsumer};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::statistics::Statistics;

/// What the client library calls back.
pub(super) struct Membership {
    topic: &'static str,
    lag: Lag,
}

/// Joins a group, to read one topic.
pub(super) fn join(
    kafka: &Kafka,
    topic: &'static str,
    group: &str,
    lag: Lag,
) -> Result<StreamConsumer<Membership>, WorkersError> {
    let attempt = "joining a consumer group";
    let config = kafka.config(&[
        ("group.id", group),
        ("enable.auto.commit", "false"),
        ("auto.offset.reset", "earliest"),
        ("isolation.level", "read_committed"),
        ("partition.assignment.strategy", "cooperative-sticky"),
        // A killed worker's partitions go to the others after this; they wait no longer than that.
        ("session.timeout.ms", "10000"),
        ("heartbeat.interval.ms", "3000"),
        ("enable.partition.eof", "true"),
        ("fetch.wait.max.ms", "100"),
        ("queued.max.messages.kbytes", "8192"),
        ("statistics.interval.ms", "2000"),
    ]);
    let client: StreamConsumer<Membership> = config
        .create_with_context(Membership { topic, lag })
        .map_err(WorkersError::kafka(attempt))?;
    client
        .subscribe(&[topic])
        .map_err(WorkersError::kafka(attempt))?;
    Ok(client)
}

impl ClientContext for Membership {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        said(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        heard(&error, reason);
    }

    fn stats(&self, statistics: Statistics) {
        if let Some(topic) = statistics.topics.get(self.topic) {
            self.lag.measured(topic.partitions.values());
        }
    }
}

impl ConsumerContext for Membership {
    fn pre_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let topic = self.topic;
        match rebalance {
            Rebalance::Assign(partitions) => {
                tracing::info!(topic, partitions = partitions.count(), "Got partitions");
            }
            Rebalance::Revoke(partitions) => {
                tracing::info!(
                    topic,
                    partitions = partitions.count(),
                    "Gave partitions back"
                );
                let elements = partitions.elements();
                self.lag
                    .gone(elements.iter().map(|element| element.partition()));
            }
            Rebalance::Error(error) => tracing::warn!(topic, %error, "Rebalancing failed"),
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, _: &TopicPartitionList) {
        if let Err(error) = result {
            tracing::warn!(topic = self.topic, %error, "Offsets were not committed");
        }
    }
}
