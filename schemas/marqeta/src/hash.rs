//! SHA-256 over named fields, so that neither order nor layout of a JSON text matters.

use holdfast_ledger::money::Amount;
use sha2::{Digest, Sha256};

/// Collects fields; each is written with its length, so that no two sets of fields look the same.
pub(crate) struct Canonical(Sha256);

impl Canonical {
    /// Begins with the name of the projection, which changes when its fields do.
    pub(crate) fn new(projection: &str) -> Self {
        Self(Sha256::new()).text("", Some(projection))
    }

    /// Adds a text; absent differs from empty.
    pub(crate) fn text(mut self, name: &str, value: Option<&str>) -> Self {
        self.part(name);
        match value {
            Some(value) => self.part(value),
            None => self.0.update([0xff; 8]),
        }
        self
    }

    /// Adds an amount by its value: `42.10`, `"42.1"` and `4.21E1` are the same.
    pub(crate) fn amount(self, name: &str, value: Option<Amount>) -> Self {
        let text = value.map(|amount| amount.value().normalize().to_string());
        self.text(name, text.as_deref())
    }

    /// Adds yes, no or unsaid.
    pub(crate) fn flag(self, name: &str, value: Option<bool>) -> Self {
        self.text(name, value.map(|value| if value { "1" } else { "0" }))
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    fn part(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }
}

/// SHA-256 of a text, for what has no fields of its own.
pub(crate) fn hash_text(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
