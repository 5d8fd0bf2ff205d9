//! What the relay keeps in Postgres: the lease of its slot, the pages of the journal that it publishes,
//! and how far it has come.
//!
//! Safety does not rest on the lease's clock but on its epoch: under an old one
//! [`Store::move_published`](crate::Store::move_published) does nothing. (In Kafka the epoch of the
//! transactional producer does the same.)

mod lease;
mod page;
mod progress;

pub use lease::Lease;
pub use page::{JournalRow, PositionRange};
pub use progress::Positions;
