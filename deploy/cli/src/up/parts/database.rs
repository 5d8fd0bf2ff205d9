//! The database: the configured one, or an embedded one.

use super::Parts;
use crate::up::UpError;
use crate::up::settings::Settings;
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{EmbeddedPostgres, Options};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{Store, StoreError, StoreOptions};
use std::time::Duration;

impl Parts {
    /// Returns the database's address, and a description of it.
    pub(super) async fn start_database(
        &mut self,
        settings: &Settings,
        signals: &Shutdown,
    ) -> Result<(String, String), UpError> {
        if let Some(url) = &settings.args.front.database.url {
            let description = "Postgres, set by HOLDFAST_DATABASE_URL";
            return Ok((url.expose().to_owned(), description.to_owned()));
        }
        let postgres = start_embedded(settings, signals).await?;
        let taken_over = match postgres.was_taken_over() {
            true => ", taken over from a run that was killed",
            false => "",
        };
        let description = format!(
            "embedded Postgres in {}{taken_over}",
            postgres.folder().display()
        );
        let url = postgres.url();
        self.postgres = Some(postgres);
        if signals.is_draining() {
            return Err(UpError::Interrupted);
        }
        Ok((url, description))
    }
}

/// How long a running start may take after the second Ctrl-C.
const START_WITHIN: Duration = Duration::from_secs(15);

/// Starts Postgres, also after Ctrl-C: a started server must be stopped. Only a download may be aborted.
async fn start_embedded(
    settings: &Settings,
    signals: &Shutdown,
) -> Result<EmbeddedPostgres, UpError> {
    let folder = settings.folder.clone();
    let start = async move { EmbeddedPostgres::start(&folder, Options::default()).await };
    let mut starting = tokio::spawn(start);
    let hurried = async {
        signals.cut().await;
        tokio::time::sleep(START_WITHIN).await;
    };
    tokio::select! {
        started = &mut starting => Ok(started.map_err(|_| UpError::Broken("starting Postgres"))??),
        () = hurried => {
            starting.abort();
            Err(UpError::Interrupted)
        }
    }
}

/// Migrates the database. Without `shards`, an existing one keeps its number of shards.
pub(super) async fn migrate_database(
    url: &str,
    shards: Option<ShardCount>,
) -> Result<Store, UpError> {
    let options = StoreOptions::new(url.to_owned(), "holdfast-up");
    let shards = match shards {
        Some(shards) => shards,
        None => read_shard_count(&options).await.map_err(UpError::Open)?,
    };
    let store = Store::migrate(&options, shards).await;
    store.map_err(UpError::Open)
}

async fn read_shard_count(options: &StoreOptions) -> Result<ShardCount, StoreError> {
    let options = StoreOptions {
        connections: 1,
        ..options.clone()
    };
    match Store::connect(&options).await {
        Ok(store) => {
            store.close().await;
            Ok(store.shards())
        }
        Err(StoreError::Unfit(_)) => Ok(ShardCount::DEFAULT),
        Err(error) => Err(error),
    }
}
