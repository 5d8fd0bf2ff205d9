//! A Kafka broker inside this process: librdkafka's own mock cluster.
//!
//! It speaks the protocol (groups, idempotence, transactions), keeps everything in memory, drops
//! the oldest beyond 5 MiB or 100,000 records a partition, and shows aborted records to every consumer.
//! The first member of a consumer group waits about 3 s: the delay cannot be set from safe code.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use rdkafka::error::KafkaError;
use rdkafka::mocking::MockCluster;

/// The embedded broker could not be started.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The library failed.
    #[error("cannot start the embedded broker: {0}")]
    Start(#[from] KafkaError),
    /// A topic could not be created.
    #[error("cannot create the topic {topic} on the embedded broker: {source}")]
    Topic {
        /// Its name.
        topic: String,
        /// The error of the library.
        source: KafkaError,
    },
    /// The broker's thread could not be started, or ended.
    #[error("cannot start the embedded broker's thread")]
    Thread,
}

/// A broker that lives as long as this value.
#[derive(Debug)]
pub struct EmbeddedBroker {
    bootstrap_servers: String,
    /// Closed to end the thread.
    alive: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl EmbeddedBroker {
    /// Starts one broker with these topics, each with its number of partitions.
    ///
    /// # Errors
    /// When the library cannot listen, or a topic's name or number of partitions is impossible.
    pub fn start(topics: &[(&str, i32)]) -> Result<Self, BrokerError> {
        let topics: Vec<_> = topics
            .iter()
            .map(|(topic, n)| ((*topic).to_owned(), *n))
            .collect();
        let (alive, until) = mpsc::channel::<()>();
        let (report, started) = mpsc::channel();
        // The cluster stays in one thread: it is made of raw pointers, and its end blocks.
        let thread = thread::Builder::new()
            .name("broker".to_owned())
            .spawn(move || run_broker(&topics, &report, &until))
            .map_err(|_| BrokerError::Thread)?;
        let bootstrap_servers = started.recv().map_err(|_| BrokerError::Thread)??;
        Ok(Self {
            bootstrap_servers,
            alive: Some(alive),
            thread: Some(thread),
        })
    }

    /// Where clients connect, `host:port`.
    pub fn bootstrap_servers(&self) -> &str {
        &self.bootstrap_servers
    }

    /// Ends the broker and waits for it. May block for a moment: call it from a blocking thread.
    pub fn stop(mut self) {
        self.alive = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Runs the broker until the other end of `until` is dropped.
fn run_broker(
    topics: &[(String, i32)],
    report: &mpsc::Sender<Result<String, BrokerError>>,
    until: &mpsc::Receiver<()>,
) {
    match create_cluster(topics) {
        Ok(cluster) => {
            drop(report.send(Ok(cluster.bootstrap_servers())));
            // Nothing is ever sent: this waits for the end of the sender.
            let _ended = until.recv();
        }
        Err(error) => drop(report.send(Err(error))),
    }
}

type Cluster = MockCluster<'static, rdkafka::producer::DefaultProducerContext>;

fn create_cluster(topics: &[(String, i32)]) -> Result<Cluster, BrokerError> {
    let cluster = MockCluster::new(1)?;
    for (topic, partitions) in topics {
        let created = cluster.create_topic(topic, *partitions, 1);
        created.map_err(|source| BrokerError::Topic {
            topic: topic.clone(),
            source,
        })?;
    }
    Ok(cluster)
}

impl Drop for EmbeddedBroker {
    /// Ends the broker without waiting: async code may drop this.
    fn drop(&mut self) {
        self.alive = None;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rdkafka::ClientConfig;
    use rdkafka::consumer::{BaseConsumer, Consumer};
    use rdkafka::message::Message;
    use rdkafka::producer::{BaseProducer, BaseRecord, Producer};

    use super::*;

    #[test]
    fn topics_have_their_partitions_and_records_arrive() {
        let broker = EmbeddedBroker::start(&[("a", 3), ("b", 1)]).unwrap();
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", broker.bootstrap_servers());
        let producer: BaseProducer = config.create().unwrap();
        let metadata = producer
            .client()
            .fetch_metadata(Some("a"), Duration::from_secs(5))
            .unwrap();
        assert_eq!(metadata.topics()[0].partitions().len(), 3);
        producer
            .send(BaseRecord::<str, str>::to("b").payload("hello"))
            .unwrap();
        producer.flush(Duration::from_secs(5)).unwrap();
        config
            .set("group.id", "g")
            .set("auto.offset.reset", "earliest");
        let consumer: BaseConsumer = config.create().unwrap();
        consumer.subscribe(&["b"]).unwrap();
        // Joining the group takes a few seconds, and its events end a poll early.
        let mut polls = (0..100).filter_map(|_| consumer.poll(Duration::from_millis(200)));
        let message = polls.next().expect("the record must arrive").unwrap();
        assert_eq!(message.payload(), Some(b"hello".as_slice()));
    }

    #[test]
    fn an_impossible_topic_is_named() {
        let error = EmbeddedBroker::start(&[("a", 1), ("a", 1)]).unwrap_err();
        assert!(error.to_string().contains("topic a"), "{error}");
    }

    #[test]
    fn a_stopped_broker_no_longer_listens() {
        let broker = EmbeddedBroker::start(&[]).unwrap();
        let address = broker.bootstrap_servers().to_owned();
        assert!(std::net::TcpStream::connect(&address).is_ok());
        broker.stop();
        assert!(std::net::TcpStream::connect(&address).is_err());
    }
}
