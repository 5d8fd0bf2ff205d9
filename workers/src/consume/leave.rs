//! Leaving the consumer group. Dropping a consumer polls until the group has released it, and can hang
//! (librdkafka 4884), so it gets a thread of its own and a deadline.

use super::rebalance::RebalanceListener;
use rdkafka::consumer::{Consumer, StreamConsumer};
use std::time::Duration;

const LEAVE_WITHIN: Duration = Duration::from_secs(5);

/// Leaves the group; after the deadline the thread keeps running until the process ends.
pub(super) async fn leave_group(client: StreamConsumer<RebalanceListener>, topic: &'static str) {
    let leaving = tokio::task::spawn_blocking(move || {
        client.unsubscribe();
        drop(client);
    });
    if tokio::time::timeout(LEAVE_WITHIN, leaving).await.is_err() {
        tracing::warn!(
            topic,
            "Leaving the consumer group takes too long, stopping without it"
        );
    }
}
