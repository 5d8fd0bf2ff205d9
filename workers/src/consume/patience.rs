//! Applying a batch however long it takes, and staying in the group meanwhile.

use super::Consumer;
use super::batch::Batch;
use holdfast_funding::apply::Record;
use rdkafka::consumer::Consumer as _;
use rdkafka::error::KafkaError;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Up to here nobody minds that Kafka is not polled; batches take milliseconds.
const UNPOLLED: Duration = Duration::from_secs(2);
const BACKOFF_MIN: Duration = Duration::from_millis(100);
const BACKOFF_MAX: Duration = Duration::from_secs(5);

/// A consumer that waits for its database.
pub(super) struct Patience<'a> {
    pub(super) consumer: &'a Consumer,
    pub(super) draining: &'a CancellationToken,
}

impl Patience<'_> {
    /// Applies records, again and again until the database has them; false when the program drains
    /// first. What Kafka hands out meanwhile goes to `next`.
    pub(super) async fn apply(&self, records: &[Record], next: &mut Batch) -> bool {
        let topic = self.consumer.topic;
        let mut backoff = BACKOFF_MIN;
        loop {
            let error = match self.polling(self.consumer.attempt(records), next).await {
                Ok(()) => return true,
                Err(error) => error,
            };
            self.consumer.metrics.retried(topic);
            if error.is_transient() {
                tracing::warn!(topic, %error, "Cannot apply a batch yet, trying again");
            } else {
                tracing::error!(topic, %error, "The database refuses a batch, trying again");
            }
            let pause = async {
                tokio::select! {
                    () = tokio::time::sleep(backoff) => {}
                    () = self.draining.cancelled() => {}
                }
            };
            self.polling(pause, next).await;
            if self.draining.is_cancelled() {
                return false;
            }
            backoff = (backoff * 2).min(BACKOFF_MAX);
        }
    }

    /// Waits for `work`; when that takes long, with the partitions paused and Kafka polled.
    async fn polling<T>(&self, work: impl Future<Output = T>, next: &mut Batch) -> T {
        tokio::pin!(work);
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(UNPOLLED) => {}
        }
        self.pause(true);
        let done = loop {
            tokio::select! {
                biased;
                done = &mut work => break done,
                message = self.consumer.client.recv() => match message {
                    Ok(message) => {
                        next.push(&message, self.consumer);
                        // It came from a partition that was not ours when we paused.
                        self.pause(true);
                    }
                    Err(KafkaError::PartitionEOF(partition)) => next.end_of(partition),
                    Err(_) => tokio::time::sleep(BACKOFF_MIN).await,
                },
            }
        };
        self.pause(false);
        done
    }

    fn pause(&self, pause: bool) {
        let client = &self.consumer.client;
        let changed = client.assignment().and_then(|ours| match pause {
            true => client.pause(&ours),
            false => client.resume(&ours),
        });
        if let Err(error) = changed {
            tracing::warn!(topic = self.consumer.topic, pause, %error, "Cannot pause or resume");
        }
    }
}
