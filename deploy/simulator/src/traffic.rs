//! Many stories at once, until somebody says stop; then everything that was begun is brought to
//! an end and everything that was told is delivered.

mod launch;
mod mix;
mod options;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub use mix::Mix;
pub use options::TrafficOptions;

use crate::story::{Pace, Stage};
use crate::{
    Door, Event, Expected, Network, SimAccount, SimulatorError, StatsSnapshot, TrafficStats,
};

/// Lines that a slow screen may lag behind before it misses some.
const EVENTS_KEPT: usize = 256;

/// Running traffic.
#[derive(Debug)]
pub struct Traffic {
    stage: Arc<Stage>,
    work: JoinHandle<TrafficReport>,
}

/// How it ended.
#[derive(Clone, Debug)]
pub struct TrafficReport {
    /// The final counts.
    pub stats: StatsSnapshot,
    /// Stories that were cut because they did not end in time.
    pub stories_cut: u64,
    /// Notifications that were not accepted in time; 0 means all books can be compared.
    pub undelivered: usize,
    /// Messages whose effect cannot be known, see [`Expected::uncertain`].
    pub uncertain: usize,
}

impl Traffic {
    /// Starts playing; must be called within a tokio runtime. Cancelling the token ends it.
    pub fn start(
        door: Door,
        accounts: Vec<SimAccount>,
        options: TrafficOptions,
        stop: CancellationToken,
    ) -> Result<Self, SimulatorError> {
        options.check(&accounts)?;
        let stage = Arc::new(stage(door, &options)?);
        let work = tokio::spawn(launch::run(stage.clone(), accounts, options, stop));
        Ok(Self { stage, work })
    }

    /// The live counters.
    pub fn stats(&self) -> Arc<TrafficStats> {
        self.stage.stats.clone()
    }

    /// One line for each thing that happens from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.stage.events.subscribe()
    }

    /// The tally; complete once the traffic has finished with nothing undelivered.
    pub fn expected(&self) -> Arc<Expected> {
        self.stage.expected.clone()
    }

    /// Notifications not accepted yet.
    pub fn outstanding(&self) -> usize {
        self.stage.network.outstanding()
    }

    /// Waits until it was stopped (or played its number of stories) and everything came to an
    /// end. Cancel the token first.
    pub async fn finished(self) -> Result<TrafficReport, SimulatorError> {
        self.work.await.map_err(|_| SimulatorError::Broken)
    }
}

fn stage(door: Door, options: &TrafficOptions) -> Result<Stage, SimulatorError> {
    let expected = Arc::new(Expected::default());
    let stats = Arc::new(TrafficStats::default());
    let (tally, counters) = (expected.clone(), stats.clone());
    let listener = move |notice: &_, fate| {
        counters.fated(fate);
        tally.fated(notice, fate);
    };
    let delivery = options.delivery.clone();
    let network = Network::start(door.clone(), delivery, options.seed, listener)?;
    let (events, _) = broadcast::channel(EVENTS_KEPT);
    let (hurry, cut) = (CancellationToken::new(), CancellationToken::new());
    let pace = Pace {
        day: options.day,
        hurry,
        cut,
    };
    Ok(Stage {
        door,
        network,
        expected,
        stats,
        events,
        pace,
    })
}
