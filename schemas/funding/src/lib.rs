//! The use cases: everything that changes the books, and what is shown of them.
//!
//! - [`authorize`]: requests are approved or declined; [`simulate`]: the same, writing nothing.
//! - [`accept`]: notifications are stored with their events.
//! - [`apply`]: stored notifications become facts of their holds; expiry; unconfirmed approvals.
//! - [`command`]: what operators do: transfers, adjustments, write-offs, releases, matches, replays, controls.
//! - [`journal`], [`dead_letter`], [`alerts`]: the only builders of events, dead letters and alerts' reports.
//! - [`processor`]: the seam to a card processor; its adapter implements it.
//! - [`explanation`]: why a request was approved or declined, stored with the decision.
//! - [`unmatched`]: clearings without a purchase, with the purchases that they may be of.
//! - [`view`]: the JSON shapes of the private API, which the command line prints too.

pub mod accept;
mod adjustment;
pub mod alerts;
pub mod apply;
pub mod authorize;
pub mod clock;
pub mod command;
pub mod dead_letter;
pub mod explanation;
mod hold_after;
pub mod journal;
pub mod metrics;
pub mod processor;
mod program_change;
mod retry;
pub mod settings;
pub mod simulate;
pub mod unmatched;
pub mod view;
