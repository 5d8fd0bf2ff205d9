//! The consumers: one code for the clearing, reversal and notice topics, each with a group of its own, so
//! that operators scale them apart.
//!
//! A batch is what Kafka has ready, up to a [`Limit`] of records, without waiting for more. Its offsets
//! are committed after Postgres has its effects; should the process die in between, the batch comes
//! again and changes nothing. While Postgres is not well the batch is tried again, for ever: no record
//! is at fault for that. Meanwhile the partitions are paused and Kafka is polled, so that the group
//! does not take us for dead.

mod batch;
mod close;
mod lag;
mod limit;
mod membership;
mod patience;

use crate::kafka::Kafka;
use crate::metrics::ConsumerMetrics;
use crate::{Role, WorkersError};
use batch::Batch;
use holdfast_events::Topic;
use holdfast_funding::apply::{self, Applier};
use holdfast_runtime::shutdown::Shutdown;
use lag::Lag;
use limit::Limit;
use membership::Membership;
use patience::Patience;
use rdkafka::consumer::{CommitMode, Consumer as _, StreamConsumer};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// After a failed poll, so that a missing topic does not fill the log.
const POLL_AGAIN: Duration = Duration::from_secs(1);

/// The consumer of one topic.
pub(crate) struct Consumer {
    topic: &'static str,
    incarnation: String,
    client: StreamConsumer<Membership>,
    applier: Arc<Applier>,
    lag: Lag,
    metrics: ConsumerMetrics,
}

/// What every consumer of a process shares.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) kafka: Kafka,
    pub(crate) group_prefix: String,
    pub(crate) incarnation: uuid::Uuid,
    pub(crate) applier: Arc<Applier>,
    pub(crate) metrics: ConsumerMetrics,
}

/// The topic that a role consumes, if it is a consumer's role, and the end of its group's name.
pub(crate) fn subject(role: Role) -> Option<(Topic, &'static str)> {
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
    pub(crate) fn join(shared: Shared, topic: Topic, group: &str) -> Result<Self, WorkersError> {
        let topic = topic.name();
        let group = format!("{}-{group}", shared.group_prefix);
        let lag = Lag::new(topic, shared.metrics.clone());
        let client = membership::join(&shared.kafka, topic, &group, lag.clone())?;
        tracing::info!(topic, group, "Consuming");
        let (applier, metrics) = (shared.applier, shared.metrics);
        let incarnation = shared.incarnation.to_string();
        Ok(Self {
            topic,
            incarnation,
            client,
            applier,
            lag,
            metrics,
        })
    }

    /// Applies what comes until the program drains, then leaves the group.
    pub(crate) async fn run(self, shutdown: Shutdown) {
        let draining = shutdown.token();
        let (mut next, mut limit) = (Batch::default(), Limit::default());
        loop {
            let mut batch = std::mem::take(&mut next);
            tokio::select! {
                biased;
                () = draining.cancelled() => break,
                () = self.fill(&mut batch, limit.records()) => {}
            }
            self.lag.in_hand(&batch);
            let began = Instant::now();
            let patience = Patience {
                consumer: &self,
                draining: &draining,
            };
            if !batch.records.is_empty() && !patience.apply(&batch.records, &mut next).await {
                break;
            }
            limit.learn(batch.records.len(), began.elapsed());
            self.lag.done(&batch);
            self.metrics.applied(self.topic, batch.records.len());
            self.commit(&batch);
        }
        close::close(self.client, self.topic).await;
    }

    /// Adds what Kafka has ready to a batch, waiting only while it is empty.
    async fn fill(&self, batch: &mut Batch, limit: usize) {
        while batch.is_empty() {
            match self.client.recv().await {
                Ok(message) => batch.push(&message, self),
                Err(error) => self.trouble(error, batch).await,
            }
        }
        batch.drain(self, limit);
    }

    async fn trouble(&self, error: rdkafka::error::KafkaError, batch: &mut Batch) {
        if let rdkafka::error::KafkaError::PartitionEOF(partition) = error {
            return batch.end_of(partition);
        }
        tracing::warn!(topic = self.topic, %error, "Reading from Kafka failed, trying again");
        tokio::time::sleep(POLL_AGAIN).await;
    }

    /// Tells Kafka how far we are, in the background: a lost commit only brings the batch again.
    fn commit(&self, batch: &Batch) {
        let committed = self
            .client
            .assignment()
            .and_then(|ours| batch.offsets(self.topic, &ours))
            .and_then(|offsets| match offsets.count() {
                0 => Ok(()),
                _ => self.client.commit(&offsets, CommitMode::Async),
            });
        if let Err(error) = committed {
            tracing::warn!(topic = self.topic, %error, "Cannot commit offsets, the batch may return");
        }
    }

    /// Applies records once.
    async fn attempt(&self, records: &[apply::Record]) -> Result<(), holdfast_store::StoreError> {
        apply::batch(&self.applier, records).await.map(drop)
    }
}
