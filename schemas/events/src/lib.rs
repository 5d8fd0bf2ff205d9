//! Our own events: what data teams and workers read from Kafka (interface section 5).
//!
//! Amounts are texts with the currency's exponent, times are RFC 3339 in UTC. No card number, no name, no
//! address, no secret. A field may be added; nothing is renamed or removed within a version of a topic.

mod adjustment;
mod authorization;
mod conversion;
mod dead_letter;
mod headers;
pub mod moment;
mod notice;
pub mod schema;
mod topic;

pub use adjustment::{Adjustment, AdjustmentKind, BalanceAfter, ByHand, Capture, Line};
pub use authorization::{Authorization, Outcome};
pub use conversion::Conversion;
pub use dead_letter::{DeadLetter, DeadLetterCode, Origin};
pub use headers::Headers;
pub use notice::{Dispute, Notice};
pub use topic::Topic;

#[cfg(test)]
mod tests;
