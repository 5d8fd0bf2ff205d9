//! The consumers of the clearing, reversal and notice topics. Each topic has a consumer group of its own, so
//! that operators scale the roles separately.
//!
//! A batch holds the records that Kafka has ready, up to a [`BatchLimit`], without waiting for more. Its
//! offsets are committed after Postgres has its effects; if the process dies in between, the batch comes
//! again and changes nothing. While Postgres fails, the retry loop tries the batch again without end,
//! because no record is the cause. Meanwhile the partitions are paused and Kafka is polled, so that the
//! group keeps this consumer.

mod batch;
mod lag;
mod leave;
mod limit;
mod rebalance;
mod retry;

use crate::kafka::Kafka;
use crate::metrics::ConsumerMetrics;
use crate::{Role, WorkersError};
use batch::RecordBatch;
use holdfast_events::Topic;
use holdfast_funding::apply::{self, Applier};
use holdfast_runtime::shutdown::Shutdown;
use lag::Lag;
use limit::BatchLimit;
use rdkafka::consumer::{CommitMode, Consumer as _, StreamConsumer};
use rebalance::RebalanceListener;
use retry::RetryLoop;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The pause after a failed poll, so that a missing topic does not fill the log.
const POLL_PAUSE: Duration = Duration::from_secs(1);

/// The consumer of one topic.
pub(crate) struct Consumer {
    topic: &'static str,
    incarnation: String,
    client: StreamConsumer<RebalanceListener>,
    applier: Arc<Applier>,
    lag: Lag,
    metrics: ConsumerMetrics,
    kafka: Kafka,
}

/// What all consumers of a process share.
#[derive(Clone)]
pub(crate) struct ConsumersContext {
    pub(crate) kafka: Kafka,
    pub(crate) group_prefix: String,
    pub(crate) incarnation: uuid::Uuid,
    pub(crate) applier: Arc<Applier>,
    pub(crate) metrics: ConsumerMetrics,
}

/// The topic that a role consumes and the end of its group's name; `None` if the role consumes nothing.
pub(crate) fn topic_and_group(role: Role) -> Option<(Topic, &'static str)> {
    match role {
        Role::Clearing => Some((Topic::Clearings, "clearing")),
        Role::Reversal => Some((Topic::Reversals, "reversal")),
        Role::Notice => Some((Topic::Notices, "notice")),
        Role::Relay | Role::Expiry | Role::Unconfirmed | Role::All => None,
    }
}

impl Consumer {
    /// Joins the group of a topic.
    ///
    /// # Errors
    /// [`WorkersError::Kafka`].
    pub(crate) fn join_group(
        context: ConsumersContext,
        topic: Topic,
        group: &str,
    ) -> Result<Self, WorkersError> {
        let topic = topic.name();
        context.metrics.declare_topic(topic);
        let group = format!("{}-{group}", context.group_prefix);
        let lag = Lag::new(topic, context.metrics.clone());
        let client = rebalance::join_group(&context.kafka, topic, &group, lag.clone())?;
        tracing::info!(topic, group, "Joining the consumer group");
        let (applier, metrics) = (context.applier, context.metrics);
        let incarnation = context.incarnation.to_string();
        Ok(Self {
            topic,
            incarnation,
            client,
            applier,
            lag,
            metrics,
            kafka: context.kafka,
        })
    }

    /// Applies batch after batch until the process drains, then leaves the group.
    pub(crate) async fn apply_batches(self, shutdown: Shutdown) {
        let draining = shutdown.drain_token();
        let (mut next, mut limit) = (RecordBatch::default(), BatchLimit::default());
        loop {
            let mut batch = std::mem::take(&mut next);
            tokio::select! {
                biased;
                () = draining.cancelled() => break,
                () = self.fill_batch(&mut batch, limit.records()) => {}
            }
            self.lag.begin_batch(&batch);
            let began = Instant::now();
            let retries = RetryLoop {
                consumer: &self,
                draining: &draining,
            };
            if !batch.records.is_empty()
                && !retries.apply_with_retries(&batch.records, &mut next).await
            {
                break;
            }
            limit.adjust(batch.records.len(), began.elapsed());
            self.lag.finish_batch(&batch);
            self.metrics.count_applied(self.topic, batch.records.len());
            self.commit_offsets(&batch);
        }
        leave::leave_group(self.client, self.topic).await;
    }

    /// Adds the records that Kafka has ready to a batch; waits only while it is empty.
    async fn fill_batch(&self, batch: &mut RecordBatch, limit: usize) {
        while batch.is_empty() {
            match self.client.recv().await {
                Ok(message) => {
                    self.kafka.failures().clear_denied(self.topic);
                    batch.push(&message, self);
                }
                Err(error) => self.handle_error(error, batch).await,
            }
        }
        batch.push_ready(self, limit);
    }

    async fn handle_error(&self, error: rdkafka::error::KafkaError, batch: &mut RecordBatch) {
        let failures = self.kafka.failures();
        if let rdkafka::error::KafkaError::PartitionEOF(partition) = error {
            failures.clear_denied(self.topic);
            return batch.mark_end(partition);
        }
        failures.keep_denied(self.topic, &error);
        tracing::warn!(topic = self.topic, %error, "Reading from Kafka failed, retrying");
        tokio::time::sleep(POLL_PAUSE).await;
    }

    /// Commits the batch's offsets in the background: a lost commit only brings the batch again.
    fn commit_offsets(&self, batch: &RecordBatch) {
        let committed = self
            .client
            .assignment()
            .and_then(|assigned| batch.offsets_to_commit(self.topic, &assigned))
            .and_then(|offsets| match offsets.count() {
                0 => Ok(()),
                _ => self.client.commit(&offsets, CommitMode::Async),
            });
        if let Err(error) = committed {
            tracing::warn!(topic = self.topic, %error, "Committing offsets failed, the batch may come again");
        }
    }

    /// Applies records once.
    async fn apply_once(
        &self,
        records: &[apply::Record],
    ) -> Result<(), holdfast_store::StoreError> {
        apply::batch(&self.applier, records).await.map(drop)
    }
}
