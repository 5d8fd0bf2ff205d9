//! The delivery side: every queued notification reaches the front, the way Marqeta delivers it.
//!
//! Up to ten items an envelope, only HTTP 200 counts, a failed envelope is retried as a whole
//! after 4 s, 16 s, 64 s … (times [`Delivery::time_scale`]), ten times. On demand some items
//! arrive twice and all of them out of order. Chance is keyed by the item's token, so a seed
//! decides what happens to an item independently of everything else.

mod delivery;
mod notification;
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
pub use notification::{DeliveryResult, Notification};
pub use retry::{RETRIES, retry_gap};

use crate::{FrontClient, SimulatorError};
use sender::SenderState;

/// One simulated Marqeta's outgoing notifications. Cloning shares the queue; dropping the last
/// clone stops the delivery.
#[derive(Clone)]
pub struct Network {
    shared: Arc<SenderState>,
    _stop: Arc<DropGuard>,
}

impl Network {
    /// Starts delivering to the front; must be called within a tokio runtime. The listener receives
    /// the result of every copy that is sent.
    pub fn start(
        front: FrontClient,
        delivery: Delivery,
        seed: u64,
        listener: impl Fn(&Notification, DeliveryResult) + Send + Sync + 'static,
    ) -> Result<Self, SimulatorError> {
        delivery.check_ranges()?;
        let stop = CancellationToken::new();
        let shared = Arc::new(SenderState::new(front, delivery, seed, Box::new(listener)));
        tokio::spawn(sender::deliver_until_stopped(shared.clone(), stop.clone()));
        Ok(Self {
            shared,
            _stop: Arc::new(stop.drop_guard()),
        })
    }

    /// Queues a notification.
    pub fn queue(&self, notification: Notification) {
        self.shared.queue_notification(notification);
    }

    /// Copies that the front has not accepted yet.
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
