//! What we exchange as JSON: the events that data teams and workers read from Kafka (interface section 5), and the
//! private API's shapes of controls.
//!
//! - [`Authorization`], [`Adjustment`], [`Notice`], [`ProgramChange`], [`DeadLetter`]: the events, by [`Topic`].
//! - [`control`]: velocity controls, authorization controls and groups as operators put and get them.
//! - [`json`]: the reader of JSON objects whose errors name the field.
//!
//! Amounts of events are texts with the currency's exponent, times are RFC 3339 in UTC. No card number, no name, no
//! address, no secret. A field may be added; nothing is renamed or removed within a version of a topic.

mod adjustment;
mod authorization;
pub mod control;
mod conversion;
mod dead_letter;
mod headers;
pub mod json;
pub mod moment;
mod notice;
mod program_change;
pub mod schema;
mod topic;

pub use adjustment::{Adjustment, AdjustmentKind, BalanceAfter, ByHand, Capture, Line};
pub use authorization::{Authorization, Outcome};
pub use conversion::Conversion;
pub use dead_letter::{DeadLetter, DeadLetterCode, Origin};
pub use headers::Headers;
pub use notice::{Dispute, Notice};
pub use program_change::{ChangedBy, ProgramChange};
pub use topic::Topic;

#[cfg(test)]
mod tests;
