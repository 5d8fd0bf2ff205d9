//! The delivery side: every notification that was told reaches the door in the end, the way
//! Marqeta delivers it.
//!
//! Up to ten items an envelope, only HTTP 200 counts, a failed envelope comes again as a whole
//! after 4 s, 16 s, 64 s … (times [`Delivery::time_scale`]), ten times. On demand some items
//! arrive twice and all of them out of order. Chance is keyed by the item's token, so a seed
//! decides what happens to an item whatever else goes on at the same time.

mod delivery;
mod notice;
mod queue;
mod retry;
mod sender;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio_util::sync::{CancellationToken, DropGuard};

pub use delivery::Delivery;
pub use notice::{Fate, Notice};
pub use retry::{RETRIES, retry_gap};

use crate::{Door, SimulatorError};
use sender::Shared;

/// One simulated Marqeta's outgoing notifications. Cloning shares the queue; the last clone that
/// goes stops the delivery.
#[derive(Clone)]
pub struct Network {
    shared: Arc<Shared>,
    _stop: Arc<DropGuard>,
}

impl Network {
    /// Starts delivering to the door; must be called within a tokio runtime. The listener hears
    /// what becomes of every copy that is sent.
    pub fn start(
        door: Door,
        delivery: Delivery,
        seed: u64,
        listener: impl Fn(&Notice, Fate) + Send + Sync + 'static,
    ) -> Result<Self, SimulatorError> {
        delivery.check()?;
        let stop = CancellationToken::new();
        let shared = Arc::new(Shared::new(door, delivery, seed, Box::new(listener)));
        tokio::spawn(sender::run(shared.clone(), stop.clone()));
        Ok(Self {
            shared,
            _stop: Arc::new(stop.drop_guard()),
        })
    }

    /// Queues a notification.
    pub fn tell(&self, notice: Notice) {
        self.shared.tell(notice);
    }

    /// Copies that the door has not accepted yet.
    pub fn outstanding(&self) -> usize {
        self.shared.outstanding.load(Ordering::SeqCst)
    }

    /// Waits until everything was accepted (or given up after the last retry), at most this long.
    /// `Err` holds how many are still outstanding.
    pub async fn drain(&self, within: Duration) -> Result<(), usize> {
        let idle = async {
            loop {
                let emptied = self.shared.emptied.notified();
                if self.outstanding() == 0 {
                    return;
                }
                emptied.await;
            }
        };
        tokio::time::timeout(within, idle)
            .await
            .map_err(|_| self.outstanding())
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("outstanding", &self.outstanding())
            .finish_non_exhaustive()
    }
}
