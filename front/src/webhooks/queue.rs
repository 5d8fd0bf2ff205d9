//! The notification queue: how envelopes become rows.
//!
//! Envelopes queue here, and a writer stores what is waiting in one transaction, up to a limit and
//! **without waiting for more**: one envelope alone is stored at once, and a flood shares its disk flushes
//! and round trips. Each envelope is answered after the commit that holds it. A group that Postgres
//! refuses is split, so that one bad envelope fails alone.
//!
//! # Round trips of a group, whatever its size
//! | statement | when |
//! |---|---|
//! | `find_owners` | an item's JIT block does not name its account |
//! | BEGIN | |
//! | `insert_notifications` | |
//! | `keep_variants` | an item has come before |
//! | `insert_dead_letter` an item | an item cannot be applied |
//! | `raise_alerts` | an item cannot be applied, or has come before with another content |
//! | `append_journal` | something is new |
//! | COMMIT | |

mod group;

use crate::metrics::FrontMetrics;
use holdfast_funding::accept::AcceptContext;
use holdfast_funding::clock::now;
use holdfast_funding::processor::Notification;
use holdfast_ledger::time::Moment;
use holdfast_runtime::shutdown::Shutdown;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Groups that are stored at the same time: while one waits for its flush the other does its work. More
/// would only make groups smaller.
const WRITERS: usize = 2;
/// Envelopes of one transaction: enough to share a flush, few enough to take tens of milliseconds.
const ENVELOPES_MAX: usize = 64;
/// Bytes of one transaction's items, beyond which no further envelope joins it.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Envelopes that may wait; at the slowest rate measured (some 1,000 a second) they wait for a second.
const QUEUE: usize = 1_024;
/// How long an envelope waits for a place in the queue before Marqeta is asked to send it again.
const QUEUE_WAIT_MAX: Duration = Duration::from_secs(5);

/// What the writers work with.
#[derive(Debug)]
pub(crate) struct WriterContext {
    pub(crate) accept: AcceptContext,
    pub(crate) metrics: FrontMetrics,
}

/// The envelope is not stored: Marqeta should send it again.
#[derive(Debug)]
pub(super) struct NotStored;

/// An envelope that waits to be stored.
#[derive(Debug)]
struct WaitingEnvelope {
    items: Vec<Notification>,
    received: Moment,
    response: oneshot::Sender<Result<(), NotStored>>,
}

impl WaitingEnvelope {
    fn bytes(&self) -> usize {
        self.items.iter().map(|item| item.raw.0.len()).sum()
    }

    fn response(self, response: Result<(), NotStored>) {
        // The sender may have hung up; the notification is stored all the same.
        drop(self.response.send(response));
    }
}

/// The queue's entrance.
#[derive(Debug)]
pub(crate) struct NotificationQueue(mpsc::Sender<WaitingEnvelope>);

impl NotificationQueue {
    /// Starts the writers. They end when the front is gone and the queue is empty.
    pub(crate) fn start(context: WriterContext, shutdown: &Shutdown) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE);
        let (context, queue) = (Arc::new(context), Arc::new(Mutex::new(queue)));
        for _ in 0..WRITERS {
            let taking = run_writer(Arc::clone(&context), Arc::clone(&queue));
            drop(shutdown.tasks().spawn(taking));
        }
        Self(sender)
    }

    /// Stores every item of an envelope, all or none.
    pub(super) async fn store(&self, items: Vec<Notification>) -> Result<(), NotStored> {
        let (response, stored) = oneshot::channel();
        let waiting = WaitingEnvelope {
            items,
            received: now(),
            response,
        };
        let queued = self.0.send_timeout(waiting, QUEUE_WAIT_MAX).await;
        queued.map_err(|_| {
            tracing::warn!("The queue's queue is full: Marqeta will send notifications again");
            NotStored
        })?;
        stored.await.unwrap_or(Err(NotStored))
    }
}

async fn run_writer(
    context: Arc<WriterContext>,
    queue: Arc<Mutex<mpsc::Receiver<WaitingEnvelope>>>,
) {
    loop {
        let mut waiting = Vec::new();
        // Held while the queue is empty, too: the other writers are then waiting for the same.
        let taken = queue
            .lock()
            .await
            .recv_many(&mut waiting, ENVELOPES_MAX)
            .await;
        if taken == 0 {
            return;
        }
        for group in of_bounded_size(waiting) {
            group::store_group(&context, group).await;
        }
    }
}

/// Divides envelopes into groups that end with the envelope that fills them.
fn of_bounded_size(waiting: Vec<WaitingEnvelope>) -> Vec<Vec<WaitingEnvelope>> {
    let (mut groups, mut bytes) = (vec![Vec::new()], 0_usize);
    for envelope in waiting {
        if bytes >= BYTES_MAX {
            groups.push(Vec::new());
            bytes = 0;
        }
        bytes = bytes.saturating_add(envelope.bytes());
        if let Some(group) = groups.last_mut() {
            group.push(envelope);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_events::Topic;
    use holdfast_funding::processor::{Content, Raw};

    #[test]
    fn large_envelopes_get_groups_of_their_own() {
        let sizes = [10, BYTES_MAX, 10, 10, BYTES_MAX - 10, BYTES_MAX];
        let groups = of_bounded_size(sizes.map(of_size).into());
        let lengths: Vec<usize> = groups.iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 3, 1]);
    }

    fn of_size(bytes: usize) -> WaitingEnvelope {
        WaitingEnvelope {
            items: vec![Notification {
                family: "transactions".to_owned(),
                raw: Raw("x".repeat(bytes).into()),
                content_hash: [0; 32],
                topic: Topic::Notices,
                content: Content::Unreadable(String::new()),
            }],
            received: Moment(0),
            response: oneshot::channel().0,
        }
    }
}
