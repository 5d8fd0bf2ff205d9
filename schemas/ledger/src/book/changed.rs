//! What of an account is to be written down, and whether the store has a row for it already: a row that is
//! certainly new costs a third of one that may be there.

use crate::fact::Key;
use crate::money::Currency;
use crate::token::HoldId;
use std::collections::BTreeMap;

/// Has the store a row for it?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowStatus {
    /// Certainly not: it was looked for under the account's lock, or has a name that nobody had before.
    New,
    /// It has, or may have.
    Known,
}

/// What is to be written down.
#[derive(Debug, Clone, Default)]
pub struct Changed {
    /// Balances with another value, or new.
    pub balances: BTreeMap<Currency, RowStatus>,
    /// Holds with another fact or standing, or new.
    pub holds: BTreeMap<HoldId, RowStatus>,
    /// Keys that lead somewhere new.
    pub keys: BTreeMap<Key, RowStatus>,
    /// Meters with another sum, new or dropped.
    pub meters: bool,
}

impl Changed {
    pub(super) fn balance(&mut self, currency: Currency, is_new: bool) {
        self.balances
            .entry(currency)
            .or_insert(RowStatus::of(is_new));
    }

    pub(super) fn hold(&mut self, hold: HoldId, is_new: bool) {
        self.holds.entry(hold).or_insert(RowStatus::of(is_new));
    }

    pub(super) fn key(&mut self, key: Key, is_new: bool) {
        self.keys.entry(key).or_insert(RowStatus::of(is_new));
    }
}

impl RowStatus {
    fn of(is_new: bool) -> Self {
        if is_new { Self::New } else { Self::Known }
    }
}
