//! Lanes: how requests become decisions (design section 4).
//!
//! A lane owns a contiguous range of shards and a bounded queue. It takes what is waiting, up to a batch
//! limit and **without waiting for more**: an idle door answers at single-request speed, a busy door
//! batches by itself. A batch is one transaction (see `holdfast_store::unit` for its round trips): lock
//! the accounts, read, decide one after another in memory, write, take positions, commit, answer.
//!
//! Accounts that somebody else has locked go, with all their requests, to a side task that waits for
//! them: one slow account does not stall its neighbours.
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
//! Several fronts on the same accounts are correct
//! through the row locks; lanes only make it fast.

mod batch;
mod batch_latency;
mod lane;
mod refusals;
mod selection;
mod side;
pub(crate) mod stage;
pub(crate) mod ticket;
mod turn;

use crate::metrics::DoorMetrics;
use batch_latency::SharedBatchLatency;
use holdfast_funding::settings::SettingsCache;
use holdfast_ledger::shard::ShardCount;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ticket::Ticket;
use tokio::sync::mpsc;

/// How the lanes are laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LaneOptions {
    /// About one a core of the database.
    pub(crate) lanes: usize,
    /// Requests in one transaction at most: enough to share a disk flush among hundreds, few enough that
    /// one batch takes tens of milliseconds at worst.
    pub(crate) batch: usize,
    /// Requests that may wait in one lane. At the slowest rate measured (365 a second on one hot
    /// account) more than this could not be answered before the deadline anyway.
    pub(crate) queue: usize,
    /// Accounts that are waited for at the same time, each with a connection of its own.
    pub(crate) side: usize,
}

impl Default for LaneOptions {
    fn default() -> Self {
        Self {
            lanes: 2,
            batch: 256,
            queue: 2_048,
            side: 4,
        }
    }
}

impl LaneOptions {
    /// Connections that the lanes need.
    #[must_use]
    pub(crate) fn connections(&self) -> u32 {
        u32::try_from(self.lanes.saturating_add(self.side)).unwrap_or(u32::MAX)
    }
}

/// What every lane works with.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) program: SettingsCache,
    pub(crate) metrics: DoorMetrics,
    pub(crate) options: LaneOptions,
}

/// The lanes' entrance.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    entrances: Arc<[Entrance]>,
    shards: ShardCount,
}

/// The entrance of one lane.
#[derive(Debug)]
struct Entrance {
    queue: mpsc::Sender<Ticket>,
    latency: Arc<SharedBatchLatency>,
}

impl Lanes {
    /// Starts the lanes. They end when the door is gone and their queues are empty.
    pub(crate) fn start(desk: Desk, shutdown: &Shutdown) -> Self {
        let desk = Arc::new(desk);
        let side = side::Side::start(Arc::clone(&desk), shutdown);
        let entrances = (0..desk.options.lanes.max(1))
            .map(|_| {
                let (queue, receiver) = mpsc::channel(desk.options.queue.max(1));
                let latency = Arc::new(SharedBatchLatency::new(desk.options.batch));
                let shared = Arc::clone(&latency);
                let lane = lane::run(Arc::clone(&desk), receiver, side.clone(), shared);
                drop(shutdown.tasks().spawn(lane));
                Entrance { queue, latency }
            })
            .collect();
        Self {
            entrances,
            shards: desk.store.shards(),
        }
    }

    /// Hands a request to its lane; gives it back when the lane's queue is full, or so long that the request
    /// would hardly be answered in time: a shed request is answered at once, and no worker spends time on it.
    pub(crate) fn enter(&self, ticket: Ticket) -> Result<(), Box<Ticket>> {
        let shard =
            usize::try_from(self.shards.of(&ticket.prepared.request.account).0).unwrap_or(0);
        let shards = usize::try_from(self.shards.get()).unwrap_or(1).max(1);
        let lane = shard.saturating_mul(self.entrances.len()) / shards;
        let Some(Entrance { queue, latency }) = self.entrances.get(lane) else {
            return Err(Box::new(ticket));
        };
        let waiting = queue.max_capacity().saturating_sub(queue.capacity());
        let now = Instant::now();
        let left = ticket.deadline.saturating_duration_since(now);
        if !latency.current().admits(waiting, left, now) {
            return Err(Box::new(ticket));
        }
        queue.try_send(ticket).map_err(|error| match error {
            mpsc::error::TrySendError::Full(ticket) | mpsc::error::TrySendError::Closed(ticket) => {
                Box::new(ticket)
            }
        })
    }
}

/// The pause before a unit is tried again after somebody else was in the way.
pub(crate) const PAUSE: Duration = Duration::from_millis(2);
/// The pause after a connection turned out to be dead.
pub(crate) const PAUSE_AWAY: Duration = Duration::from_millis(20);
