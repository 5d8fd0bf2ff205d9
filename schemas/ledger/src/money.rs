//! Money: exact decimals in a known currency. No float, and no arithmetic that can overflow unseen.

mod amount;
mod currency;
mod signed;

pub use amount::{Amount, AmountError};
pub use currency::Currency;
pub use signed::Signed;

/// A sum that left the range in which decimals are exact. Nothing is booked when it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sum is beyond 28 digits")]
pub struct Overflow;
