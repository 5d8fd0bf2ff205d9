//! The retry loop of a consumer: it applies a batch until Postgres takes it, and stays in the group
//! meanwhile.

use super::Consumer;
use super::batch::RecordBatch;
use crate::backoff::{PAUSE_MIN, Pauses};
use holdfast_funding::apply::Record;
use rdkafka::consumer::Consumer as _;
use rdkafka::error::KafkaError;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long Kafka may go without a poll. A batch takes milliseconds, so most never pause a partition;
/// the limit of the group (`max.poll.interval.ms`) is minutes.
const UNPOLLED_MAX: Duration = Duration::from_secs(2);
/// The pause after a failed poll while a batch is applied.
const POLL_PAUSE: Duration = PAUSE_MIN;

/// Retries the batches of one consumer.
pub(super) struct RetryLoop<'a> {
    pub(super) consumer: &'a Consumer,
    pub(super) draining: &'a CancellationToken,
}

impl RetryLoop<'_> {
    /// Applies records until the database has them; false if the process drains first. Records that
    /// Kafka hands out meanwhile go to `next`.
    pub(super) async fn apply_with_retries(
        &self,
        records: &[Record],
        next: &mut RecordBatch,
    ) -> bool {
        let topic = self.consumer.topic;
        let mut pauses = Pauses::new();
        loop {
            let attempt = self.consumer.apply_once(records);
            let Err(error) = self.poll_kafka_during(attempt, next).await else {
                return true;
            };
            self.consumer.metrics.count_retry(topic);
            if error.is_transient() {
                tracing::warn!(topic, %error, "Cannot apply a batch yet, retrying");
            } else {
                tracing::error!(topic, %error, "The database refuses a batch, retrying");
            }
            let pause = tokio::time::sleep(pauses.next_pause());
            let pause = self.draining.run_until_cancelled(pause);
            self.poll_kafka_during(pause, next).await;
            if self.draining.is_cancelled() {
                return false;
            }
        }
    }

    /// Waits for `work`; after [`UNPOLLED_MAX`] it pauses the partitions and polls Kafka, so that the
    /// group keeps this consumer.
    async fn poll_kafka_during<T>(
        &self,
        work: impl Future<Output = T>,
        next: &mut RecordBatch,
    ) -> T {
        tokio::pin!(work);
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(UNPOLLED_MAX) => {}
        }
        self.set_paused(true);
        let done = loop {
            tokio::select! {
                biased;
                done = &mut work => break done,
                message = self.consumer.client.recv() => match message {
                    Ok(message) => {
                        next.push(&message, self.consumer);
                        // The partition was assigned after the last pause.
                        self.set_paused(true);
                    }
                    Err(KafkaError::PartitionEOF(partition)) => next.mark_end(partition),
                    Err(_) => tokio::time::sleep(POLL_PAUSE).await,
                },
            }
        };
        self.set_paused(false);
        done
    }

    /// Pauses or resumes every assigned partition.
    fn set_paused(&self, paused: bool) {
        let client = &self.consumer.client;
        let changed = client.assignment().and_then(|assigned| match paused {
            true => client.pause(&assigned),
            false => client.resume(&assigned),
        });
        if let Err(error) = changed {
            tracing::warn!(topic = self.consumer.topic, paused, %error, "Cannot pause or resume partitions");
        }
    }
}
