//! Applying: stored notifications become facts of their holds, and the difference is journaled.
//!
//! A record only says *which* notification is due; what it says is read from Postgres, where the front
//! stored it. So it does not matter whether Kafka delivers a record once, twice, late or never (the
//! reconciler applies what Kafka lost): effects are unique by fact.
//!
//! A polled batch is one transaction (`holdfast_store::unit`): lock with SKIP LOCKED, read, fold, write,
//! settle, take positions, commit; a large one is several side by side, each with shards of its own. Accounts
//! that another transaction has locked get a database transaction of their own, which waits. Offsets are committed
//! after all of them, by the caller.
//!
//! # Round trips of a transaction, whatever its size
//! | statement | when |
//! |---|---|
//! | the program's settings | |
//! | BEGIN, `lock_accounts`, `read_notifications`, `read_books` | |
//! | `read_holds`, `change_holds` | messages that follow others, as nearly all do here |
//! | `find_owners` an item | a follow-up that names an account and that none of its holds knows |
//! | `accounts_with_unmatched` | a message may open a purchase: all but clearings |
//! | `resolve_alerts` | a message shows which purchase an earlier clearing was of |
//! | `recent_holds`, `unmatched_holds` an item | a clearing that leads to no authorization, an account that has one, a network's chain |
//! | `open_unregistered` and another round of reading | money of an account that does not exist |
//! | `write_books`, `finish_notifications`, `append_journal`, COMMIT | |

mod adjustment;
mod anomalies;
mod due;
mod effect;
mod evidence;
mod expire;
mod item;
mod matching;
mod missing;
mod network_chain;
mod other_account;
mod park;
mod parts;
mod planned_batch;
mod planned_item;
mod snapshot;
mod transition;
mod unconfirmed;
mod unmatched;
mod work;

pub use expire::expire_due;
pub use unconfirmed::{Unconfirmed, count_unconfirmed};

use crate::clock::now;
use crate::metrics::AppliedMetrics;
use crate::retry::Attempts;
use due::Origins;
use holdfast_events::Origin;
use holdfast_ledger::time::Moment;
use holdfast_store::notification::NotificationKey;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Locked;
use holdfast_store::{Store, StoreError};
use std::collections::BTreeMap;

/// A record as it was polled.
#[derive(Debug, Clone)]
pub struct Record {
    /// Where it was read.
    pub topic: String,
    /// Its partition, which is the shard.
    pub partition: i32,
    /// Its offset.
    pub offset: i64,
    /// The key: an account, or what stands for one.
    pub key: Option<String>,
    /// The event.
    pub value: Option<Vec<u8>>,
}

impl Record {
    fn origin(&self) -> Origin {
        Origin {
            topic: self.topic.clone(),
            partition: self.partition,
            offset: self.offset,
        }
    }
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Notifications applied now; those applied before do not count.
    pub applied: usize,
    /// Notifications and records parked.
    pub parked: usize,
}

impl Summary {
    fn plus(self, other: Self) -> Self {
        Self {
            applied: self.applied.saturating_add(other.applied),
            parked: self.parked.saturating_add(other.parked),
        }
    }
}

/// What workers apply with.
#[derive(Debug)]
pub struct Applier {
    store: Store,
    metrics: AppliedMetrics,
}

/// How often another transaction may be in the way of a unit before the caller gets the error and backs off.
const ATTEMPTS: usize = 20;
/// Kafka gets this long before the reconciler applies a notification itself.
const GRACE_MILLIS: i64 = 15_000;

impl Applier {
    /// Applies in this database.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            metrics: AppliedMetrics::default(),
        }
    }

    /// Counts in these metrics.
    #[must_use]
    pub fn counting(self, metrics: AppliedMetrics) -> Self {
        Self { metrics, ..self }
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The program's settings now: they are stamped into the holds that are opened, so they are not
    /// remembered from before.
    async fn program(&self) -> Result<ProgramSettings, StoreError> {
        Ok(self.store.settings().await?.0)
    }
}

