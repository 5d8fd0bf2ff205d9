//! The figures of one moment, as the screen shows them.

use super::demo::Money;
use super::settle::Owed;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::token::AccountToken;
use holdfast_simulator::{Event, StatsSnapshot, TrafficStats};
use holdfast_store::{Store, StoreError};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::TryRecvError;

/// Lines of stories on the screen.
const STORIES: usize = 6;

/// What was true at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    /// Since the traffic began.
    pub(super) elapsed: Duration,
    /// What the network heard.
    pub(super) stats: StatsSnapshot,
    /// Money of the demo accounts by currency.
    pub(super) money: BTreeMap<String, Money>,
    /// Events that Kafka is known to have, ever.
    pub(super) published: i64,
    /// Events committed, ever.
    pub(super) committed: i64,
    /// What is still owed.
    pub(super) owed: Owed,
    /// What happened last, oldest first.
    pub(super) stories: VecDeque<Event>,
}

/// Reads the figures, again and again.
#[derive(Debug)]
pub(super) struct Gauge {
    store: Store,
    accounts: Vec<AccountToken>,
    stats: Arc<TrafficStats>,
    events: broadcast::Receiver<Event>,
    began: Instant,
    last: Figures,
}

impl Gauge {
    pub(super) fn new(
        store: Store,
        accounts: Vec<AccountToken>,
        stats: Arc<TrafficStats>,
        events: broadcast::Receiver<Event>,
    ) -> Self {
        Self {
            store,
            accounts,
            stats,
            events,
            began: Instant::now(),
            last: Figures::default(),
        }
    }

    /// The figures of now; those of the database are the last known ones while it does not answer.
    pub(super) async fn read(&mut self) -> &Figures {
        if let Err(error) = self.read_database().await {
            tracing::warn!(%error, "Cannot read the figures");
        }
        self.listen();
        self.last.stats = self.stats.snapshot();
        self.last.elapsed = self.began.elapsed();
        &self.last
    }

    async fn read_database(&mut self) -> Result<(), StoreError> {
        let shards: Vec<Shard> = (0..self.store.shards().get()).map(Shard).collect();
        self.last.owed = Owed::now(&self.store).await?;
        // In this order, so that never more seem to be published than committed.
        self.last.published = self.store.published(&shards).await?.into_values().sum();
        self.last.committed = self.store.committed(&shards).await?.into_values().sum();
        let mut money: BTreeMap<String, Money> = BTreeMap::new();
        for account in &self.accounts {
            let Some(account) = self.store.account(account).await? else {
                continue;
            };
            for (currency, balance) in account.balances {
                let sum = money.entry(currency.code().to_owned()).or_default();
                sum.posted += balance.posted.value();
                sum.held += balance.held.value();
            }
        }
        self.last.money = money;
        Ok(())
    }

    fn listen(&mut self) {
        loop {
            match self.events.try_recv() {
                Ok(event) => self.last.stories.push_back(event),
                Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        let surplus = self.last.stories.len().saturating_sub(STORIES);
        self.last.stories.drain(..surplus);
    }
}
