//! The processor adapter: Marqeta's messages in and out. No other crate knows its JSON, types and methods.
//!
//! - [`JitRequest`] and [`JitAnswer`]: the question "may this purchase go through?" and its answer.
//! - [`Envelope`] and [`Notification`]: what Marqeta tells afterwards, in any order, more than once.
//! - [`catalog`]: the one table that says what each transaction type and method means for the books.
//! - [`event`]: what our events take over from its messages.
//!
//! Amounts are read from the JSON text itself and never pass through a float; see `holdfast_events::json`.

pub mod address;
pub mod answer;
mod attributes;
pub mod catalog;
mod chain;
pub mod envelope;
pub mod error;
pub mod event;
#[cfg(test)]
mod fixture;
mod hash;
pub mod merchant;
pub mod notification;
pub mod request;

pub use address::AddressVerification;
pub use answer::{Balance, DeclineReason, JitAnswer};
pub use catalog::{
    Action, AlertKind, Classified, Effect, NothingWhy, Rules, action, classify, is_cash_withdrawal,
    request_message,
};
pub use envelope::{BadEnvelope, Content, Envelope, Family, Item, Malformed, Transition};
pub use error::BadRequest;
pub use merchant::{Merchant, OriginalMoney, Settlement};
pub use notification::{Chargeback, Notification, PrecedingTransaction, Raw};
pub use request::{Flow, JitRequest};
