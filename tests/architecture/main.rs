//! The architecture tests: which crate may use which, and what the sources look like.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the sources has failed"
)]

mod arrows;
mod audit;
mod builders;
mod circles;
mod contracts;
mod dependencies;
mod metrics;
mod pages;
mod root;
mod settings;
mod sources;
mod tidy;
mod words;
