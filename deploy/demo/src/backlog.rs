//! Work that is not finished: notifications to apply, events to publish.

use holdfast_store::{Store, StoreError};
use std::time::Duration;
use tokio::time::Instant;

const READ_EVERY: Duration = Duration::from_millis(100);

/// What is not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Backlog {
    /// Notifications that no worker has applied.
    pub(crate) notifications: i64,
    /// Events that Kafka is not known to have.
    pub(crate) events: i64,
}

impl Backlog {
    /// Reads the backlog from the database.
    pub(crate) async fn read(store: &Store) -> Result<Self, StoreError> {
        // In this order: applying a notification commits events.
        let (notifications, _) = store.waiting_backlog().await?;
        let events = store.count_unpublished().await?.into_values().sum();
        Ok(Self {
            notifications,
            events,
        })
    }

    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Waits until the backlog is empty, at most for `limit`. Returns the backlog at that moment.
pub(crate) async fn wait_until_empty(
    store: &Store,
    limit: Duration,
) -> Result<Backlog, StoreError> {
    let deadline = Instant::now() + limit;
    loop {
        let backlog = Backlog::read(store).await?;
        if backlog.is_empty() || Instant::now() >= deadline {
            return Ok(backlog);
        }
        tokio::time::sleep(READ_EVERY).await;
    }
}
