//! The network side of a card program, played against a running Holdfast over real HTTP.
//!
//! A [`FrontClient`] sends JIT requests and delivers notifications. A [`Transaction`] is one card
//! message and renders itself in Marqeta's shape. A [`Network`] delivers notifications the way Marqeta
//! does: batched, with GPA transactions, retried, and on demand out of order or twice. A [`Story`] is
//! the life of one purchase as a table of steps. [`Traffic`] plays many stories at once, counts in
//! [`TrafficStats`] and keeps an independent tally of the balances in [`Expected`].
//!
//! The network's notifications follow the response that it received: a late or missing response
//! declines the purchase here, whatever Holdfast decided.

mod account;
mod amount;
mod currency;
mod error;
mod event;
mod expected;
mod front_client;
mod json;
mod kind;
mod merchant;
mod message;
mod moment;
mod mutex;
mod network;
mod random;
mod stats;
mod story;
#[cfg(test)]
mod tests;
mod traffic;
mod transaction;

pub use account::{AccountKind, SimAccount};
pub use currency::Currency;
pub use error::SimulatorError;
pub use event::Event;
pub use expected::{Expected, Tally};
pub use front_client::{
    Credentials, FrontClient, FrontClientSettings, JitExchange, JitResponse, signature,
};
pub use json::Json;
pub use kind::{MessageKind, TransactionState};
pub use merchant::{Merchant, Trade};
pub use message::MessageOutcome;
pub use network::{Delivery, DeliveryResult, Network, Notification, RETRIES, retry_gap};
pub use random::Random;
pub use stats::{Latency, StatsSnapshot, TrafficStats};
pub use story::{CATALOGUE, Mark, Story, StoryAmount, StoryMessage, StoryStep};
pub use traffic::{Mix, Traffic, TrafficOptions, TrafficReport};
pub use transaction::{Links, Marks, Preceding, Transaction};
