//! The seam, proven by a second processor: front and workers serve it without an edit outside its own adapter.
//!
//! Its transactions are one object that is updated: amounts are absolute, changes are numbered, a decline is an HTTP
//! 200, and its ids have a scheme of their own.
#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod adapter;
mod purchases;
