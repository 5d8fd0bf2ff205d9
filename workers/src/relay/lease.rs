//! Lease renewal: the lease of a slot is renewed while its shards are published.

use holdfast_store::Store;
use holdfast_store::relay::Lease;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

/// How long a lease lasts. It is shorter than the timeout of a Kafka transaction (10 s), so that the next
/// owner ends the open transaction of a dead relay before Kafka's readers have waited that long.
pub(super) const LEASE_TERM: Duration = Duration::from_secs(6);
const RENEW_EVERY: Duration = Duration::from_secs(2);

/// Renews a lease in the background until it is stopped or the lease is lost.
#[derive(Debug)]
pub(super) struct LeaseRenewal {
    lost: CancellationToken,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl LeaseRenewal {
    /// Starts the renewal of a lease that was requested at `requested`.
    pub(super) fn start(store: Store, lease: Lease, requested: Instant) -> Self {
        let (lost, stop) = (CancellationToken::new(), CancellationToken::new());
        let until = requested + LEASE_TERM;
        let renewal = renew_until_stopped(store, lease, until, lost.clone(), stop.clone());
        Self {
            lost,
            stop,
            task: tokio::spawn(renewal),
        }
    }

    /// A token that is cancelled when the lease is lost.
    pub(super) fn lost(&self) -> CancellationToken {
        self.lost.clone()
    }

    /// Stops the renewal and waits for its last statement; the lease can be released after that.
    pub(super) async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "The task that renews a lease failed");
        }
    }
}

async fn renew_until_stopped(
    store: Store,
    lease: Lease,
    mut until: Instant,
    lost: CancellationToken,
    stop: CancellationToken,
) {
    while stop.run_until_cancelled(sleep(RENEW_EVERY)).await.is_some() {
        let requested = Instant::now();
        let renewal = store.renew_slot(lease, LEASE_TERM);
        tokio::pin!(renewal);
        // A late statement is still awaited: dropping it would leave its outcome unknown.
        let renewed = tokio::select! {
            renewed = &mut renewal => renewed,
            () = sleep_until(until) => {
                lost.cancel();
                renewal.await
            }
        };
        match renewed {
            Ok(true) if !lost.is_cancelled() => until = requested + LEASE_TERM,
            Err(error) if Instant::now() < until => {
                tracing::warn!(slot = lease.slot, %error, "Cannot renew the relay's lease yet");
            }
            _ => return lost.cancel(),
        }
    }
}
