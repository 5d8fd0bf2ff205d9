//! Leaving the group. Dropping a consumer polls until the group has let it go, and can hang (librdkafka
//! 4884): it gets a thread of its own and a deadline.

use super::membership::Membership;
use rdkafka::consumer::{Consumer, StreamConsumer};
use std::time::Duration;

const CLOSED_WITHIN: Duration = Duration::from_secs(5);

/// Leaves the group; after the deadline the thread is left to the end of the process.
pub(super) async fn close(client: StreamConsumer<Membership>, topic: &'static str) {
    let closing = tokio::task::spawn_blocking(move || {
        client.unsubscribe();
        drop(client);
    });
    if tokio::time::timeout(CLOSED_WITHIN, closing).await.is_err() {
        tracing::warn!(
            topic,
            "Leaving the consumer group takes too long, going without"
        );
    }
}
