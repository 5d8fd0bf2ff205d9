//! Apache Kafka with all our topics.

use anyhow::{Context, Result};
use holdfast_events::Topic;
use holdfast_kafka::ApacheKafka;
use holdfast_ledger::shard::ShardCount;

/// Starts a broker; the topics have a partition for each shard.
pub(super) async fn start(shards: ShardCount) -> Result<ApacheKafka> {
    let kafka = ApacheKafka::temporary()
        .await
        .context("this stage needs Apache Kafka; --stages chooses others")?;
    let topics = Topic::ALL.map(Topic::name);
    kafka.create_topics(&topics, shards.get()).await?;
    Ok(kafka)
}
