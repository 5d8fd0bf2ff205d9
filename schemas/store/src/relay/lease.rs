//! Who publishes which shards: one owner per slot, by a lease.

use crate::{Store, StoreError};
use std::time::Duration;

/// A slot that was taken, under the epoch that the taking began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The slot.
    pub slot: i32,
    /// Grows with every owner.
    pub epoch: i64,
}

impl Store {
    /// The slots, in order. Shard `s` belongs to the one at place `s` modulo their number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn relay_slots(&self) -> Result<Vec<i32>, StoreError> {
        Ok(
            sqlx::query_scalar(include_str!("../../sql/relay_slots.sql"))
                .fetch_all(self.pool())
                .await?,
        )
    }

    /// Takes a slot for `term` if its lease is free, has run out, or was this owner's own; `None` while
    /// another relay holds it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_slot(
        &self,
        slot: i32,
        owner: &str,
        term: Duration,
    ) -> Result<Option<Lease>, StoreError> {
        let epoch: Option<i64> = sqlx::query_scalar(include_str!("../../sql/relay_take_slot.sql"))
            .bind(slot)
            .bind(owner)
            .bind(in_millis(term))
            .fetch_optional(self.pool())
            .await?;
        Ok(epoch.map(|epoch| Lease { slot, epoch }))
    }

    /// Prolongs a lease to `term` from now; false when another relay has taken the slot since.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn renew_slot(&self, lease: Lease, term: Duration) -> Result<bool, StoreError> {
        let renewed = sqlx::query(include_str!("../../sql/relay_renew_slot.sql"))
            .bind(lease.slot)
            .bind(lease.epoch)
            .bind(in_millis(term))
            .execute(self.pool())
            .await?;
        Ok(renewed.rows_affected() == 1)
    }

    /// Gives a lease back; nothing happens when another relay has taken the slot since.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn release_slot(&self, lease: Lease) -> Result<(), StoreError> {
        sqlx::query(include_str!("../../sql/relay_release_slot.sql"))
            .bind(lease.slot)
            .bind(lease.epoch)
            .execute(self.pool())
            .await?;
        Ok(())
    }
}

fn in_millis(term: Duration) -> i64 {
    i64::try_from(term.as_millis()).unwrap_or(i64::MAX)
}
