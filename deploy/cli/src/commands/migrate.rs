//! `holdfast migrate`.

use super::access::StoreAccess;
use super::error::CliError;
use crate::values;
use clap::Args;
use holdfast_ledger::shard::ShardCount;
use holdfast_runtime::settings::{KafkaSettings, parse_duration};
use holdfast_store::{Store, StoreError};
use holdfast_workers::Kafka;
use holdfast_workers::topics::{self, TopicOptions};
use serde::Serialize;
use std::time::Duration;

/// Create or update the database, and the topics when Kafka is given
#[derive(Debug, Args)]
#[command(after_help = "Example:
  holdfast migrate --database-url postgres://localhost/holdfast --shards 64")]
pub(crate) struct Migrate {
    #[command(flatten)]
    access: StoreAccess,

    /// Shards of a new database, which are the partitions of its topics; fixed for ever [default: 16]
    #[arg(long, value_name = "N", value_parser = values::parse_shards)]
    shards: Option<ShardCount>,

    #[command(flatten)]
    kafka: KafkaSettings,

    /// Copies of each partition of a new topic
    #[arg(long, value_name = "N", default_value_t = 1)]
    replication: i32,

    /// Brokers that must have a record before it counts as written, in a new topic
    #[arg(long, value_name = "N")]
    min_insync: Option<u32>,

    /// How long a new topic keeps its records, such as 720h
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    retention: Option<Duration>,
}

#[derive(Serialize)]
struct Migrated {
    shards: i32,
    incarnation: uuid::Uuid,
    /// `None` without Kafka.
    topics_created: Option<Vec<&'static str>>,
}

impl Migrate {
    pub(super) async fn migrate(self) -> Result<(), CliError> {
        Kafka::check_options(&self.kafka.options)?;
        let store = self.migrate_database().await?;
        let migrated = Migrated {
            shards: store.shards().get(),
            incarnation: store.incarnation(),
            topics_created: self.create_topics(store.shards()).await?,
        };
        self.access.print_result(&migrated, render_migrated)
    }

    /// An existing database keeps its number of shards unless `--shards` requests another one.
    async fn migrate_database(&self) -> Result<Store, CliError> {
        let options = self.access.store_options()?;
        let shards = match (self.shards, Store::connect(&options).await) {
            (Some(shards), _) => shards,
            (None, Ok(store)) => store.shards(),
            (None, Err(StoreError::Unfit(_))) => ShardCount::DEFAULT,
            (None, Err(error)) => return Err(error.into()),
        };
        Ok(Store::migrate(&options, shards).await?)
    }

    async fn create_topics(
        &self,
        shards: ShardCount,
    ) -> Result<Option<Vec<&'static str>>, CliError> {
        let Some(brokers) = &self.kafka.brokers else {
            return Ok(None);
        };
        let kafka = Kafka::new(brokers.clone(), self.kafka.options.clone())?;
        let options = TopicOptions {
            replication: self.replication,
            min_insync: self.min_insync,
            retention: self.retention,
        };
        let created = topics::create(&kafka, shards, &options).await?;
        topics::check(&kafka, shards).await?;
        Ok(Some(created))
    }
}

fn render_migrated(migrated: &Migrated) -> String {
    let topics = match &migrated.topics_created {
        None => "no topics: HOLDFAST_KAFKA_BROKERS is not given".to_owned(),
        Some(created) if created.is_empty() => "all topics existed".to_owned(),
        Some(created) => format!("created {}", created.join(", ")),
    };
    format!(
        "the database is up to date, with {} shards; {topics}",
        migrated.shards
    )
}
