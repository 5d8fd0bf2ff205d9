//! Starting the roles of a process.

use crate::consume::{self, Consumer, ConsumersContext};
use crate::kafka::{Kafka, Probe};
use crate::metrics::{BacklogMetrics, ConsumerMetrics, RelayMetrics, UnconfirmedMetrics};
use crate::relay::{Relay, Slot};
use crate::{Role, WorkersError, WorkersOptions, periodic, topics};
use holdfast_funding::apply::{self, Applier};
use holdfast_funding::metrics::AppliedMetrics;
use holdfast_runtime::readiness::watch_readiness;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// The interval at which waiting notifications are counted.
const BACKLOG_EVERY: Duration = Duration::from_secs(2);

/// Starts the roles of a process.
#[derive(Debug)]
pub struct Workers {
    options: WorkersOptions,
    kafka: Kafka,
    store: Store,
    applier: Arc<Applier>,
    shutdown: Shutdown,
}

impl Workers {
    /// The connections to Postgres that all roles use at the same time: three per consumer, three for the
    /// relay, one each for expiry and for the reconciler. With fewer, a role waits for another's batch.
    pub const CONNECTIONS: u32 = 14;

    /// Starts these roles as tasks of `shutdown`, which ends them. They wait for Kafka if it is down.
    ///
    /// # Errors
    /// Errors that a retry does not cure: [`WorkersError::Setting`], [`WorkersError::NoTopic`],
    /// [`WorkersError::Partitions`]; or [`WorkersError::Store`].
    pub async fn start(
        options: WorkersOptions,
        store: Store,
        roles: &[Role],
        shutdown: Shutdown,
    ) -> Result<(), WorkersError> {
        let kafka = Kafka::from_options(&options)?;
        store.refresh_controls().await?;
        let following = store.clone().follow_controls(shutdown.draining());
        drop(shutdown.tasks().spawn(following));
        let applied = AppliedMetrics::default();
        options
            .metrics
            .register(|registry| applied.declare(registry));
        let applier = Arc::new(Applier::new(store.clone()).counting(applied));
        let workers = Self {
            options,
            kafka,
            store,
            applier,
            shutdown,
        };
        let roles = expand_all(roles);
        workers.check_topics(&roles).await?;
        if roles.contains(&Role::Relay) {
            workers.start_relay().await?;
        }
        workers.start_consumers(&roles)?;
        workers.start_backlog();
        if roles.contains(&Role::Expiry) {
            workers.start_expiry();
        }
        if roles.contains(&Role::Unconfirmed) {
            workers.start_unconfirmed();
        }
        Ok(())
    }

    /// Watches Kafka where a role needs it, and checks the topics if Kafka responds now; the relay checks them
    /// again before it publishes.
    async fn check_topics(&self, roles: &BTreeSet<Role>) -> Result<(), WorkersError> {
        let uses_kafka =
            |role: &Role| *role == Role::Relay || consume::topic_and_group(*role).is_some();
        if !roles.iter().any(uses_kafka) {
            return Ok(());
        }
        self.kafka.failures().declare(&self.options.metrics);
        let probe = Probe::open(&self.kafka)?;
        watch_readiness(&self.shutdown, "kafka", probe, Probe::check_brokers);
        match topics::check(&self.kafka, self.store.shards()).await {
            Err(error) if !error.is_permanent() => {
                tracing::warn!(%error, "Kafka does not respond yet, starting without it");
                Ok(())
            }
            checked => checked,
        }
    }

    async fn start_relay(&self) -> Result<(), WorkersError> {
        let metrics = RelayMetrics::register(&self.options.metrics);
        for slot in Slot::read_all(&self.store).await? {
            let relay = Relay {
                store: self.store.clone(),
                kafka: self.kafka.clone(),
                slot,
                owner: format!("{}-{}", std::process::id(), uuid::Uuid::now_v7()),
                idle_wait: self.options.idle_wait,
                metrics: metrics.clone(),
            };
            self.shutdown
                .tasks()
                .spawn(relay.publish_until_drain(self.shutdown.clone()));
        }
        Ok(())
    }

    fn start_consumers(&self, roles: &BTreeSet<Role>) -> Result<(), WorkersError> {
        let subscriptions: Vec<_> = roles
            .iter()
            .filter_map(|role| consume::topic_and_group(*role))
            .collect();
        if subscriptions.is_empty() {
            return Ok(());
        }
        let context = ConsumersContext {
            kafka: self.kafka.clone(),
            group_prefix: self.options.group_prefix.clone(),
            incarnation: self.store.incarnation(),
            applier: Arc::clone(&self.applier),
            metrics: ConsumerMetrics::register(&self.options.metrics),
        };
        for (topic, group) in subscriptions {
            let consumer = Consumer::join_group(context.clone(), topic, group)?;
            self.shutdown
                .tasks()
                .spawn(consumer.apply_batches(self.shutdown.clone()));
        }
        Ok(())
    }

    /// Counts the waiting notifications in every process, whatever its roles.
    fn start_backlog(&self) {
        let store = self.store.clone();
        let metrics = BacklogMetrics::register(&self.options.metrics);
        self.shutdown.tasks().spawn(periodic::repeat_until_drain(
            "backlog",
            BACKLOG_EVERY,
            self.shutdown.clone(),
            move |_| {
                let (store, metrics) = (store.clone(), metrics.clone());
                async move {
                    metrics.set(store.waiting_backlog().await?);
                    Ok(0)
                }
            },
        ));
    }

    fn start_unconfirmed(&self) {
        let applier = Arc::clone(&self.applier);
        let metrics = UnconfirmedMetrics::register(&self.options.metrics);
        self.shutdown.tasks().spawn(periodic::repeat_until_drain(
            "unconfirmed",
            self.options.unconfirmed_every,
            self.shutdown.clone(),
            move |_| {
                let (applier, metrics) = (Arc::clone(&applier), metrics.clone());
                async move {
                    metrics.set(&apply::count_unconfirmed(&applier).await?);
                    Ok(0)
                }
            },
        ));
    }

    fn start_expiry(&self) {
        let applier = Arc::clone(&self.applier);
        self.shutdown.tasks().spawn(periodic::repeat_until_drain(
            "expiry",
            self.options.expiry_every,
            self.shutdown.clone(),
            move |limit| {
                let applier = Arc::clone(&applier);
                async move { apply::expire_due(&applier, limit).await }
            },
        ));
        let applier = Arc::clone(&self.applier);
        self.shutdown.tasks().spawn(periodic::repeat_until_drain(
            "reconcile",
            self.options.reconcile_every,
            self.shutdown.clone(),
            move |limit| {
                let applier = Arc::clone(&applier);
                async move { apply::reconcile(&applier, limit).await }
            },
        ));
    }
}

/// Replaces `all` by every role.
fn expand_all(roles: &[Role]) -> BTreeSet<Role> {
    let every = [
        Role::Relay,
        Role::Clearing,
        Role::Reversal,
        Role::Notice,
        Role::Expiry,
        Role::Unconfirmed,
    ];
    match roles.contains(&Role::All) {
        true => every.into(),
        false => roles.iter().copied().collect(),
    }
}
