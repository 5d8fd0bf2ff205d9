//! Journal lines of the customer's account.

use holdfast_events::moment;
use holdfast_ledger::entry::{Entry, Side};
use holdfast_store::entry::StoredEntry;
use holdfast_store::transaction::EventRecord;
use serde::Serialize;

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Position of its event in the shard.
    pub position: i64,
    /// When it happened.
    pub at: String,
    /// What happened.
    pub kind: String,
    /// `settled` or `pending`.
    pub layer: &'static str,
    /// Signed; positive is to the customer.
    pub amount: String,
    /// In which currency.
    pub currency: &'static str,
    /// The Marqeta transaction.
    pub transaction: Option<String>,
    /// The hold.
    pub hold: Option<String>,
}

impl From<&StoredEntry> for EntryView {
    fn from(entry: &StoredEntry) -> Self {
        Self {
            position: entry.place.position,
            at: moment::text(entry.at),
            kind: entry.kind.clone(),
            layer: entry.layer.name(),
            amount: entry.amount.text(entry.currency),
            currency: entry.currency.code(),
            transaction: entry.transaction.clone(),
            hold: entry.hold.clone(),
        }
    }
}

impl EntryView {
    /// The customer's lines of a transaction's event.
    pub(super) fn of(event: &EventRecord, transaction: &str) -> Vec<Self> {
        let customers = event
            .entries
            .iter()
            .filter(|entry| entry.side == Side::Customer);
        let view = |entry: &Entry| Self {
            position: event.position,
            at: moment::text(event.at),
            kind: event.kind.clone(),
            layer: entry.layer.name(),
            amount: entry.amount.text(entry.currency),
            currency: entry.currency.code(),
            transaction: Some(transaction.to_owned()),
            hold: event.hold.clone(),
        };
        customers.map(view).collect()
    }
}
