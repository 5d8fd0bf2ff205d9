//! The loop that sends what is due, a few envelopes at a time.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Notify, Semaphore};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::queue::{DeliveryQueue, Envelope, QueuedNotification};
use super::{Delivery, DeliveryResult, Notification, retry_gap};
use crate::{FrontClient, Random, mutex::lock_mutex};

type Listener = Box<dyn Fn(&Notification, DeliveryResult) + Send + Sync>;

/// What the loop, its envelopes and the handles share.
pub(super) struct SenderState {
    front: FrontClient,
    delivery: Delivery,
    seed: u64,
    listener: Listener,
    queue: Mutex<DeliveryQueue>,
    wake: Notify,
    pub(super) outstanding: AtomicUsize,
    pub(super) emptied: Notify,
}

impl SenderState {
    pub(super) fn new(
        front: FrontClient,
        delivery: Delivery,
        seed: u64,
        listener: Listener,
    ) -> Self {
        Self {
            front,
            delivery,
            seed,
            listener,
            queue: Mutex::default(),
            wake: Notify::new(),
            outstanding: AtomicUsize::new(0),
            emptied: Notify::new(),
        }
    }

    /// Queues a notification, held back or duplicated by chance keyed with its token.
    pub(super) fn queue_notification(&self, notification: Notification) {
        let mut random = Random::keyed(self.seed, &notification.token);
        let spread = self.delivery.spread.as_micros() as u64;
        let mut later = || Duration::from_micros(random.below(spread));
        let hold_back = if self.delivery.shuffle {
            later()
        } else {
            Duration::ZERO
        };
        let copy_after = later();
        let twice = random.chance(self.delivery.duplicates);

        let copies = 1 + usize::from(twice);
        let (accepted, left) = (AtomicBool::new(false), AtomicUsize::new(copies));
        let item = Arc::new(QueuedNotification {
            notification,
            accepted,
            copies: left,
        });
        let due = Instant::now() + hold_back;
        self.outstanding.fetch_add(copies, Ordering::SeqCst);
        {
            let mut queue = lock_mutex(&self.queue);
            if twice {
                queue.push(due + copy_after, 0, vec![item.clone()]);
            }
            queue.push(due, 0, vec![item]);
        }
        self.wake.notify_one();
    }

    /// Sends one envelope; a refused one returns to the queue unchanged.
    async fn send_envelope(&self, envelope: Envelope) {
        let items: Vec<Bytes> = envelope
            .items
            .iter()
            .map(|item| item.notification.body.clone())
            .collect();
        let status = self.front.deliver(&items).await;
        if status == Some(200) {
            return self.count_off(&envelope, true);
        }
        let tries = envelope.tries + 1;
        tracing::debug!(
            ?status,
            tries,
            items = items.len(),
            "notifications were not accepted"
        );
        match retry_gap(tries, self.delivery.time_scale) {
            None => self.count_off(&envelope, false),
            Some(gap) => {
                envelope
                    .items
                    .iter()
                    .for_each(|item| (self.listener)(&item.notification, DeliveryResult::Refused));
                lock_mutex(&self.queue).push(Instant::now() + gap, tries, envelope.items);
                self.wake.notify_one();
            }
        }
    }

    /// Counts the items of an envelope off: accepted, or given up.
    fn count_off(&self, envelope: &Envelope, delivered: bool) {
        for item in &envelope.items {
            if let Some(result) = delivery_result(item, delivered) {
                (self.listener)(&item.notification, result);
            }
        }
        let count = envelope.items.len();
        if self.outstanding.fetch_sub(count, Ordering::SeqCst) == count {
            self.emptied.notify_waiters();
        }
    }

    /// Waits for the next due envelope.
    async fn next_envelope(&self) -> Envelope {
        loop {
            let (envelope, due) = {
                let mut queue = lock_mutex(&self.queue);
                (
                    queue.pop_due(Instant::now(), self.delivery.batch),
                    queue.next_due(),
                )
            };
            match (envelope, due) {
                (Some(envelope), _) => return envelope,
                (None, None) => self.wake.notified().await,
                (None, Some(due)) => tokio::select! {
                    () = self.wake.notified() => {}
                    () = sleep_until(due) => {}
                },
            }
        }
    }
}

/// The result of one copy: an item is lost only with its last copy.
fn delivery_result(item: &QueuedNotification, delivered: bool) -> Option<DeliveryResult> {
    let last = item.copies.fetch_sub(1, Ordering::SeqCst) == 1;
    match delivered {
        true if item.accepted.swap(true, Ordering::SeqCst) => Some(DeliveryResult::Repeated),
        true => Some(DeliveryResult::Accepted),
        false if last && !item.accepted.load(Ordering::SeqCst) => Some(DeliveryResult::GivenUp),
        false => None,
    }
}

/// Sends envelopes until it is stopped.
pub(super) async fn deliver_until_stopped(shared: Arc<SenderState>, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(shared.delivery.in_flight));
    let sending = async {
        while let Ok(place) = places.clone().acquire_owned().await {
            let envelope = shared.next_envelope().await;
            let shared = shared.clone();
            tokio::spawn(async move {
                shared.send_envelope(envelope).await;
                drop(place);
            });
        }
    };
    stop.run_until_cancelled(sending).await;
}

impl fmt::Debug for SenderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SenderState")
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}
