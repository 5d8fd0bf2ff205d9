//! The broker: the configured one, or one inside this process.

use super::Parts;
use crate::up::UpError;
use crate::up::settings::Settings;
use holdfast_events::Topic;
use holdfast_local::EmbeddedBroker;
use holdfast_store::Store;
use holdfast_workers::Kafka;
use holdfast_workers::topics::{self, TopicOptions};

impl Parts {
    /// Returns the bootstrap servers, and a description of them.
    pub(super) fn start_broker(
        &mut self,
        settings: &Settings,
        store: &Store,
    ) -> Result<(String, String), UpError> {
        if let Some(brokers) = &settings.args.kafka.brokers {
            return Ok((brokers.clone(), format!("Kafka at {brokers}")));
        }
        let topics = Topic::ALL.map(|topic| (topic.name(), store.shards().get()));
        let broker = EmbeddedBroker::start(&topics)?;
        let servers = broker.bootstrap_servers().to_owned();
        self.broker = Some(broker);
        let description = format!("embedded broker at {servers} (in memory, empty at each start)");
        Ok((servers, description))
    }
}

/// Creates the topics that a configured Kafka lacks.
pub(super) async fn create_topics(kafka: &Kafka, store: &Store) -> Result<(), UpError> {
    topics::create(kafka, store.shards(), &TopicOptions::default()).await?;
    Ok(())
}
