//! Waiting until nothing is owed any more: every notification applied, every event published.

use holdfast_store::{Store, StoreError};
use std::time::Duration;
use tokio::time::Instant;

const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What is still owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Owed {
    /// Notifications that no worker has applied.
    pub(super) notifications: i64,
    /// Events that Kafka is not known to have.
    pub(super) events: i64,
}

impl Owed {
    /// Asks the database.
    pub(super) async fn now(store: &Store) -> Result<Self, StoreError> {
        // In this order: applying a notification commits events.
        let (notifications, _) = store.waiting_backlog().await?;
        let events = store.unpublished().await?.into_values().sum();
        Ok(Self {
            notifications,
            events,
        })
    }

    pub(super) fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// Waits until nothing is owed, at most for `patience`; what is owed then.
pub(super) async fn settle(store: &Store, patience: Duration) -> Result<Owed, StoreError> {
    let until = Instant::now() + patience;
    loop {
        let owed = Owed::now(store).await?;
        if owed.is_nothing() || Instant::now() >= until {
            return Ok(owed);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
