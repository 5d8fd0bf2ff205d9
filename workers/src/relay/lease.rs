//! Keeping the lease of a slot while its shards are published.

use holdfast_store::Store;
use holdfast_store::relay::Lease;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

/// How long a lease lasts: shorter than a Kafka transaction may (10 s), so that the next owner ends what
/// a dead one left open before Kafka's readers have waited that long.
pub(super) const TERM: Duration = Duration::from_secs(6);
const RENEW_EVERY: Duration = Duration::from_secs(2);

/// Renews a lease in the background until it is dropped or lost.
#[derive(Debug)]
pub(super) struct Keeper {
    lost: CancellationToken,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Keeps a lease that was asked for at `asked`.
    pub(super) fn start(store: Store, lease: Lease, asked: Instant) -> Self {
        let lost = CancellationToken::new();
        let task = tokio::spawn(keep(store, lease, asked + TERM, lost.clone()));
        Self { lost, task }
    }

    /// Cancelled when the lease is lost.
    pub(super) fn lost(&self) -> CancellationToken {
        self.lost.clone()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep(store: Store, lease: Lease, mut until: Instant, lost: CancellationToken) {
    loop {
        sleep(RENEW_EVERY).await;
        let asked = Instant::now();
        let renewal = store.renew_slot(lease, TERM);
        tokio::pin!(renewal);
        // The statement is never abandoned, however late it is.
        let renewed = tokio::select! {
            renewed = &mut renewal => renewed,
            () = sleep_until(until) => {
                lost.cancel();
                renewal.await
            }
        };
        match renewed {
            Ok(true) if !lost.is_cancelled() => until = asked + TERM,
            Err(error) if Instant::now() < until => {
                tracing::warn!(slot = lease.slot, %error, "Cannot renew the relay's lease yet");
            }
            _ => return lost.cancel(),
        }
    }
}
