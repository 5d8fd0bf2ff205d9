//! The slot's transactional producer. Its calls block, so each runs in a blocking thread.

use super::record;
use crate::WorkersError;
use crate::kafka::{Kafka, Listener};
use holdfast_events::Topic;
use holdfast_store::relay::JournalRow;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Kafka aborts a transaction that takes longer: until then it holds up whoever reads committed records.
/// A lease must end sooner, so that the next owner can end what a dead relay left open.
const TRANSACTION_TIMEOUT: Duration = Duration::from_secs(10);
/// Our own patience with a transaction, beyond which its outcome is asked of Kafka anew.
const PATIENCE: Duration = Duration::from_secs(15);
/// Between two looks at what Kafka has acknowledged: little of a transaction's ten milliseconds or more.
const REST: Duration = Duration::from_micros(500);
const OPEN_WITHIN: Duration = Duration::from_secs(20);

type Client = BaseProducer<Listener>;

/// A producer that has fenced every earlier one with its transactional id.
#[derive(Clone)]
pub(super) struct Writer {
    producer: Arc<Client>,
    incarnation: Arc<str>,
}

impl Writer {
    /// Makes the producer, fences its predecessor, and waits until what that one left open is decided.
    ///
    /// # Errors
    /// [`WorkersError::Kafka`].
    pub(super) async fn open(
        kafka: &Kafka,
        transactional_id: String,
        incarnation: uuid::Uuid,
    ) -> Result<Self, WorkersError> {
        let kafka = kafka.clone();
        let producer = blocking(move || open(&kafka, &transactional_id)).await?;
        Ok(Self {
            producer: Arc::new(producer),
            incarnation: incarnation.to_string().into(),
        })
    }

    /// Publishes these events in one transaction. After an error its outcome is not known here.
    ///
    /// # Errors
    /// [`WorkersError::Fenced`], [`WorkersError::Kafka`], [`WorkersError::Event`],
    /// [`WorkersError::TooSlow`].
    pub(super) async fn publish(&self, rows: Vec<JournalRow>) -> Result<(), WorkersError> {
        let writer = self.clone();
        blocking(move || transact(&writer.producer, &rows, &writer.incarnation)).await
    }

    /// Drops the producer, which may block for a moment.
    pub(super) async fn close(self) {
        drop(tokio::task::spawn_blocking(move || drop(self)).await);
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkersError> + Send + 'static,
) -> Result<T, WorkersError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| WorkersError::Interrupted("publishing"))?
}

fn open(kafka: &Kafka, transactional_id: &str) -> Result<Client, WorkersError> {
    let timeout_ms = TRANSACTION_TIMEOUT.as_millis().to_string();
    let config = kafka.config(&[
        ("transactional.id", transactional_id),
        ("enable.idempotence", "true"),
        ("transaction.timeout.ms", &timeout_ms),
        // Shorter than the transaction, so that it ends with an error and not with a timeout.
        ("message.timeout.ms", "8000"),
        ("linger.ms", "1"),
        ("compression.type", "zstd"),
    ]);
    let producer: Client = config
        .create_with_context(Listener)
        .map_err(WorkersError::kafka("creating the relay's producer"))?;
    producer
        .init_transactions(OPEN_WITHIN)
        .map_err(WorkersError::kafka("initialising the relay's producer"))?;
    Ok(producer)
}

fn transact(producer: &Client, rows: &[JournalRow], incarnation: &str) -> Result<(), WorkersError> {
    let deadline = Instant::now() + PATIENCE;
    producer
        .begin_transaction()
        .map_err(WorkersError::kafka("beginning a kafka transaction"))?;
    for row in rows {
        send(producer, row, incarnation, deadline)?;
    }
    // Committing would flush too, but in steps of 100 ms.
    while producer.in_flight_count() > 0 {
        wait(producer, deadline)?;
    }
    commit(producer, deadline)
}

/// Hands one event to the client, which sends it in the background.
fn send(
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
    let mut record = BaseRecord::to(topic.name())
        .partition(shard.0)
        .key(row.account.as_str())
        .payload(row.payload.as_str())
        .headers(record::headers(row, topic, incarnation));
    loop {
        match producer.send(record) {
            Ok(()) => return Ok(()),
            Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), back)) => {
                record = back;
                wait(producer, deadline)?;
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

/// Takes what the client has to say, and rests for a moment when that is nothing. The client's own way to
/// wait spins through the last millisecond of its time (rdkafka asks in whole ones): it took a core.
fn wait(producer: &Client, deadline: Instant) -> Result<(), WorkersError> {
    if Instant::now() > deadline {
        return Err(WorkersError::TooSlow("sending events to kafka"));
    }
    let before = producer.in_flight_count();
    producer.poll(Duration::ZERO);
    if producer.in_flight_count() == before {
        std::thread::sleep(REST);
    }
    Ok(())
}

/// Commits. A commit that timed out may be asked for again: it is the same transaction.
fn commit(producer: &Client, deadline: Instant) -> Result<(), WorkersError> {
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
