//! The processor adapter: Marqeta's messages in and out. No other crate knows its JSON, types and methods.
//!
//! - [`Marqeta`]: the adapter that the use cases work with, a `Processor`.
//! - [`Transaction`]: Marqeta's transaction, the one shape of JIT requests and of card notifications.
//! - [`catalog`]: the one table that says what each transaction type and method means for the books.
//! - [`envelope`]: one delivery of notifications; [`transition`]: state changes of cards and accounts.
//!
//! Amounts are read from the JSON text itself and never pass through a float; see `holdfast_events::json`.

pub mod address;
mod attributes;
pub mod catalog;
mod chain;
pub mod envelope;
mod event;
#[cfg(test)]
mod fixture;
mod hash;
pub mod malformed;
pub mod merchant;
mod message;
mod processor;
mod request;
mod response;
pub mod settlement;
mod signature;
pub mod transaction;
pub mod transition;

pub use processor::Marqeta;
pub use transaction::{Flow, Transaction};
