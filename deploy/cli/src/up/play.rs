//! The simulated network: playing while the system runs, and what should then be in the accounts.

use super::demo::{Books, Money};
use super::settings::Settings;
use super::{UpError, credentials, demo};
use holdfast_runtime::settings::{Credentials, Secret};
use holdfast_simulator::{
    self as simulator, Delivery, Door, DoorSettings, Event, Expected, SimulatorError, Tally,
    Traffic, TrafficOptions, TrafficReport, TrafficStats,
};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// Traffic that is being played.
#[derive(Debug)]
pub(super) struct Play {
    traffic: Traffic,
    stop: CancellationToken,
    expected: Arc<Expected>,
    /// What the accounts had before.
    opening: Books,
}

impl Play {
    /// Begins; `opening` is what the accounts have now.
    pub(super) fn start(
        settings: &Settings,
        public: SocketAddr,
        opening: Books,
    ) -> Result<Self, UpError> {
        let stop = CancellationToken::new();
        let options = TrafficOptions {
            stories_per_second: Some(f64::from(settings.args.rate)),
            // A story lasts up to five days of a second each.
            stories_in_flight: usize::try_from(settings.args.rate.max(20)).unwrap_or(20) * 8,
            // Another one each time: a seed that was played before repeats its tokens.
            seed: seed()?,
            delivery: Delivery {
                duplicates: 0.05,
                shuffle: true,
                ..Delivery::default()
            },
            ..TrafficOptions::default()
        };
        let door = Door::new(door(settings, public)?)?;
        let traffic = Traffic::start(door, demo::cast()?, options, stop.clone())?;
        let expected = traffic.expected();
        Ok(Self {
            traffic,
            stop,
            expected,
            opening,
        })
    }

    pub(super) fn stats(&self) -> Arc<TrafficStats> {
        self.traffic.stats()
    }

    pub(super) fn events(&self) -> broadcast::Receiver<Event> {
        self.traffic.events()
    }

    /// Begins no more purchases, lets those that were begun end, and delivers what is owed. Then: how
    /// it went, and what the accounts should have.
    pub(super) async fn finish(self) -> Result<(TrafficReport, Books), UpError> {
        self.stop.cancel();
        let report = self.traffic.finished().await?;
        let mut books = self.opening;
        let change = self.expected.totals().into_iter();
        let change = change.map(|(account, tally)| {
            let Tally { posted, held } = tally;
            (account, Money { posted, held })
        });
        demo::add(&mut books, change);
        Ok((report, books))
    }
}

fn seed() -> Result<u64, UpError> {
    let digits = credentials::random(8)?;
    u64::from_str_radix(&digits, 16).map_err(|_| UpError::Broken("choosing the traffic"))
}

fn door(settings: &Settings, public: SocketAddr) -> Result<DoorSettings, UpError> {
    let given = &settings.args.front.public;
    let gateway = first(given.gateway_credentials()?)?;
    let webhooks = first(given.webhook_credentials()?)?;
    let url = format!("http://{}", super::reachable(public));
    let header = given.gateway_header.as_ref();
    Ok(DoorSettings {
        gateway_header: header.map(|h| (h.name.to_string(), h.value.expose().to_owned())),
        webhook_secret: given
            .webhook_secret
            .as_ref()
            .map(|s| Secret::expose(s).to_owned()),
        ..DoorSettings::new(&url, gateway, webhooks)
    })
}

fn first(credentials: &Credentials) -> Result<simulator::Credentials, SimulatorError> {
    let first = credentials.first().ok_or(SimulatorError::Credentials)?;
    simulator::Credentials::parse(&format!("{}:{}", first.user, first.password.expose()))
}
