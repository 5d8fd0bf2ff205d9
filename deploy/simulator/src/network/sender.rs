//! The loop that sends what is due, a few envelopes at a time.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Notify, Semaphore};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::queue::{Letter, Parcel, Queue};
use super::{Delivery, Fate, Notice, retry_gap};
use crate::{Door, Random, guard::lock};

type Listener = Box<dyn Fn(&Notice, Fate) + Send + Sync>;

/// What the loop, its envelopes and the handles share.
pub(super) struct Shared {
    door: Door,
    delivery: Delivery,
    seed: u64,
    listener: Listener,
    queue: Mutex<Queue>,
    wake: Notify,
    pub(super) outstanding: AtomicUsize,
    pub(super) emptied: Notify,
}

impl Shared {
    pub(super) fn new(door: Door, delivery: Delivery, seed: u64, listener: Listener) -> Self {
        Self {
            door,
            delivery,
            seed,
            listener,
            queue: Mutex::default(),
            wake: Notify::new(),
            outstanding: AtomicUsize::new(0),
            emptied: Notify::new(),
        }
    }

    /// Queues a notice, perhaps held back, perhaps with a copy: by chance keyed with its token.
    pub(super) fn tell(&self, notice: Notice) {
        let mut random = Random::keyed(self.seed, &notice.token);
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
        let letter = Arc::new(Letter {
            notice,
            accepted,
            copies: left,
        });
        let due = Instant::now() + hold_back;
        self.outstanding.fetch_add(copies, Ordering::SeqCst);
        {
            let mut queue = lock(&self.queue);
            if twice {
                queue.put(due + copy_after, 0, vec![letter.clone()]);
            }
            queue.put(due, 0, vec![letter]);
        }
        self.wake.notify_one();
    }

    /// Sends one envelope; what is refused goes back into the queue as it is.
    async fn send(&self, parcel: Parcel) {
        let items: Vec<Bytes> = parcel
            .letters
            .iter()
            .map(|l| l.notice.body.clone())
            .collect();
        let status = self.door.deliver(&items).await;
        if status == Some(200) {
            return self.settle(&parcel, true);
        }
        let tries = parcel.tries + 1;
        tracing::debug!(
            ?status,
            tries,
            items = items.len(),
            "notifications were not accepted"
        );
        match retry_gap(tries, self.delivery.time_scale) {
            None => self.settle(&parcel, false),
            Some(gap) => {
                parcel
                    .letters
                    .iter()
                    .for_each(|l| (self.listener)(&l.notice, Fate::Refused));
                lock(&self.queue).put(Instant::now() + gap, tries, parcel.letters);
                self.wake.notify_one();
            }
        }
    }

    /// Counts the letters of an envelope off: accepted, or given up.
    fn settle(&self, parcel: &Parcel, delivered: bool) {
        for letter in &parcel.letters {
            if let Some(fate) = fate_of(letter, delivered) {
                (self.listener)(&letter.notice, fate);
            }
        }
        let count = parcel.letters.len();
        if self.outstanding.fetch_sub(count, Ordering::SeqCst) == count {
            self.emptied.notify_waiters();
        }
    }

    /// The next envelope, waited for.
    async fn next_parcel(&self) -> Parcel {
        loop {
            let (parcel, due) = {
                let mut queue = lock(&self.queue);
                (
                    queue.take(Instant::now(), self.delivery.batch),
                    queue.next_due(),
                )
            };
            match (parcel, due) {
                (Some(parcel), _) => return parcel,
                (None, None) => self.wake.notified().await,
                (None, Some(due)) => tokio::select! {
                    () = self.wake.notified() => {}
                    () = sleep_until(due) => {}
                },
            }
        }
    }
}

/// What one copy less on its way means: a letter is lost only with its last copy.
fn fate_of(letter: &Letter, delivered: bool) -> Option<Fate> {
    let last = letter.copies.fetch_sub(1, Ordering::SeqCst) == 1;
    match delivered {
        true if letter.accepted.swap(true, Ordering::SeqCst) => Some(Fate::Repeated),
        true => Some(Fate::Accepted),
        false if last && !letter.accepted.load(Ordering::SeqCst) => Some(Fate::GivenUp),
        false => None,
    }
}

/// Sends until it is stopped.
pub(super) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(shared.delivery.in_flight));
    let sending = async {
        while let Ok(place) = places.clone().acquire_owned().await {
            let parcel = shared.next_parcel().await;
            let shared = shared.clone();
            tokio::spawn(async move {
                shared.send(parcel).await;
                drop(place);
            });
        }
    };
    stop.run_until_cancelled(sending).await;
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}
