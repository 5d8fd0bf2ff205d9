//! What all stories share: the door, the network, the counters and the pace of days.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::{Door, Event, Expected, Network, TrafficStats};

/// Where stories are played: shared by all of them.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) door: Door,
    pub(crate) network: Network,
    pub(crate) expected: Arc<Expected>,
    pub(crate) stats: Arc<TrafficStats>,
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) pace: Pace,
}

/// How fast days pass.
#[derive(Clone, Debug)]
pub(crate) struct Pace {
    /// How long a simulated day takes.
    pub(crate) day: Duration,
    /// Once cancelled, nobody waits any more.
    pub(crate) hurry: CancellationToken,
    /// Once cancelled, stories end where they are.
    pub(crate) cut: CancellationToken,
}
