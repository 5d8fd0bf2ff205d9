//! Decision queues and decision workers: how requests become decisions (design section 4).
//!
//! A decision worker owns a contiguous range of shards and a bounded queue. It takes what is waiting, up to a batch
//! limit and **without waiting for more**: an idle front answers at single-request speed, a busy front
//! batches by itself. A batch is one transaction (see `holdfast_store::unit` for its round trips): lock
//! the accounts, read, decide one after another in memory, write, take positions, commit, response.
//!
//! Contended accounts, which another transaction has locked, go with all their requests to a task that waits for
//! the lock: one slow account does not stall its neighbours.
//!
//! # Overload
//! Work is done only for requests that can still be answered, however long batches take at present
//! (`batch_latency`, `selection`, `refusals`):
//! 1. a request that would wait too long by the estimate is shed when it arrives, unless the worker is idle;
//! 2. a request that has less time left than a batch takes is refused before a batch begins; if that holds for
//!    all of them, the newest is decided alone, so that the estimate is measured again;
//! 3. a batch that runs out of time is rolled back once, then decided again for those with time for it;
//! 4. refusals are stored in free places of later batches, or when no request comes; beyond one batch of
//!    them the oldest are not stored.
//!
//! Row locks keep several fronts on the same accounts correct; decision workers only make it fast.

mod batch;
mod batch_connection;
mod batch_latency;
mod contended;
pub(crate) mod pending_request;
mod phase_timer;
mod refusals;
mod retry;
mod selection;
mod worker;

use crate::metrics::FrontMetrics;
use batch_latency::SharedBatchLatency;
use holdfast_funding::settings::SettingsCache;
use holdfast_ledger::shard::ShardCount;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use pending_request::PendingRequest;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc;

/// How the decision workers are laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DecisionOptions {
    /// About one a core of the database.
    pub(crate) workers: usize,
    /// Requests in one transaction at most: enough to share a disk flush among hundreds, few enough that
    /// one batch takes tens of milliseconds at worst.
    pub(crate) batch: usize,
    /// Requests that may wait for one decision worker. At the slowest rate measured (365 a second on one hot
    /// account) more than this could not be answered before the deadline anyway.
    pub(crate) queue: usize,
    /// Accounts that are waited for at the same time, each with a connection of its own.
    pub(crate) contended: usize,
}

impl DecisionOptions {
    /// Connections that the decision workers need.
    #[must_use]
    pub(crate) fn connections(&self) -> u32 {
        u32::try_from(self.workers.saturating_add(self.contended)).unwrap_or(u32::MAX)
    }
}

/// Shared dependencies of the decision workers.
#[derive(Debug)]
pub(crate) struct DecisionContext {
    pub(crate) store: Store,
    pub(crate) program: SettingsCache,
    pub(crate) metrics: FrontMetrics,
    pub(crate) options: DecisionOptions,
}

/// The queues of all decision workers.
#[derive(Debug, Clone)]
pub(crate) struct DecisionQueues {
    queues: Arc<[DecisionQueue]>,
    shards: ShardCount,
}

/// The queue of one decision worker, with its estimate of batch latency.
#[derive(Debug)]
struct DecisionQueue {
    queue: mpsc::Sender<PendingRequest>,
    latency: Arc<SharedBatchLatency>,
}

impl DecisionQueues {
    /// Starts the decision workers. They end when the front is gone and their queues are empty.
    pub(crate) fn start(context: DecisionContext, shutdown: &Shutdown) -> Self {
        let context = Arc::new(context);
        let contended = contended::ContendedAccounts::start(Arc::clone(&context), shutdown);
        let queues = (0..context.options.workers.max(1))
            .map(|_| {
                let (queue, receiver) = mpsc::channel(context.options.queue.max(1));
                let latency = Arc::new(SharedBatchLatency::new(context.options.batch));
                let shared = Arc::clone(&latency);
                let worker =
                    worker::run_worker(Arc::clone(&context), receiver, contended.clone(), shared);
                drop(shutdown.tasks().spawn(worker));
                DecisionQueue { queue, latency }
            })
            .collect();
        Self {
            queues,
            shards: context.store.shards(),
        }
    }

    /// Queues a request for its decision worker. Returns it when the queue is full, or too long to respond in time:
    /// a shed request is answered at once, and no worker spends time on it.
    pub(crate) fn enter(&self, pending: PendingRequest) -> Result<(), Box<PendingRequest>> {
        let shard =
            usize::try_from(self.shards.of(&pending.prepared.request.account).0).unwrap_or(0);
        let shards = usize::try_from(self.shards.get()).unwrap_or(1).max(1);
        let number = shard.saturating_mul(self.queues.len()) / shards;
        let Some(DecisionQueue { queue, latency }) = self.queues.get(number) else {
            return Err(Box::new(pending));
        };
        let waiting = queue.max_capacity().saturating_sub(queue.capacity());
        let now = Instant::now();
        let left = pending.deadline.saturating_duration_since(now);
        if !latency.current().admits(waiting, left, now) {
            return Err(Box::new(pending));
        }
        queue.try_send(pending).map_err(|error| match error {
            mpsc::error::TrySendError::Full(pending)
            | mpsc::error::TrySendError::Closed(pending) => Box::new(pending),
        })
    }
}
