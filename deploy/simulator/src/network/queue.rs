//! Notifications to deliver, by due time.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use tokio::time::Instant;

use super::Notification;

/// A notification, shared by its copies so that only the first delivery counts.
#[derive(Debug)]
pub(super) struct QueuedNotification {
    pub(super) notification: Notification,
    pub(super) accepted: AtomicBool,
    /// Copies not delivered yet.
    pub(super) copies: AtomicUsize,
}

/// Notifications sent in one POST. A refused envelope is retried unchanged.
#[derive(Debug)]
pub(super) struct Envelope {
    due: Instant,
    number: u64,
    pub(super) tries: u32,
    pub(super) items: Vec<Arc<QueuedNotification>>,
}

/// Envelopes by due time, then by the order in which they were pushed.
#[derive(Debug, Default)]
pub(super) struct DeliveryQueue {
    envelopes: BinaryHeap<Reverse<Envelope>>,
    numbered: u64,
}

impl DeliveryQueue {
    pub(super) fn push(&mut self, due: Instant, tries: u32, items: Vec<Arc<QueuedNotification>>) {
        let number = self.numbered;
        self.numbered += 1;
        self.envelopes.push(Reverse(Envelope {
            due,
            number,
            tries,
            items,
        }));
    }

    /// When the next envelope is due.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.envelopes.peek().map(|envelope| envelope.0.due)
    }

    /// The next due envelope; new ones are merged up to `batch` items.
    pub(super) fn pop_due(&mut self, now: Instant, batch: usize) -> Option<Envelope> {
        let mut envelope = self.pop_if(|first| first.due <= now)?;
        if envelope.tries == 0 {
            while envelope.items.len() < batch {
                let Some(more) = self.pop_if(|next| next.due <= now && next.tries == 0) else {
                    break;
                };
                envelope.items.extend(more.items);
            }
        }
        Some(envelope)
    }

    fn pop_if(&mut self, wanted: impl Fn(&Envelope) -> bool) -> Option<Envelope> {
        let first = self.envelopes.peek()?;
        if wanted(&first.0) {
            self.envelopes.pop().map(|envelope| envelope.0)
        } else {
            None
        }
    }
}

impl Ord for Envelope {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.due, self.number).cmp(&(other.due, other.number))
    }
}

impl PartialOrd for Envelope {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Envelope {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Envelope {}
