//! Many stories at once until stopped; then running stories end, and every queued notification is
//! delivered.

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

use crate::story::{StoryTimer, TrafficContext};
use crate::{
    Event, Expected, FrontClient, Network, SimAccount, SimulatorError, StatsSnapshot, TrafficStats,
};

/// Lines that a slow screen may lag behind before it misses some.
const EVENTS_KEPT: usize = 256;

/// Running traffic.
#[derive(Debug)]
pub struct Traffic {
    context: Arc<TrafficContext>,
    task: JoinHandle<TrafficReport>,
}

/// The result of the traffic.
#[derive(Clone, Debug)]
pub struct TrafficReport {
    /// The final counts.
    pub stats: StatsSnapshot,
    /// Stories that were cut because they did not end in time.
    pub stories_cut: u64,
    /// Notifications that were not accepted in time; 0 means all books can be compared.
    pub undelivered: usize,
    /// Messages whose effect cannot be known, see [`Expected::count_uncertain`].
    pub uncertain: usize,
}

impl Traffic {
    /// Starts playing; must be called within a tokio runtime. Cancelling the token ends it.
    pub fn start(
        front: FrontClient,
        accounts: Vec<SimAccount>,
        options: TrafficOptions,
        stop: CancellationToken,
    ) -> Result<Self, SimulatorError> {
        options.check_with(&accounts)?;
        let context = Arc::new(create_context(front, &options)?);
        let task = tokio::spawn(launch::play_until_stopped(
            context.clone(),
            accounts,
            options,
            stop,
        ));
        Ok(Self { context, task })
    }

    /// The live counters.
    pub fn stats(&self) -> Arc<TrafficStats> {
        self.context.stats.clone()
    }

    /// One event for each step from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.context.events.subscribe()
    }

    /// The tally; complete once the traffic has finished with nothing undelivered.
    pub fn expected(&self) -> Arc<Expected> {
        self.context.expected.clone()
    }

    /// Notifications not accepted yet.
    pub fn outstanding(&self) -> usize {
        self.context.network.outstanding()
    }

    /// Waits until it was stopped (or played its number of stories) and everything
    /// ended. Cancel the token first.
    pub async fn finished(self) -> Result<TrafficReport, SimulatorError> {
        self.task.await.map_err(|_| SimulatorError::Broken)
    }
}

fn create_context(
    front: FrontClient,
    options: &TrafficOptions,
) -> Result<TrafficContext, SimulatorError> {
    let expected = Arc::new(Expected::default());
    let stats = Arc::new(TrafficStats::default());
    let (tally, counters) = (expected.clone(), stats.clone());
    let listener = move |notification: &_, result| {
        counters.count_delivery(result);
        tally.record_delivery(notification, result);
    };
    let delivery = options.delivery.clone();
    let network = Network::start(front.clone(), delivery, options.seed, listener)?;
    let (events, _) = broadcast::channel(EVENTS_KEPT);
    let (hurry, cut) = (CancellationToken::new(), CancellationToken::new());
    let timer = StoryTimer {
        day: options.day,
        hurry,
        cut,
    };
    Ok(TrafficContext {
        front,
        network,
        expected,
        stats,
        events,
        timer,
    })
}
