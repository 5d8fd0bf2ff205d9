//! Whether relay and consumers can do their work now: the brokers answer, and deny nothing.

use super::{ClientLog, Kafka};
use crate::WorkersError;
use holdfast_events::Topic;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaResult, RDKafkaErrorCode};
use rdkafka::metadata::Metadata;
use std::sync::Arc;
use std::time::Duration;

/// Shorter than the time after which readiness gives a probe up, so that the cause is shown.
const ANSWER_WITHIN: Duration = Duration::from_millis(800);

/// How long the next callback is waited for, and how many are delivered at most.
const CALLBACKS_WITHIN: Duration = Duration::from_millis(10);
const CALLBACKS_MAX: usize = 10;

/// A client of its own that stays connected and asks for a topic's metadata.
#[derive(Clone)]
pub(crate) struct Probe {
    kafka: Kafka,
    client: Arc<BaseConsumer<ClientLog>>,
}

impl Probe {
    /// Creates the client, which connects in the background.
    ///
    /// # Errors
    /// [`WorkersError::Kafka`].
    pub(crate) fn open(kafka: &Kafka) -> Result<Self, WorkersError> {
        let client = kafka
            .client_config(&[])
            .create_with_context(kafka.client_log())
            .map_err(WorkersError::kafka("creating the probe of kafka"))?;
        Ok(Self {
            kafka: kafka.clone(),
            client: Arc::new(client),
        })
    }

    /// Asks once; the error says what is wrong, for operators.
    pub(crate) async fn check_brokers(self) -> Result<(), String> {
        let asking = tokio::task::spawn_blocking(move || self.check_blocking());
        asking.await.map_err(|_| "interrupted".to_owned())?
    }

    fn check_blocking(&self) -> Result<(), String> {
        let topic = Some(Topic::Authorizations.name());
        match fetch_metadata(&self.client, topic, ANSWER_WITHIN) {
            Err(error) => Err(self.kafka.no_answer(&error)),
            Ok(metadata) => self.check_rights(&metadata),
        }
    }

    fn check_rights(&self, metadata: &Metadata) -> Result<(), String> {
        self.kafka.failures.clear_connection();
        let denied = metadata.topics().iter().find_map(|topic| topic.error());
        match denied.map(RDKafkaErrorCode::from) {
            Some(code @ RDKafkaErrorCode::TopicAuthorizationFailed) => Err(code.to_string()),
            _ => self.kafka.failures.denied().map_or(Ok(()), Err),
        }
    }
}

/// Fetches the metadata of a topic or of all. Afterwards the callbacks are delivered, which name the cause of a
/// failure: polling does it and returns each error once more; without a subscription no message comes.
pub(crate) fn fetch_metadata(
    client: &BaseConsumer<ClientLog>,
    topic: Option<&str>,
    within: Duration,
) -> KafkaResult<Metadata> {
    let answer = client.fetch_metadata(topic, within);
    for _ in 0..CALLBACKS_MAX {
        if client.poll(CALLBACKS_WITHIN).is_none() {
            break;
        }
    }
    answer
}
