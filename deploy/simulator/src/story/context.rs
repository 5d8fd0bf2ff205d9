//! What all stories share: the front, the network, the counters and the timer of days.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::{Event, Expected, FrontClient, Network, TrafficStats};

/// The shared dependencies of all stories.
#[derive(Debug)]
pub(crate) struct TrafficContext {
    pub(crate) front: FrontClient,
    pub(crate) network: Network,
    pub(crate) expected: Arc<Expected>,
    pub(crate) stats: Arc<TrafficStats>,
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) timer: StoryTimer,
}

/// How fast days pass.
#[derive(Clone, Debug)]
pub(crate) struct StoryTimer {
    /// How long a simulated day takes.
    pub(crate) day: Duration,
    /// Once cancelled, stories no longer wait.
    pub(crate) hurry: CancellationToken,
    /// Once cancelled, stories end at their current step.
    pub(crate) cut: CancellationToken,
}
