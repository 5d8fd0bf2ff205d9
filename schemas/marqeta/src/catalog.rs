//! The one table of transaction types and JIT methods (reference sections 2 and 3.9), and what follows from
//! it: where a notification goes, what it books, and what approving a request would mean.
//!
//! The table is data: [`types`] and [`methods`] list it, `holdfast messages` prints it. Type and state
//! decide; the method only tells a force capture from a clearing, and stands in for a type that is unknown.

mod action;
mod classify;
mod effect;
mod fact;
mod finding;
mod flow;
mod method;
mod movement;
mod page;
mod spending;
mod template;
mod types;

pub use action::{action, request_message};
pub use classify::{Classified, classify};
pub use effect::{NothingWhy, Unbookable};
pub use flow::Way;
pub use method::{METHODS, MethodEntry, find_method, is_known_method};
pub use movement::{Movement, Way as BalanceWay, movement};
pub use page::page;
pub use spending::is_cash_withdrawal;
pub use template::Template;
pub use types::{CHAPTERS, Pattern, TypeEntry, find_type};

/// How sure the reference is of a row: its evidence marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Documented, specified or seen.
    Established,
    /// Sensible, unproven: `[I]` in the reference.
    Inferred,
}

/// Every row of types, exact names before families, in the order in which they are tried.
pub fn types() -> impl Iterator<Item = &'static TypeEntry> {
    CHAPTERS.iter().flat_map(|(_, rows)| *rows)
}

/// Every row of methods.
pub fn methods() -> impl Iterator<Item = &'static MethodEntry> {
    METHODS.iter()
}

#[cfg(test)]
mod tests;
