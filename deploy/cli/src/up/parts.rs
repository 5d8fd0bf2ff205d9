//! The parts of the running system, in the order in which they start; `stop` takes them down in reverse.

mod database;
mod events;
mod stop;

use super::UpError;
use super::audit::{self, Audit};
use super::settings::Settings;
use holdfast_front::Front;
use holdfast_local::{EmbeddedBroker, EmbeddedPostgres};
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::serve::Server;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{Plans, Store, StoreOptions};
use holdfast_workers::audit::{Begin, Follower};
use holdfast_workers::{Kafka, Role, Workers, WorkersOptions};
use std::time::Duration;

/// Every role but the sweep, which needs access to Marqeta.
const ROLES: [Role; 5] = [
    Role::Relay,
    Role::Clearing,
    Role::Reversal,
    Role::Notice,
    Role::Expiry,
];
/// Shorter than elsewhere: what the last run left waiting is applied before the traffic starts.
const RECONCILE_EVERY: Duration = Duration::from_secs(1);

/// What has been started so far. Whatever happens, [`Parts::stop`] ends it.
#[derive(Debug, Default)]
pub(super) struct Parts {
    postgres: Option<EmbeddedPostgres>,
    broker: Option<EmbeddedBroker>,
    store: Option<Store>,
    front: Shutdown,
    workers: Shutdown,
    /// Written while the system runs.
    note: Option<std::path::PathBuf>,
}

/// A system that answers.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) store: Store,
    pub(super) front: Front,
    /// Where the database is, in words.
    pub(super) database: String,
    /// Where the broker is, in words.
    pub(super) broker: String,
    /// Follows the topics since before the first event of this run, if the run is to be checked.
    pub(super) audit: Option<Audit>,
}

impl Parts {
    /// Starts everything, in order. Ctrl-C ends the wait; what has started stays in `self`.
    pub(super) async fn start(
        &mut self,
        settings: &Settings,
        signals: &Shutdown,
    ) -> Result<Running, UpError> {
        free_addresses(settings).await?;
        let (url, database) = self.database(settings, signals).await?;
        tokio::select! {
            running = self.start_on(settings, url, database) => running,
            () = signals.draining() => Err(UpError::Interrupted),
        }
    }

    async fn start_on(
        &mut self,
        settings: &Settings,
        url: String,
        database: String,
    ) -> Result<Running, UpError> {
        let store = database::migrated(&url, settings.args.shards).await?;
        self.store = Some(store.clone());
        let (brokers, broker) = self.broker(settings, &store)?;
        let kafka = Kafka::new(brokers.clone(), settings.args.kafka.options.clone())?;
        if self.broker.is_none() {
            events::create_topics(&kafka, &store).await?;
        }
        let audit = match settings.is_checked() {
            true => Some(self.audit(&kafka, &store).await?),
            false => None,
        };
        // `/readyz` answers while the workers still start: it is 200 only when all is there.
        let started = self.front.health().readiness("start");
        let metrics = Metrics::new();
        let (front, ()) = tokio::try_join!(
            self.start_front(settings, &url, metrics.clone()),
            self.start_workers(settings, &url, &brokers, metrics)
        )?;
        self.note(settings, &url, &brokers)?;
        started.met();
        Ok(Running {
            store,
            front,
            database,
            broker,
            audit,
        })
    }

    /// Comes before the workers, so that it misses nothing that they publish.
    async fn audit(&self, kafka: &Kafka, store: &Store) -> Result<Audit, UpError> {
        let begin = match self.broker {
            Some(_) => Begin::Oldest,
            None => Begin::Now,
        };
        let follower = Follower::start(kafka, store.shards(), begin).await?;
        let floor = audit::floor(store, begin).await?;
        Ok(Audit::start(store.clone(), follower, &floor))
    }

    async fn start_front(
        &self,
        settings: &Settings,
        url: &str,
        metrics: Metrics,
    ) -> Result<Front, UpError> {
        let mut front = settings.args.front.clone();
        front.database.url = Some(holdfast_runtime::settings::Secret::new(url));
        Ok(Front::start(front, metrics, &self.front).await?)
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
            reconcile_every: RECONCILE_EVERY,
            ..WorkersOptions::new(brokers, metrics)
        };
        Ok(Workers::start(options, store, &ROLES, self.workers.clone()).await?)
    }

    /// Writes down how operators' commands reach this system, for as long as it runs.
    fn note(&mut self, settings: &Settings, url: &str, brokers: &str) -> Result<(), UpError> {
        let path = settings.running_file();
        let text = format!("HOLDFAST_DATABASE_URL='{url}'\nHOLDFAST_KAFKA_BROKERS='{brokers}'\n");
        super::credentials::write_private(&path, &text)?;
        self.note = Some(path);
        Ok(())
    }
}

/// Finds out about taken addresses before anything slow begins.
async fn free_addresses(settings: &Settings) -> Result<(), UpError> {
    let front = &settings.args.front;
    let public = Server::bind(front.public.addr, "HOLDFAST_PUBLIC_ADDR").await?;
    let private = Server::bind(front.private.addr, "HOLDFAST_PRIVATE_ADDR").await?;
    drop((public, private));
    Ok(())
}
