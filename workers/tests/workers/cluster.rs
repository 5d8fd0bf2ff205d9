//! A database and a broker for one test.

use holdfast_events::Topic;
use holdfast_kafka::{ApacheKafka, tests_use_apache};
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{Durability, EmbeddedBroker, EmbeddedPostgres};
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::{LogFormat, LogSettings, Properties};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{Store, StoreOptions};
use holdfast_workers::topics::{self, TopicOptions};
use holdfast_workers::{Kafka, Role, Workers, WorkersError, WorkersOptions};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, MutexGuard};

/// Lets one test run at a time: each starts servers of its own.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

pub(crate) struct TestCluster {
    pub(crate) store: Store,
    postgres: EmbeddedPostgres,
    broker: Option<Broker>,
    _guard: MutexGuard<'static, ()>,
}

enum Broker {
    Embedded(EmbeddedBroker),
    Apache(ApacheKafka, tempfile::TempDir),
}

/// Roles that run in the test's process.
pub(crate) struct RunningRoles {
    pub(crate) metrics: Metrics,
    pub(crate) shutdown: Shutdown,
}

impl TestCluster {
    /// Starts a migrated database with so many shards, and topics with as many partitions.
    pub(crate) async fn new(shards: i32) -> Self {
        Self::with_partitions(shards, shards).await
    }

    pub(crate) async fn with_partitions(shards: i32, partitions: i32) -> Self {
        let guard = ONE_AT_A_TIME.lock().await;
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
            broker: Some(broker),
            _guard: guard,
        }
    }

    pub(crate) fn database_url(&self) -> String {
        self.postgres.url()
    }

    pub(crate) fn brokers(&self) -> &str {
        match self.broker.as_ref().unwrap() {
            Broker::Embedded(broker) => broker.bootstrap_servers(),
            Broker::Apache(kafka, _) => kafka.bootstrap_servers(),
        }
    }

    /// Where Apache Kafka asks for a password.
    pub(crate) fn sasl_servers(&self) -> &str {
        match self.broker.as_ref().unwrap() {
            Broker::Apache(kafka, _) => kafka.sasl_servers(),
            Broker::Embedded(_) => panic!("the embedded broker has no SASL"),
        }
    }

    /// Starts roles as one process does.
    pub(crate) async fn start(&self, roles: &[Role]) -> Result<RunningRoles, WorkersError> {
        self.start_at(self.brokers(), "", roles).await
    }

    /// Starts roles with other brokers, and with further client properties.
    pub(crate) async fn start_at(
        &self,
        brokers: &str,
        properties: &str,
        roles: &[Role],
    ) -> Result<RunningRoles, WorkersError> {
        let (metrics, shutdown) = (Metrics::new(), Shutdown::default());
        let mut options = WorkersOptions::new(brokers, metrics.clone());
        options.kafka = properties.parse().unwrap();
        // A pool of its own, as in a separate process.
        let store = Store::connect(&StoreOptions::new(self.database_url(), "test"))
            .await
            .unwrap();
        Workers::start(options, store, roles, shutdown.clone()).await?;
        Ok(RunningRoles { metrics, shutdown })
    }

    pub(crate) async fn stop_broker(&mut self) {
        match self.broker.take() {
            Some(Broker::Embedded(broker)) => {
                tokio::task::spawn_blocking(move || broker.stop())
                    .await
                    .unwrap();
            }
            Some(Broker::Apache(kafka, _folder)) => kafka.stop().await,
            None => {}
        }
    }

    pub(crate) async fn stop(mut self) {
        self.stop_broker().await;
        self.store.close().await;
        self.postgres.stop().await.unwrap();
    }
}

impl Broker {
    async fn start(partitions: i32) -> Self {
        if tests_use_apache() {
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

impl RunningRoles {
    /// The value of the first metric line that begins with `name`, 0 if there is none.
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

/// Prints the log if `HOLDFAST_LOG` is set (use `--nocapture`).
fn show_logs() {
    if let Ok(filter) = std::env::var("HOLDFAST_LOG") {
        let settings = LogSettings {
            filter,
            format: LogFormat::Text,
        };
        // Only the first call in a process succeeds.
        drop(holdfast_runtime::logs::start_logging(&settings));
    }
}

/// Waits until a condition holds.
pub(crate) async fn wait_until(what: &str, within: Duration, mut holds: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < within, "waited {within:?} for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
