//! A broker for one test: librdkafka's own in this process, or Apache Kafka when
//! `HOLDFAST_TEST_KAFKA=apache`. Topics have fixed names, so brokers are not shared between tests.

use crate::database::SHARDS;
use holdfast_events::Topic;
use holdfast_kafka::{ApacheKafka, tests_use_apache};
use holdfast_local::EmbeddedBroker;
use tokio::sync::{Semaphore, SemaphorePermit};

/// A broker takes a few hundred megabytes, and a core while it starts.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A broker with all our topics.
#[derive(Debug)]
pub struct TestBroker {
    kind: Broker,
    _turn: SemaphorePermit<'static>,
}

#[derive(Debug)]
enum Broker {
    Embedded(EmbeddedBroker),
    Apache(ApacheKafka),
}

impl TestBroker {
    /// The broker that these tests run on.
    pub async fn start() -> Self {
        let turn = AT_ONCE.acquire().await.unwrap();
        let kind = if tests_use_apache() {
            let kafka = ApacheKafka::temporary().await.unwrap();
            let topics = Topic::ALL.map(Topic::name);
            kafka.create_topics(&topics, SHARDS).await.unwrap();
            Broker::Apache(kafka)
        } else {
            let topics = Topic::ALL.map(|topic| (topic.name(), SHARDS));
            Broker::Embedded(EmbeddedBroker::start(&topics).unwrap())
        };
        Self { kind, _turn: turn }
    }

    /// Bootstrap servers.
    #[must_use]
    pub fn servers(&self) -> &str {
        match &self.kind {
            Broker::Embedded(broker) => broker.bootstrap_servers(),
            Broker::Apache(kafka) => kafka.bootstrap_servers(),
        }
    }
}
