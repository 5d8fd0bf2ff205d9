//! Verifying: everything that is stored is recomputed from the journal, and the differences are reported.
//!
//! It may run while everything else does. The journal below its counters cannot change any more and is
//! read in ranges; what does change is read a page of accounts at a time, each page in one
//! repeatable-read snapshot, so that a balance is never compared with another moment's journal. No
//! snapshot is held long: a long one would make every hot row's versions pile up.
//!
//! | check | where |
//! |---|---|
//! | every event's lines sum to zero per currency and layer; positions have no gap and meet the counter | `journal` |
//! | stored balances are the sums of the customer's lines | `books` |
//! | holds are what the journal says of them, and what their facts fold to | `holds` |
//! | sums of spending limits are what the holds use of them | `usage` |
//! | decisions and applied notifications have their holds | `references` |
//! | states of cards and accounts are what their transitions fold to | `states` |

mod books;
mod holds;
mod journal;
mod range;
mod references;
mod states;
mod sums;
mod usage;

use crate::{Store, StoreError};
use holdfast_ledger::money::{Currency, Overflow, Signed};
use std::collections::BTreeMap;

/// Money in one currency, over all sides and layers of the journal; both are equal when it balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Sum of the debits, not negative.
    pub debits: Signed,
    /// Sum of the credits, not negative.
    pub credits: Signed,
}

/// Something that is stored and something else when it is recomputed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs, in snake case: `balance_posted`, `hold_held`, `position`, …
    pub what: &'static str,
    /// The account concerned.
    pub account: Option<String>,
    /// The hold, transaction or place in the journal.
    pub subject: Option<String>,
    /// The currency of the amounts.
    pub currency: Option<Currency>,
    /// What is stored.
    pub stored: String,
    /// What it should be.
    pub recomputed: String,
}

/// What verifying found.
#[derive(Debug, Clone, Default)]
pub struct Verification {
    /// Events read.
    pub events: u64,
    /// Accounts compared.
    pub accounts: u64,
    /// Holds compared and folded.
    pub holds: u64,
    /// Debits and credits by currency.
    pub totals: BTreeMap<Currency, Totals>,
    /// The first [`DIFFERENCES_MAX`] differences.
    pub differences: Vec<Difference>,
    /// How many more there are.
    pub unlisted: u64,
}

/// Nobody reads more than this many differences, and they are kept in memory.
pub const DIFFERENCES_MAX: usize = 1_000;

impl Verification {
    /// Is everything as it should be?
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.differences.is_empty()
            && self
                .totals
                .values()
                .all(|totals| totals.debits == totals.credits)
    }

    fn differs(&mut self, difference: Difference) {
        if self.differences.len() < DIFFERENCES_MAX {
            self.differences.push(difference);
        } else {
            self.unlisted = self.unlisted.saturating_add(1);
        }
    }
}

impl Store {
    /// Recomputes everything from the journal and compares it with what is stored.
    ///
    /// # Errors
    /// [`StoreError`]; a difference is a result, not an error.
    pub async fn verify(&self) -> Result<Verification, StoreError> {
        let mut found = Verification::default();
        self.refresh_controls().await?;
        journal::verify(self, &mut found).await?;
        books::verify(self, &mut found).await?;
        references::verify(self, &mut found).await?;
        states::verify_cards(self, &mut found).await?;
        Ok(found)
    }
}

/// Sums of the journal are of stored amounts; beyond 28 digits nothing can be compared any more.
fn exact<T>(sum: Result<T, Overflow>) -> Result<T, StoreError> {
    sum.map_err(|error| crate::json::unreadable("sum", &error))
}

#[cfg(test)]
mod tests;
