//! Journal lines of a customer's account, as statements show them.

use crate::{Store, StoreError, json};
use holdfast_ledger::entry::Layer;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;

/// A place in an account's journal: the event's position in its shard, and the line's number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryPlace {
    /// Position of the event.
    pub position: i64,
    /// Number of the line, from 1.
    pub line: i64,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Where it stands.
    pub place: EntryPlace,
    /// When the event happened.
    pub at: Moment,
    /// What happened: `authorized`, `cleared`, `transferred`, …
    pub kind: String,
    /// Which kind of money.
    pub layer: Layer,
    /// In which currency.
    pub currency: Currency,
    /// How much; positive is to the customer.
    pub amount: Signed,
    /// The Marqeta transaction that the event is about.
    pub transaction: Option<String>,
    /// The hold that it changed.
    pub hold: Option<String>,
}

type EntryRow = (
    i64,
    i64,
    time::OffsetDateTime,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
);

impl Store {
    /// At most `limit` lines of an account, newest first, from the one before `before`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entries(
        &self,
        account: &AccountToken,
        before: Option<EntryPlace>,
        limit: u32,
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let before = before.unwrap_or(EntryPlace {
            position: i64::MAX,
            line: i64::MAX,
        });
        let rows: Vec<EntryRow> = sqlx::query_as(include_str!("../sql/list_entries.sql"))
            .bind(account.as_str())
            .bind(self.shard(account).0)
            .bind(before.position)
            .bind(before.line)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.into_iter().map(read_entry_row).collect()
    }
}

fn read_entry_row(row: EntryRow) -> Result<StoredEntry, StoreError> {
    let (position, line, at, kind, transaction, hold, layer, currency, amount) = row;
    Ok(StoredEntry {
        place: EntryPlace { position, line },
        at: json::moment(at),
        kind,
        layer: json::parse("layer", &format!("\"{layer}\""))?,
        currency: json::currency(&currency)?,
        amount: json::signed(&amount)?,
        transaction,
        hold,
    })
}
