//! Starting the roles of a process.

use crate::consume::{self, Consumer, Shared};
use crate::kafka::Kafka;
use crate::metrics::{
    BacklogMetrics, ConsumerMetrics, RelayMetrics, UnconfirmedMetrics, register_applied,
};
use crate::relay::{Relay, Slot};
use crate::{Role, WorkersError, WorkersOptions, periodic, topics};
use holdfast_funding::apply::{self, Applier};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// How often what is owed is counted.
const BACKLOG_EVERY: Duration = Duration::from_secs(2);

/// The roles of a process, ready to be started.
#[derive(Debug)]
pub struct Workers {
    options: WorkersOptions,
    kafka: Kafka,
    store: Store,
    applier: Arc<Applier>,
    shutdown: Shutdown,
}

impl Workers {
    /// Connections to Postgres that all roles together use at the same time: three a consumer, three the
    /// relay, one each for what is due and what Kafka lost. With fewer, a role waits for another's batch.
    pub const CONNECTIONS: u32 = 14;

    /// Starts these roles as tasks of `shutdown`, which ends them. Kafka may be down: they wait for it.
    ///
    /// # Errors
    /// What will not change by itself: [`WorkersError::NeedsTls`], [`WorkersError::NoTopic`],
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
        let applied = register_applied(&options.metrics);
        let applier = Arc::new(Applier::new(store.clone()).counting(applied));
        let workers = Self {
            options,
            kafka,
            store,
            applier,
            shutdown,
        };
        let roles = spell_out(roles);
        workers.check_topics(&roles).await?;
        if roles.contains(&Role::Relay) {
            workers.start_relay().await?;
        }
        workers.start_consumers(&roles)?;
        workers.start_backlog();
        if roles.contains(&Role::Expiry) {
            workers.start_periodic();
        }
        if roles.contains(&Role::Unconfirmed) {
            workers.start_unconfirmed();
        }
        Ok(())
    }

    /// Looks whether the topics fit, if Kafka can be asked now.
    async fn check_topics(&self, roles: &BTreeSet<Role>) -> Result<(), WorkersError> {
        let uses_kafka = |role: &Role| *role == Role::Relay || consume::subject(*role).is_some();
        if !roles.iter().any(uses_kafka) {
            return Ok(());
        }
        match topics::check(&self.kafka, self.store.shards()).await {
            Err(error) if !error.is_permanent() => {
                tracing::warn!(%error, "Kafka does not answer yet, starting without it");
                Ok(())
            }
            checked => checked,
        }
    }

    async fn start_relay(&self) -> Result<(), WorkersError> {
        let metrics = RelayMetrics::register(&self.options.metrics);
        for slot in Slot::all(&self.store).await? {
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
                .spawn(relay.run(self.shutdown.clone()));
        }
        Ok(())
    }

    fn start_consumers(&self, roles: &BTreeSet<Role>) -> Result<(), WorkersError> {
        let subjects: Vec<_> = roles
            .iter()
            .filter_map(|role| consume::subject(*role))
            .collect();
        if subjects.is_empty() {
            return Ok(());
        }
        let shared = Shared {
            kafka: self.kafka.clone(),
            group_prefix: self.options.group_prefix.clone(),
            incarnation: self.store.incarnation(),
            applier: Arc::clone(&self.applier),
            metrics: ConsumerMetrics::register(&self.options.metrics),
        };
        for (topic, group) in subjects {
            let consumer = Consumer::join(shared.clone(), topic, group)?;
            self.shutdown
                .tasks()
                .spawn(consumer.run(self.shutdown.clone()));
        }
        Ok(())
    }

    /// Whatever its roles, a process tells what Postgres says is owed.
    fn start_backlog(&self) {
        let store = self.store.clone();
        let metrics = BacklogMetrics::register(&self.options.metrics);
        self.shutdown.tasks().spawn(periodic::run(
            "backlog",
            BACKLOG_EVERY,
            self.shutdown.clone(),
            move |_| {
                let (store, metrics) = (store.clone(), metrics.clone());
                async move {
                    metrics.found(store.waiting_backlog().await?);
                    Ok(0)
                }
            },
        ));
    }

    fn start_unconfirmed(&self) {
        let applier = Arc::clone(&self.applier);
        let metrics = UnconfirmedMetrics::register(&self.options.metrics);
        self.shutdown.tasks().spawn(periodic::run(
            "unconfirmed",
            self.options.unconfirmed_every,
            self.shutdown.clone(),
            move |_| {
                let (applier, metrics) = (Arc::clone(&applier), metrics.clone());
                async move {
                    metrics.set(&apply::sweep(&applier).await?);
                    Ok(0)
                }
            },
        ));
    }

    fn start_periodic(&self) {
        let applier = Arc::clone(&self.applier);
        self.shutdown.tasks().spawn(periodic::run(
            "expiry",
            self.options.expiry_every,
            self.shutdown.clone(),
            move |limit| {
                let applier = Arc::clone(&applier);
                async move { apply::expire_due(&applier, limit).await }
            },
        ));
        let applier = Arc::clone(&self.applier);
        self.shutdown.tasks().spawn(periodic::run(
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

/// What `all` stands for.
fn spell_out(roles: &[Role]) -> BTreeSet<Role> {
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
