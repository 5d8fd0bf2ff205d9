//! The simulated network while the system runs, and the balances that should result.

use crate::accounts::{self, DemoBalance, DemoBalances};
use crate::error::DemoError;
use holdfast_simulator::{
    Delivery, Event, Expected, FrontClient, FrontClientSettings, Tally, Traffic, TrafficOptions,
    TrafficReport, TrafficStats,
};
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// What the simulated network calls, and how often.
#[derive(Debug)]
pub struct TrafficSettings {
    /// The front.
    pub front: FrontClientSettings,
    /// Purchases started each second.
    pub rate: u32,
}

/// Running traffic.
#[derive(Debug)]
pub(crate) struct SimulatedTraffic {
    traffic: Traffic,
    stop: CancellationToken,
    expected: Arc<Expected>,
    /// The balances before.
    opening: DemoBalances,
}

impl SimulatedTraffic {
    /// Starts; `opening` are the balances before.
    pub(crate) fn start(
        settings: TrafficSettings,
        opening: DemoBalances,
    ) -> Result<Self, DemoError> {
        let stop = CancellationToken::new();
        // Another one each time: a repeated seed repeats its tokens.
        let (_, seed) = uuid::Uuid::now_v7().as_u64_pair();
        let options = TrafficOptions {
            stories_per_second: Some(f64::from(settings.rate)),
            // A story lasts up to five days of a second each.
            stories_in_flight: usize::try_from(settings.rate.max(20)).unwrap_or(20) * 8,
            seed,
            delivery: Delivery {
                duplicates: 0.05,
                shuffle: true,
                ..Delivery::default()
            },
            ..TrafficOptions::default()
        };
        let front = FrontClient::new(settings.front)?;
        let accounts = accounts::simulated_accounts()?;
        let traffic = Traffic::start(front, accounts, options, stop.clone())?;
        let expected = traffic.expected();
        Ok(Self {
            traffic,
            stop,
            expected,
            opening,
        })
    }

    pub(crate) fn stats(&self) -> Arc<TrafficStats> {
        self.traffic.stats()
    }

    pub(crate) fn events(&self) -> broadcast::Receiver<Event> {
        self.traffic.events()
    }

    /// Starts no more purchases, lets the running ones end, and delivers every notification. Returns
    /// the report and the balances that the accounts should have.
    pub(crate) async fn finish(self) -> Result<(TrafficReport, DemoBalances), DemoError> {
        self.stop.cancel();
        let report = self.traffic.finished().await?;
        let mut balances = self.opening;
        let changes = self.expected.totals().into_iter();
        let changes = changes.map(|(account, tally)| {
            let Tally { posted, held } = tally;
            (account, DemoBalance { posted, held })
        });
        accounts::add_balances(&mut balances, changes);
        Ok((report, balances))
    }
}
