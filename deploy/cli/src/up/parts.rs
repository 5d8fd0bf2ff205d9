//! The parts of the running system, in the order in which they start; `stop` takes them down in reverse.

mod database;
mod events;
mod stop;

use super::UpError;
use super::settings::Settings;
use holdfast_demo::Audit;
use holdfast_front::Front;
use holdfast_local::{EmbeddedBroker, EmbeddedPostgres};
use holdfast_marqeta::Marqeta;
use holdfast_runtime::health::Health;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::serve::Server;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{Plans, SCHEMA_VERSION, Store, StoreOptions};
use holdfast_workers::audit::Begin;
use holdfast_workers::{Kafka, Role, Workers, WorkersOptions};
use std::sync::Arc;
use std::time::Duration;

/// Every role except the unconfirmed approvals, which only counts them for an alert.
const ROLES: [Role; 5] = [
    Role::Relay,
    Role::Clearing,
    Role::Reversal,
    Role::Notice,
    Role::Expiry,
];
/// Shorter than the default: notifications of the last run are applied before the traffic starts.
const RECONCILE_EVERY: Duration = Duration::from_secs(1);

/// The parts started so far. [`Parts::stop`] ends them, also after an error.
#[derive(Debug)]
pub(super) struct Parts {
    postgres: Option<EmbeddedPostgres>,
    broker: Option<EmbeddedBroker>,
    store: Option<Store>,
    front: Shutdown,
    workers: Shutdown,
    /// Exists while the system runs.
    running_file: Option<std::path::PathBuf>,
}

/// A started system.
#[derive(Debug)]
pub(super) struct RunningSystem {
    pub(super) store: Store,
    pub(super) front: Front,
    /// Where the database is, in words.
    pub(super) database: String,
    /// Where the broker is, in words.
    pub(super) broker: String,
    /// Follows the topics from before the first event of this run, if the run is checked.
    pub(super) audit: Option<Audit>,
}

impl Default for Parts {
    /// Front and workers share one health: `/readyz` of the private address is about the whole system.
    fn default() -> Self {
        let health = Health::new();
        Self {
            postgres: None,
            broker: None,
            store: None,
            front: Shutdown::new(health.clone()),
            workers: Shutdown::new(health),
            running_file: None,
        }
    }
}

impl Parts {
    /// Starts every part, in order. Ctrl-C ends the wait; the started parts stay in `self`.
    pub(super) async fn start(
        &mut self,
        settings: &Settings,
        signals: &Shutdown,
    ) -> Result<RunningSystem, UpError> {
        check_addresses(settings).await?;
        let (url, database) = self.start_database(settings, signals).await?;
        tokio::select! {
            running = self.start_on_database(settings, url, database) => running,
            () = signals.draining() => Err(UpError::Interrupted),
        }
    }

    async fn start_on_database(
        &mut self,
        settings: &Settings,
        url: String,
        database: String,
    ) -> Result<RunningSystem, UpError> {
        let store = database::migrate_database(&url, settings.args.shards).await?;
        self.store = Some(store.clone());
        let (brokers, broker) = self.start_broker(settings, &store)?;
        let kafka = Kafka::new(brokers.clone(), settings.args.kafka.options.clone())?;
        if self.broker.is_none() {
            events::create_topics(&kafka, &store).await?;
        }
        let audit = match settings.is_checked() {
            true => Some(self.start_audit(&kafka, &store).await?),
            false => None,
        };
        // `/readyz` responds while the workers still start; it is 200 only once every part has started.
        let started = self.front.health().declare_readiness("start");
        let metrics = Metrics::of_build(SCHEMA_VERSION);
        let (front, ()) = tokio::try_join!(
            self.start_front(settings, &url, metrics.clone()),
            self.start_workers(settings, &url, &brokers, metrics)
        )?;
        self.write_running_file(settings, &url, &brokers)?;
        started.mark_met();
        Ok(RunningSystem {
            store,
            front,
            database,
            broker,
            audit,
        })
    }

    /// Starts before the workers, so that it misses nothing that they publish.
    async fn start_audit(&self, kafka: &Kafka, store: &Store) -> Result<Audit, UpError> {
        let begin = match self.broker {
            Some(_) => Begin::Oldest,
            None => Begin::Now,
        };
        Ok(Audit::start(kafka, store, begin).await?)
    }

    async fn start_front(
        &self,
        settings: &Settings,
        url: &str,
        metrics: Metrics,
    ) -> Result<Front, UpError> {
        let mut front = settings.args.front.clone();
        front.database.url = Some(holdfast_runtime::settings::Secret::new(url));
        Ok(Front::start(Arc::new(Marqeta), front, metrics, &self.front).await?)
    }

    async fn start_workers(
        &self,
        settings: &Settings,
        url: &str,
        brokers: &str,
        metrics: Metrics,
    ) -> Result<(), UpError> {
        let connections = StoreOptions {
            connections: Workers::CONNECTIONS,
            plans: Plans::ByKey,
            ..StoreOptions::new(url.to_owned(), "holdfast-workers")
        };
        let store = Store::connect(&connections).await.map_err(UpError::Open)?;
        let options = WorkersOptions {
            kafka: settings.args.kafka.options.clone(),
            compression: settings.args.kafka.compression,
            reconcile_every: RECONCILE_EVERY,
            ..WorkersOptions::new(brokers, metrics)
        };
        Ok(Workers::start(options, store, &ROLES, self.workers.clone()).await?)
    }

    /// Writes the file with which operators' commands find this system while it runs.
    fn write_running_file(
        &mut self,
        settings: &Settings,
        url: &str,
        brokers: &str,
    ) -> Result<(), UpError> {
        let path = settings.running_file();
        let text = format!("HOLDFAST_DATABASE_URL='{url}'\nHOLDFAST_KAFKA_BROKERS='{brokers}'\n");
        super::credentials::write_private(&path, &text)?;
        self.running_file = Some(path);
        Ok(())
    }
}

/// Fails on an address in use before anything slow starts.
async fn check_addresses(settings: &Settings) -> Result<(), UpError> {
    let front = &settings.args.front;
    let public = Server::bind(front.public.addr, "HOLDFAST_PUBLIC_ADDR").await?;
    let private = Server::bind(front.private.addr, "HOLDFAST_PRIVATE_ADDR").await?;
    drop((public, private));
    Ok(())
}
