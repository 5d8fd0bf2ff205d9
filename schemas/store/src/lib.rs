//! Everything that Postgres keeps for Holdfast: the migrations, every SQL statement (in `sql/`, one
//! statement one purpose), and the unit of work in which front and workers decide and book.
//!
//! Start with [`unit`]: its head says which locks are taken in which order, and what each statement
//! boundary protects.

pub mod account;
pub mod alert;
pub mod audit;
pub mod card;
mod connect;
pub mod control;
pub mod dead_letter;
pub mod decision;
mod due;
pub mod entry;
mod error;
pub mod hold;
pub mod journal;
mod json;
pub mod notification;
pub mod program;
pub mod relay;
pub mod search;
mod store;
pub mod transaction;
pub mod transfer;
mod transition;
pub mod unit;
pub mod verify;

pub use error::StoreError;
pub use store::{Plans, SCHEMA_VERSION, Store, StoreOptions};
