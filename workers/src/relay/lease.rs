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

/// Renews a lease in the background until it is stopped or lost.
#[derive(Debug)]
pub(super) struct Keeper {
    lost: CancellationToken,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Keeps a lease that was asked for at `asked`.
    pub(super) fn start(store: Store, lease: Lease, asked: Instant) -> Self {
        let (lost, stop) = (CancellationToken::new(), CancellationToken::new());
        let task = tokio::spawn(keep(store, lease, asked + TERM, lost.clone(), stop.clone()));
        Self { lost, stop, task }
    }

    /// Cancelled when the lease is lost.
    pub(super) fn lost(&self) -> CancellationToken {
        self.lost.clone()
    }

    /// Renews no more, and waits until that is so: the lease can be given back then.
    pub(super) async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "The task that renews a lease failed");
        }
    }
}

async fn keep(
    store: Store,
    lease: Lease,
    mut until: Instant,
    lost: CancellationToken,
    stop: CancellationToken,
) {
    while stop.run_until_cancelled(sleep(RENEW_EVERY)).await.is_some() {
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
