//! Waiting until every notification is published and applied in Postgres.

use crate::system::System;
use anyhow::Result;
use std::time::{Duration, Instant};

const FINISHED_WITHIN: Duration = Duration::from_secs(900);

/// Waits until no notification waits.
pub(super) async fn wait_until_applied(system: &System) -> Result<()> {
    until(async || {
        let waits = "select exists (select from notification where status = 'waiting')";
        let waits: bool = sqlx::query_scalar(waits)
            .fetch_one(&system.database)
            .await?;
        Ok(!waits)
    })
    .await
}

/// Waits until no clearing waits.
pub(super) async fn cleared(system: &System) -> Result<()> {
    until(async || {
        let waits = "select exists (select from notification
            where status = 'waiting' and topic = 'jit.clearings.v1')";
        let waits: bool = sqlx::query_scalar(waits)
            .fetch_one(&system.database)
            .await?;
        Ok(!waits)
    })
    .await
}

/// Waits until the relay has published everything.
pub(super) async fn published(system: &System) -> Result<()> {
    until(async || {
        let unpublished = "select coalesce(sum(c.position - p.position), 0)::bigint
            from shard_counter c join published p using (shard)";
        let count: i64 = sqlx::query_scalar(unpublished)
            .fetch_one(&system.database)
            .await?;
        Ok(count == 0)
    })
    .await
}

/// Clearings that were applied.
pub(super) async fn applied_clearings(system: &System) -> Result<u64> {
    let applied = "select count(*) from notification
        where status = 'applied' and topic = 'jit.clearings.v1'";
    let count: i64 = sqlx::query_scalar(applied)
        .fetch_one(&system.database)
        .await?;
    Ok(u64::try_from(count)?)
}

async fn until(is_so: impl AsyncFn() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !is_so().await? {
        anyhow::ensure!(
            began.elapsed() < FINISHED_WITHIN,
            "not everything was applied in time"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
