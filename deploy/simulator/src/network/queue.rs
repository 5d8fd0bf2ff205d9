//! What waits to be delivered, by the time it is due.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use tokio::time::Instant;

use super::Notice;

/// A notice, shared by its copies so that only the first one counts as news.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) notice: Notice,
    pub(super) accepted: AtomicBool,
    /// Copies that are still on their way.
    pub(super) copies: AtomicUsize,
}

/// What is sent as one envelope. A refused one stays as it is.
#[derive(Debug)]
pub(super) struct Parcel {
    due: Instant,
    number: u64,
    pub(super) tries: u32,
    pub(super) letters: Vec<Arc<Letter>>,
}

/// Parcels by due time, then by the order in which they were put.
#[derive(Debug, Default)]
pub(super) struct Queue {
    parcels: BinaryHeap<Reverse<Parcel>>,
    numbered: u64,
}

impl Queue {
    pub(super) fn put(&mut self, due: Instant, tries: u32, letters: Vec<Arc<Letter>>) {
        let number = self.numbered;
        self.numbered += 1;
        self.parcels.push(Reverse(Parcel {
            due,
            number,
            tries,
            letters,
        }));
    }

    /// When the next parcel is due.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.parcels.peek().map(|parcel| parcel.0.due)
    }

    /// The next due parcel; fresh ones are packed together up to `batch` letters.
    pub(super) fn take(&mut self, now: Instant, batch: usize) -> Option<Parcel> {
        let mut parcel = self.pop_if(|first| first.due <= now)?;
        if parcel.tries == 0 {
            while parcel.letters.len() < batch {
                let Some(more) = self.pop_if(|next| next.due <= now && next.tries == 0) else {
                    break;
                };
                parcel.letters.extend(more.letters);
            }
        }
        Some(parcel)
    }

    fn pop_if(&mut self, wanted: impl Fn(&Parcel) -> bool) -> Option<Parcel> {
        let first = self.parcels.peek()?;
        if wanted(&first.0) {
            self.parcels.pop().map(|parcel| parcel.0)
        } else {
            None
        }
    }
}

impl Ord for Parcel {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.due, self.number).cmp(&(other.due, other.number))
    }
}

impl PartialOrd for Parcel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Parcel {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Parcel {}
