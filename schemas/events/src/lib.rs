//! What we exchange as JSON: the events that data teams and workers read from Kafka (interface section 5), and the
//! private API's shapes of controls.
//!
//! - [`Authorization`], [`Adjustment`], [`Clearing`], [`Reversal`], [`OtherNotice`], [`ProgramChange`], [`DeadLetter`]: the events, by
//!   [`Topic`]. [`EventEnvelope`] stands at the front of each value.
//! - [`control`]: velocity controls, authorization controls and groups as operators put and get them.
//! - [`json`]: the reader of JSON objects whose errors name the field.
//!
//! Amounts of events are texts with the currency's exponent, times are RFC 3339 in UTC. No card number, no name, no
//! address, no secret. A field may be added; nothing is renamed or removed within a version of a topic.

mod adjustment;
mod authorization;
mod books;
pub mod compatibility;
pub mod control;
mod conversion;
mod dead_letter;
mod envelope;
mod headers;
pub mod json;
pub mod moment;
mod notice;
mod program_change;
mod purchase;
pub mod schema;
mod topic;

pub use adjustment::{Adjustment, AdjustmentCause, AdjustmentKind, Capture, ManualChange};
pub use authorization::{Authorization, Outcome};
pub use books::{BalanceAfter, HoldAfter, HoldAmountsAfter, LimitUse, Line};
pub use conversion::Conversion;
pub use dead_letter::{DeadLetter, DeadLetterCode, Origin};
pub use envelope::EventEnvelope;
pub use headers::Headers;
pub use notice::{
    Clearing, Dispute, Notice, NoticeClearing, NoticeFee, NoticeOrigin, NoticePurchase,
    NoticeSettlement, OtherNotice, Reversal,
};
pub use program_change::{ChangedBy, ProgramChange};
pub use purchase::{PurchaseDetails, PurchaseMerchant};
pub use topic::Topic;

#[cfg(test)]
mod tests;
