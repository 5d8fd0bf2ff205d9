//! The database: the one that was given, or one of our own.

use super::Parts;
use crate::up::UpError;
use crate::up::settings::Settings;
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{EmbeddedPostgres, Options};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::{Store, StoreError, StoreOptions};
use std::time::Duration;

impl Parts {
    /// The database's address, and where it is in words.
    pub(super) async fn database(
        &mut self,
        settings: &Settings,
        signals: &Shutdown,
    ) -> Result<(String, String), UpError> {
        if let Some(url) = &settings.args.front.database.url {
            let words = "Postgres as HOLDFAST_DATABASE_URL says";
            return Ok((url.expose().to_owned(), words.to_owned()));
        }
        let postgres = embedded(settings, signals).await?;
        let taken_over = match postgres.was_taken_over() {
            true => ", taken over from a run that was killed",
            false => "",
        };
        let words = format!(
            "embedded Postgres in {}{taken_over}",
            postgres.folder().display()
        );
        let url = postgres.url();
        self.postgres = Some(postgres);
        if signals.is_draining() {
            return Err(UpError::Interrupted);
        }
        Ok((url, words))
    }
}

/// How long a start that has begun is waited for after the second Ctrl-C.
const START_PATIENCE: Duration = Duration::from_secs(15);

/// A start that has begun is waited for even after Ctrl-C: what it starts must be stopped. Only a
/// download may be given up.
async fn embedded(settings: &Settings, signals: &Shutdown) -> Result<EmbeddedPostgres, UpError> {
    let folder = settings.folder.clone();
    let start = async move { EmbeddedPostgres::start(&folder, Options::default()).await };
    let mut starting = tokio::spawn(start);
    let hurried = async {
        signals.cut().await;
        tokio::time::sleep(START_PATIENCE).await;
    };
    tokio::select! {
        started = &mut starting => Ok(started.map_err(|_| UpError::Broken("starting Postgres"))??),
        () = hurried => {
            starting.abort();
            Err(UpError::Interrupted)
        }
    }
}

/// The database with the schema up to date. Unless told, one that exists keeps its number of shards.
pub(super) async fn migrated(url: &str, shards: Option<ShardCount>) -> Result<Store, UpError> {
    let options = StoreOptions::new(url.to_owned(), "holdfast-up");
    let shards = match shards {
        Some(shards) => shards,
        None => existing(&options).await.map_err(UpError::Open)?,
    };
    let store = Store::migrate(&options, shards).await;
    store.map_err(UpError::Open)
}

async fn existing(options: &StoreOptions) -> Result<ShardCount, StoreError> {
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
