//! Keys as the columns that the statement takes.

use crate::unit::{Unit, Wanted};

#[derive(Default)]
pub(super) struct KeyColumns {
    pub(super) shards: Vec<i32>,
    pub(super) accounts: Vec<String>,
    pub(super) kinds: Vec<&'static str>,
    pub(super) values: Vec<String>,
}

impl KeyColumns {
    pub(super) fn of(unit: &Unit, wanted: &Wanted) -> Self {
        let mut columns = Self::default();
        for (account, key) in &wanted.keys {
            columns.shards.push(unit.shards.of(account).0);
            columns.accounts.push(account.as_str().to_owned());
            columns.kinds.push(key.kind());
            columns.values.push(key.value().to_owned());
        }
        columns
    }
}
