//! How much traffic, of which kind, how fast.

use std::time::Duration;

use super::Mix;
use crate::{Delivery, SimAccount, SimulatorError};

/// Options of the traffic.
#[derive(Clone, Debug)]
pub struct TrafficOptions {
    /// Most stories being played at the same time; many of them only wait for their day.
    pub stories_in_flight: usize,
    /// Stories started each second; `None`: as many as `stories_in_flight` allows. A story sends about
    /// 1.1 requests.
    pub stories_per_second: Option<f64>,
    /// Ends by itself after so many stories.
    pub stories: Option<u64>,
    /// Decides stories, accounts, amounts, tokens and deliveries. A seed that was played against
    /// the same database before repeats its tokens, and so its responses.
    pub seed: u64,
    /// Stories and their weights.
    pub mix: Mix,
    /// How notifications are delivered.
    pub delivery: Delivery,
    /// How long a simulated day takes.
    pub day: Duration,
    /// After the stop: how long stories may take to end, without waiting for their days.
    pub finish_within: Duration,
    /// After that: how long notifications may take to be accepted.
    pub drain_within: Duration,
}

impl Default for TrafficOptions {
    /// Ten stories a second, a day in a second.
    fn default() -> Self {
        Self {
            stories_in_flight: 200,
            stories_per_second: Some(10.0),
            stories: None,
            seed: 1,
            mix: Mix::default(),
            delivery: Delivery::default(),
            day: Duration::from_secs(1),
            finish_within: Duration::from_secs(5),
            drain_within: Duration::from_secs(10),
        }
    }
}

impl TrafficOptions {
    pub(super) fn check_with(&self, accounts: &[SimAccount]) -> Result<(), SimulatorError> {
        if accounts.is_empty() {
            return Err(SimulatorError::NoAccounts);
        }
        if self.mix.is_empty() {
            return Err(SimulatorError::EmptyMix);
        }
        if self.stories_in_flight == 0 {
            return Err(SimulatorError::Option(
                "stories_in_flight must be at least 1",
            ));
        }
        if self
            .stories_per_second
            .is_some_and(|rate| !(0.001..=1_000_000.0).contains(&rate))
        {
            return Err(SimulatorError::Option(
                "stories_per_second must be from 0.001 to 1000000",
            ));
        }
        Ok(())
    }
}
