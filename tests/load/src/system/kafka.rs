//! Apache Kafka with all our topics.

use anyhow::{Context, Result};
use holdfast_events::Topic;
use holdfast_ledger::shard::ShardCount;
use holdfast_local::ApacheKafka;
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;

/// Starts a broker; the topics have a partition for each shard.
pub(super) async fn start(shards: ShardCount) -> Result<ApacheKafka> {
    let kafka = ApacheKafka::temporary()
        .await
        .context("this stage needs Apache Kafka; --stages chooses others")?;
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
        .set("bootstrap.servers", kafka.bootstrap_servers())
        .create()?;
    let topics = Topic::ALL
        .map(|topic| NewTopic::new(topic.name(), shards.get(), TopicReplication::Fixed(1)));
    let created = admin.create_topics(&topics, &AdminOptions::new()).await?;
    for topic in created {
        topic.map_err(|(topic, code)| anyhow::anyhow!("creating {topic}: {code}"))?;
    }
    Ok(kafka)
}
