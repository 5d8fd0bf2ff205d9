//! How far each shard is committed, and how far it is published.

use super::Lease;
use crate::{Store, StoreError};
use holdfast_ledger::shard::Shard;
use std::collections::BTreeMap;

/// A position in each of some shards; 0 is before the first event.
pub type Positions = BTreeMap<Shard, i64>;

impl Store {
    /// The last committed position of each of these shards.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn committed_positions(&self, shards: &[Shard]) -> Result<Positions, StoreError> {
        let statement = include_str!("../../sql/relay_committed.sql");
        let rows = sqlx::query_as(statement)
            .bind(position_numbers(shards))
            .fetch_all(self.pool())
            .await?;
        Ok(read_positions(rows))
    }

    /// How far Kafka is known to have each of these shards. It may have more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn published_positions(&self, shards: &[Shard]) -> Result<Positions, StoreError> {
        let statement = include_str!("../../sql/relay_read_published.sql");
        let rows = sqlx::query_as(statement)
            .bind(position_numbers(shards))
            .fetch_all(self.pool())
            .await?;
        Ok(read_positions(rows))
    }

    /// Moves the published positions on, never back. False, and nothing is moved, when the lease has run
    /// out or another relay has taken the slot.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn move_published(&self, lease: Lease, to: &Positions) -> Result<bool, StoreError> {
        let (shards, positions): (Vec<i32>, Vec<i64>) = position_columns(to);
        let held = sqlx::query_scalar(include_str!("../../sql/relay_move_published.sql"))
            .bind(lease.slot)
            .bind(lease.epoch)
            .bind(shards)
            .bind(positions)
            .fetch_one(self.pool())
            .await?;
        Ok(held)
    }

    /// The ids of the events at these positions; a position without an event is left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn events_at(
        &self,
        at: &Positions,
    ) -> Result<BTreeMap<Shard, uuid::Uuid>, StoreError> {
        let (shards, positions): (Vec<i32>, Vec<i64>) = position_columns(at);
        let rows: Vec<(i32, uuid::Uuid)> =
            sqlx::query_as(include_str!("../../sql/relay_events_at.sql"))
                .bind(shards)
                .bind(positions)
                .fetch_all(self.pool())
                .await?;
        Ok(rows
            .into_iter()
            .map(|(shard, event)| (Shard(shard), event))
            .collect())
    }

    /// How many committed events of each shard Kafka is not yet known to have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_unpublished(&self) -> Result<Positions, StoreError> {
        let statement = include_str!("../../sql/relay_unpublished.sql");
        Ok(read_positions(
            sqlx::query_as(statement).fetch_all(self.pool()).await?,
        ))
    }
}

fn position_numbers(shards: &[Shard]) -> Vec<i32> {
    shards.iter().map(|shard| shard.0).collect()
}

fn position_columns(positions: &Positions) -> (Vec<i32>, Vec<i64>) {
    positions
        .iter()
        .map(|(shard, position)| (shard.0, *position))
        .unzip()
}

fn read_positions(rows: Vec<(i32, i64)>) -> Positions {
    rows.into_iter()
        .map(|(shard, position)| (Shard(shard), position))
        .collect()
}
