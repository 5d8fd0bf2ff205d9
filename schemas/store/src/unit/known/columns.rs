//! Keys as the columns that the statement takes.

use holdfast_ledger::fact::Key;
use holdfast_ledger::token::AccountToken;
use std::collections::BTreeSet;

pub(super) struct KeyColumns<'a>(pub(super) &'a BTreeSet<(AccountToken, Key)>);

impl<'a> KeyColumns<'a> {
    pub(super) fn account_column(&self) -> impl Iterator<Item = &'a AccountToken> + use<'a> {
        self.0.iter().map(|(account, _)| account)
    }

    pub(super) fn kind_column(&self) -> impl Iterator<Item = &'static str> + use<'a> {
        self.0.iter().map(|(_, key)| key.kind())
    }

    pub(super) fn value_column(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0.iter().map(|(_, key)| key.value())
    }
}