/// Applies the notifications that a polled batch names. A record that is none of ours is parked.
///
/// # Errors
/// [`StoreError`] when the database is in trouble; nothing of it is the records' fault, and the same
/// batch may be applied again.
pub async fn batch(applier: &Applier, records: &[Record]) -> Result<Summary, StoreError> {
    let (origins, unreadable) = due::sort(records);
    let keys = origins.keys().cloned().collect();
    let summary = keys_of(applier, keys, &origins).await?;
    let unreadable = park::park_unreadable_records(applier, &unreadable).await?;
    let parked = summary.parked.saturating_add(unreadable);
    applier.metrics.count_parked(parked);
    Ok(Summary { parked, ..summary })
}

/// Applies what has been waiting for longer than Kafka should need. Returns how many were found.
///
/// # Errors
/// As [`batch`].
pub async fn reconcile(applier: &Applier, limit: i64) -> Result<usize, StoreError> {
    let before = Moment(now().0.saturating_sub(GRACE_MILLIS));
    let keys = applier.store.waiting_notifications(before, limit).await?;
    let found = keys.len();
    keys_of(applier, keys, &Origins::new()).await?;
    Ok(found)
}

async fn keys_of(
    applier: &Applier,
    keys: Vec<NotificationKey>,
    origins: &Origins,
) -> Result<Summary, StoreError> {
    if keys.is_empty() {
        return Ok(Summary::default());
    }
    let parts = parts::of(keys, applier.store.shards());
    let applying = parts.iter().map(|keys| apply_part(applier, keys, origins));
    // All of them end, also where one fails: no statement is abandoned.
    let outcomes = futures_util::future::join_all(applying).await;
    outcomes
        .into_iter()
        .try_fold(Summary::default(), |sum, outcome| Ok(sum.plus(outcome?)))
}

async fn apply_part(
    applier: &Applier,
    keys: &[NotificationKey],
    origins: &Origins,
) -> Result<Summary, StoreError> {
    let (mut summary, elsewhere) = persist_part(applier, keys, origins, Locked::Skip).await?;
    let mut accounts: BTreeMap<_, Vec<NotificationKey>> = BTreeMap::new();
    for key in elsewhere {
        accounts.entry(key.account.clone()).or_default().push(key);
    }
    for keys in accounts.values() {
        summary = summary.plus(persist_part(applier, keys, origins, Locked::Wait).await?.0);
    }
    Ok(summary)
}

/// Tries a unit again while another transaction is in the way. A unit that the database refuses is split, so
/// that one bad message harms only itself.
async fn persist_part(
    applier: &Applier,
    keys: &[NotificationKey],
    origins: &Origins,
    locked: Locked,
) -> Result<(Summary, Vec<NotificationKey>), StoreError> {
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        let outcome = work::apply(applier, keys, origins, locked).await;
        if attempts.wait_for_another(&outcome).await {
            continue;
        }
        return match outcome {
            Err(error) if !error.is_transient() => {
                split_busy(applier, keys, origins, locked, error).await
            }
            outcome => outcome,
        };
    }
}

async fn split_busy(
    applier: &Applier,
    keys: &[NotificationKey],
    origins: &Origins,
    locked: Locked,
    error: StoreError,
) -> Result<(Summary, Vec<NotificationKey>), StoreError> {
    if let [key] = keys {
        tracing::error!(%error, transaction.token = %key.token, "Cannot apply a notification, parking it");
        park::park_refused(applier, key, origins.get(key), &error).await?;
        return Ok((
            Summary {
                applied: 0,
                parked: 1,
            },
            Vec::new(),
        ));
    }
    let (first, second) = keys.split_at(keys.len() / 2);
    let (one, mut elsewhere) = Box::pin(persist_part(applier, first, origins, locked)).await?;
    let (two, more) = Box::pin(persist_part(applier, second, origins, locked)).await?;
    elsewhere.extend(more);
    Ok((one.plus(two), elsewhere))
}
