//! The rebalance listener of a consumer, and the settings with which it joins its group.

use super::lag::Lag;
use crate::WorkersError;
use crate::kafka::{ClientFailures, Kafka, log_client_message};
use rdkafka::TopicPartitionList;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext, Rebalance, StreamConsumer};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::statistics::Statistics;

/// Logs rebalances and keeps the lag metrics to the assigned partitions.
pub(super) struct RebalanceListener {
    topic: &'static str,
    lag: Lag,
    failures: ClientFailures,
}

/// Joins a group and subscribes to one topic.
pub(super) fn join_group(
    kafka: &Kafka,
    topic: &'static str,
    group: &str,
    lag: Lag,
) -> Result<StreamConsumer<RebalanceListener>, WorkersError> {
    let attempt = "joining a consumer group";
    let config = kafka.client_config(&[
        ("group.id", group),
        ("enable.auto.commit", "false"),
        ("auto.offset.reset", "earliest"),
        ("isolation.level", "read_committed"),
        ("partition.assignment.strategy", "cooperative-sticky"),
        // After this time a killed worker's partitions are assigned to the others.
        ("session.timeout.ms", "10000"),
        ("heartbeat.interval.ms", "3000"),
        ("enable.partition.eof", "true"),
        ("fetch.wait.max.ms", "100"),
        ("queued.max.messages.kbytes", "8192"),
        ("statistics.interval.ms", "2000"),
    ]);
    let client: StreamConsumer<RebalanceListener> = config
        .create_with_context(RebalanceListener {
            topic,
            lag,
            failures: kafka.failures().clone(),
        })
        .map_err(WorkersError::kafka(attempt))?;
    client
        .subscribe(&[topic])
        .map_err(WorkersError::kafka(attempt))?;
    Ok(client)
}

impl ClientContext for RebalanceListener {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log_client_message(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        self.failures.record_reported(&error, reason);
    }

    fn stats(&self, statistics: Statistics) {
        if let Some(topic) = statistics.topics.get(self.topic) {
            self.lag.record_statistics(topic.partitions.values());
        }
    }
}

impl ConsumerContext for RebalanceListener {
    fn pre_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let topic = self.topic;
        match rebalance {
            Rebalance::Assign(partitions) => {
                self.failures.clear_denied(topic);
                tracing::info!(
                    topic,
                    partitions = partitions.count(),
                    "Partitions assigned"
                );
            }
            Rebalance::Revoke(partitions) => {
                tracing::info!(topic, partitions = partitions.count(), "Partitions revoked");
                let elements = partitions.elements();
                self.lag
                    .forget_partitions(elements.iter().map(|element| element.partition()));
            }
            Rebalance::Error(error) => tracing::warn!(topic, %error, "Rebalancing failed"),
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, _: &TopicPartitionList) {
        if let Err(error) = result {
            tracing::warn!(topic = self.topic, %error, "Committing offsets failed, the batch may come again");
        }
    }
}
