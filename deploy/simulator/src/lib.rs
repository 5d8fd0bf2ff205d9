//! The network side of a card programme, played against a running Holdfast over real HTTP.
//!
//! A [`Door`] knocks: it asks JIT questions and delivers notifications. A [`Transaction`] is one
//! card message and writes itself in Marqeta's shape. A [`Network`] delivers notifications the way
//! Marqeta does: batched, with twins, tried again, out of order and twice on demand. A [`Story`]
//! is the life of one purchase as a table of steps, and [`Traffic`] plays many of them at once,
//! counting in [`TrafficStats`] and keeping an independent tally of the money in [`Expected`].
//!
//! What the network tells follows what it heard: an answer that came too late or not at all is a
//! declined purchase here, whatever the other side believes.

mod account;
mod amount;
mod currency;
mod door;
mod error;
mod event;
mod expected;
#[cfg(test)]
mod fake;
mod guard;
mod json;
mod kind;
mod merchant;
mod message;
mod moment;
mod network;
mod random;
mod stats;
mod story;
mod traffic;
mod transaction;

pub use account::{AccountKind, SimAccount};
pub use amount::jvm_number;
pub use currency::Currency;
pub use door::{Credentials, Door, DoorSettings, Heard, JitOutcome, signature};
pub use error::SimulatorError;
pub use event::Event;
pub use expected::{Expected, Tally};
pub use json::Json;
pub use kind::{Kind, State};
pub use merchant::{Merchant, Trade};
pub use message::Outcome;
pub use network::{Delivery, Fate, Network, Notice, RETRIES, retry_gap};
pub use random::Random;
pub use stats::{Latency, StatsSnapshot, TrafficStats};
pub use story::{Act, CATALOGUE, Mark, Step, Story, Sum};
pub use traffic::{Mix, Traffic, TrafficOptions, TrafficReport};
pub use transaction::{Links, Marks, Preceding, Transaction};
