//! The books, as pure values and pure functions: money, facts, the fold that turns a purchase's facts
//! into its standing, and the journal lines of every change. Nothing here waits, reads a clock, or
//! knows of a database or of JSON; front and workers bring the facts and write down the result.
//!
//! Reading order: [`money`], [`fact`], [`fold`], [`entry`], then [`book`], which holds the accounts
//! that one unit of work has locked. Spending limits: [`control`] says what a program allows, [`usage`]
//! what a purchase uses of it.

pub mod alert;
pub mod book;
pub mod control;
pub mod entry;
pub mod fact;
pub mod fold;
pub mod hold;
pub mod money;
pub mod policy;
pub mod shard;
pub mod time;
pub mod token;
pub mod transition;
pub mod usage;
