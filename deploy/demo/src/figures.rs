//! The figures of one moment, as the screen shows them.

use crate::accounts::DemoBalance;
use crate::backlog::Backlog;
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
pub(crate) struct Figures {
    /// Since the traffic started.
    pub(crate) elapsed: Duration,
    /// The counts of the simulated network.
    pub(crate) stats: StatsSnapshot,
    /// Balances of the demo accounts by currency.
    pub(crate) balances: BTreeMap<String, DemoBalance>,
    /// Events that Kafka is known to have, of all runs.
    pub(crate) published: i64,
    /// Events committed, of all runs.
    pub(crate) committed: i64,
    /// Work that is not finished.
    pub(crate) backlog: Backlog,
    /// What happened last, oldest first.
    pub(crate) stories: VecDeque<Event>,
}

/// Reads the figures repeatedly.
#[derive(Debug)]
pub(crate) struct FigureReader {
    store: Store,
    accounts: Vec<AccountToken>,
    stats: Arc<TrafficStats>,
    events: broadcast::Receiver<Event>,
    started: Instant,
    last: Figures,
}

impl FigureReader {
    pub(crate) fn new(
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
            started: Instant::now(),
            last: Figures::default(),
        }
    }

    /// Reads the current figures. Without the database its last known figures remain.
    pub(crate) async fn read_figures(&mut self) -> &Figures {
        if let Err(error) = self.read_database().await {
            tracing::warn!(%error, "Cannot read the figures");
        }
        self.receive_events();
        self.last.stats = self.stats.snapshot();
        self.last.elapsed = self.started.elapsed();
        &self.last
    }

    async fn read_database(&mut self) -> Result<(), StoreError> {
        let shards: Vec<Shard> = (0..self.store.shards().get()).map(Shard).collect();
        self.last.backlog = Backlog::read(&self.store).await?;
        // In this order, so that never more seem to be published than committed.
        self.last.published = self
            .store
            .published_positions(&shards)
            .await?
            .into_values()
            .sum();
        self.last.committed = self
            .store
            .committed_positions(&shards)
            .await?
            .into_values()
            .sum();
        let mut balances: BTreeMap<String, DemoBalance> = BTreeMap::new();
        for account in &self.accounts {
            let Some(account) = self.store.account(account).await? else {
                continue;
            };
            for (currency, balance) in account.balances {
                let sum = balances.entry(currency.code().to_owned()).or_default();
                sum.posted += balance.posted.value();
                sum.held += balance.held.value();
            }
        }
        self.last.balances = balances;
        Ok(())
    }

    fn receive_events(&mut self) {
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
