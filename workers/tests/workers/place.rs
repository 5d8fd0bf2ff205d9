//! A database and a broker of a test's own.

use holdfast_events::Topic;
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{ApacheKafka, Durability, EmbeddedBroker, EmbeddedPostgres};
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::{LogFormat, LogSettings, Properties};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{Store, StoreOptions};
use holdfast_workers::topics::{self, TopicOptions};
use holdfast_workers::{Kafka, Role, Workers, WorkersError, WorkersOptions};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, MutexGuard};

/// Tests take turns: each has servers of its own.
static TURN: Mutex<()> = Mutex::const_new(());

pub(crate) struct Place {
    pub(crate) store: Store,
    postgres: EmbeddedPostgres,
    broker: Broker,
    _turn: MutexGuard<'static, ()>,
}

enum Broker {
    Embedded(EmbeddedBroker),
    Apache(ApacheKafka, tempfile::TempDir),
}

/// Roles that run in this process.
pub(crate) struct Running {
    pub(crate) metrics: Metrics,
    pub(crate) shutdown: Shutdown,
}

pub(crate) fn on_apache() -> bool {
    std::env::var("HOLDFAST_TEST_KAFKA").is_ok_and(|kind| kind == "apache")
}

impl Place {
    /// A migrated database of so many shards, and topics of as many partitions.
    pub(crate) async fn new(shards: i32) -> Self {
        Self::with_partitions(shards, shards).await
    }

    pub(crate) async fn with_partitions(shards: i32, partitions: i32) -> Self {
        let turn = TURN.lock().await;
        show_logs();
        let postgres = EmbeddedPostgres::temporary(Durability::OffForTests)
            .await
            .unwrap();
        let options = StoreOptions::new(postgres.url(), "test");
        let store = Store::migrate(&options, ShardCount::new(shards).unwrap())
            .await
            .unwrap();
        let broker = Broker::start(partitions).await;
        Self {
            store,
            postgres,
            broker,
            _turn: turn,
        }
    }

    pub(crate) fn database_url(&self) -> String {
        self.postgres.url()
    }

    pub(crate) fn brokers(&self) -> &str {
        match &self.broker {
            Broker::Embedded(broker) => broker.bootstrap_servers(),
            Broker::Apache(kafka, _) => kafka.bootstrap_servers(),
        }
    }

    /// Starts roles as one process would.
    pub(crate) async fn start(&self, roles: &[Role]) -> Result<Running, WorkersError> {
        let (metrics, shutdown) = (Metrics::new(), Shutdown::default());
        let options = WorkersOptions::new(self.brokers(), metrics.clone());
        // A pool of its own, as another process would have.
        let store = Store::connect(&StoreOptions::new(self.database_url(), "test"))
            .await
            .unwrap();
        Workers::start(options, store, roles, shutdown.clone()).await?;
        Ok(Running { metrics, shutdown })
    }

    pub(crate) async fn end(self) {
        match self.broker {
            Broker::Embedded(broker) => {
                tokio::task::spawn_blocking(move || broker.stop())
                    .await
                    .unwrap();
            }
            Broker::Apache(kafka, _folder) => kafka.stop().await,
        }
        self.store.close().await;
        self.postgres.stop().await.unwrap();
    }
}

impl Broker {
    async fn start(partitions: i32) -> Self {
        if on_apache() {
            let folder = tempfile::tempdir().unwrap();
            let kafka = ApacheKafka::start(folder.path()).await.unwrap();
            let client = Kafka::new(kafka.bootstrap_servers(), Properties::default()).unwrap();
            let partitions = ShardCount::new(partitions).unwrap();
            let options = TopicOptions::default();
            let created = topics::create(&client, partitions, &options).await.unwrap();
            assert_eq!(created.len(), Topic::ALL.len());
            let again = topics::create(&client, partitions, &options).await.unwrap();
            assert!(again.is_empty(), "{again:?} were created twice");
            return Self::Apache(kafka, folder);
        }
        let topics = Topic::ALL.map(|topic| (topic.name(), partitions));
        Self::Embedded(EmbeddedBroker::start(&topics).unwrap())
    }
}

impl Running {
    /// The value of a metric's line that begins with `name`.
    pub(crate) fn metric(&self, name: &str) -> i64 {
        let text = self.metrics.text();
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.rsplit(' ').next()?.parse().ok())
            .unwrap_or(0)
    }

    pub(crate) async fn stop(self) {
        let outcome = self.shutdown.drain(Duration::from_secs(120)).await;
        let finished = matches!(
            outcome,
            holdfast_runtime::shutdown::DrainOutcome::Finished { .. }
        );
        assert!(finished, "{outcome:?}");
    }
}

/// With `HOLDFAST_LOG` set, tests tell what they see (`--nocapture`).
fn show_logs() {
    if let Ok(filter) = std::env::var("HOLDFAST_LOG") {
        let settings = LogSettings {
            filter,
            format: LogFormat::Text,
        };
        // Only the first test of a process can.
        drop(holdfast_runtime::logs::start(&settings));
    }
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, within: Duration, mut so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !so().await {
        assert!(began.elapsed() < within, "waited {within:?} for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
