//! The transactional producer of a slot. Its calls block, so each runs in a blocking thread.

use super::record;
use crate::WorkersError;
use crate::kafka::{ClientLog, Kafka};
use holdfast_events::Topic;
use holdfast_funding::journal::render_published;
use holdfast_store::relay::JournalRow;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Kafka aborts a transaction that takes longer: until then it delays every reader of committed records. A
/// lease ends sooner, so that the next owner can end the open transaction of a dead relay.
const TRANSACTION_TIMEOUT: Duration = Duration::from_secs(10);
/// The relay's own limit for a transaction; after it, the relay restarts and recovers the outcome.
const PUBLISH_WITHIN: Duration = Duration::from_secs(15);
/// The pause between two polls for acknowledgements: short against the ten milliseconds of a transaction.
const POLL_PAUSE: Duration = Duration::from_micros(500);
const OPEN_WITHIN: Duration = Duration::from_secs(20);

type Client = BaseProducer<ClientLog>;

/// Publishes events through a producer that has fenced every earlier one with its transactional id.
#[derive(Clone)]
pub(super) struct EventWriter {
    producer: Arc<Client>,
    incarnation: Arc<str>,
}

impl EventWriter {
    /// Creates the producer, which fences its predecessor and waits until Kafka has ended its transaction.
    ///
    /// # Errors
    /// [`WorkersError::Kafka`].
    pub(super) async fn open(
        kafka: &Kafka,
        transactional_id: String,
        incarnation: uuid::Uuid,
    ) -> Result<Self, WorkersError> {
        let kafka = kafka.clone();
        let producer = run_blocking(move || create_producer(&kafka, &transactional_id)).await?;
        Ok(Self {
            producer: Arc::new(producer),
            incarnation: incarnation.to_string().into(),
        })
    }

    /// Publishes these events in one transaction. After an error its outcome is unknown.
    ///
    /// # Errors
    /// [`WorkersError::Fenced`], [`WorkersError::Kafka`], [`WorkersError::Event`],
    /// [`WorkersError::TooSlow`].
    pub(super) async fn publish(&self, rows: Vec<JournalRow>) -> Result<(), WorkersError> {
        let writer = self.clone();
        run_blocking(move || publish_transaction(&writer.producer, &rows, &writer.incarnation))
            .await
    }

    /// Drops the producer, which may block for a moment.
    pub(super) async fn close(self) {
        drop(tokio::task::spawn_blocking(move || drop(self)).await);
    }
}

async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkersError> + Send + 'static,
) -> Result<T, WorkersError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| WorkersError::Interrupted("publishing"))?
}

fn create_producer(kafka: &Kafka, transactional_id: &str) -> Result<Client, WorkersError> {
    let timeout_ms = TRANSACTION_TIMEOUT.as_millis().to_string();
    let config = kafka.client_config(&[
        ("transactional.id", transactional_id),
        ("enable.idempotence", "true"),
        ("transaction.timeout.ms", &timeout_ms),
        // Shorter than the transaction's timeout, so that a lost record fails it with an error.
        ("message.timeout.ms", "8000"),
        ("linger.ms", "1"),
        ("compression.type", kafka.compression().as_str()),
    ]);
    let producer: Client = config
        .create_with_context(kafka.client_log())
        .map_err(WorkersError::kafka("creating the relay's producer"))?;
    producer
        .init_transactions(OPEN_WITHIN)
        .map_err(WorkersError::kafka("initialising the relay's producer"))?;
    Ok(producer)
}

fn publish_transaction(
    producer: &Client,
    rows: &[JournalRow],
    incarnation: &str,
) -> Result<(), WorkersError> {
    let deadline = Instant::now() + PUBLISH_WITHIN;
    producer
        .begin_transaction()
        .map_err(WorkersError::kafka("beginning a kafka transaction"))?;
    for row in rows {
        send_event(producer, row, incarnation, deadline)?;
    }
    // Committing would flush too, but in steps of 100 ms.
    while producer.in_flight_count() > 0 {
        poll_or_sleep(producer, deadline)?;
    }
    commit_transaction(producer, deadline)
}

/// Passes one event to the client, which sends it in the background.
fn send_event(
    producer: &Client,
    row: &JournalRow,
    incarnation: &str,
    deadline: Instant,
) -> Result<(), WorkersError> {
    let (shard, position) = (row.shard, row.position);
    let unknown = || KafkaError::MessageProduction(RDKafkaErrorCode::UnknownTopicOrPartition);
    let topic = Topic::from_name(&row.topic).ok_or_else(|| WorkersError::Event {
        shard,
        position,
        source: unknown(),
    })?;
    let value = render_published(row, topic, incarnation);
    let mut record = BaseRecord::to(topic.name())
        .partition(shard.0)
        .key(row.account.as_str())
        .payload(value.as_str())
        .headers(record::render_headers(row, topic, incarnation));
    loop {
        match producer.send(record) {
            Ok(()) => return Ok(()),
            Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), back)) => {
                record = back;
                poll_or_sleep(producer, deadline)?;
            }
            Err((source, _)) => {
                return Err(WorkersError::Event {
                    shard,
                    position,
                    source,
                });
            }
        }
    }
}

/// Handles acknowledgements, and sleeps for a moment if there are none. A poll with a timeout would spin
/// through the last millisecond (rdkafka polls in whole ones), which took a core.
fn poll_or_sleep(producer: &Client, deadline: Instant) -> Result<(), WorkersError> {
    if Instant::now() > deadline {
        return Err(WorkersError::TooSlow("sending events to kafka"));
    }
    let before = producer.in_flight_count();
    producer.poll(Duration::ZERO);
    if producer.in_flight_count() == before {
        std::thread::sleep(POLL_PAUSE);
    }
    Ok(())
}

/// Commits the transaction. A commit that timed out is repeated: it is the same transaction.
fn commit_transaction(producer: &Client, deadline: Instant) -> Result<(), WorkersError> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match producer.commit_transaction(left) {
            Ok(()) => return Ok(()),
            Err(KafkaError::Transaction(error)) if error.is_retriable() && !left.is_zero() => {}
            Err(error) => {
                return Err(WorkersError::kafka("committing a kafka transaction")(error));
            }
        }
    }
}
