//! Authorizing requests: a pure function of what was read, the requests, the program's settings and the time.
//!
//! A [`DecisionBatch`] decides requests one after another in memory and collects what is to be written. It knows
//! no queue and no deadline: the decision workers of the front and [`simulate`](crate::simulate) use it alike.

mod balances;
mod batch;
mod deciding_check;
mod evaluate;
mod evaluated;
mod purchase;
mod read_set;
mod record;
mod request;
mod response;

pub use batch::{DecisionBatch, FirstResponse};
pub use read_set::{list_usages, read_set};
pub use request::PreparedRequest;
pub use response::timeout_response;
