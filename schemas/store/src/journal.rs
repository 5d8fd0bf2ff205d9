//! Events: the rows of the journal, which is the outbox.

use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::entry::Entry;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};

/// One event, as it is committed and later published.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its identity for consumers (CloudEvents `id`).
    pub id: uuid::Uuid,
    /// The record's key, by which the shard is chosen. An account, save for what has none.
    pub account: AccountToken,
    /// The topic it goes to.
    pub topic: &'static str,
    /// CloudEvents `type`.
    pub kind: &'static str,
    /// CloudEvents `subject`: what it is about.
    pub subject: String,
    /// The record's value: JSON, without personal data.
    pub payload: String,
    /// Its debit and credit lines; they sum to zero per currency and layer.
    pub entries: Vec<Entry>,
    /// The hold it changed.
    pub hold: Option<HoldId>,
    /// The Marqeta transaction that it is about.
    pub token: Option<String>,
    /// When it happened.
    pub at: Moment,
}

impl Unit {
    /// The hold that an event of this account changed, if it was committed: it tells what became of an
    /// attempt that had no response.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn journaled_hold(
        &mut self,
        account: &AccountToken,
        event: uuid::Uuid,
    ) -> Result<Option<HoldId>, StoreError> {
        let hold: Option<Option<String>> =
            sqlx::query_scalar(include_str!("../sql/journaled_hold.sql"))
                .bind(self.shards.of(account).0)
                .bind(account.as_str())
                .bind(event)
                .fetch_optional(&mut *self.tx)
                .await?;
        let hold = hold.flatten().map(|id| HoldId::parse(&id)).transpose();
        hold.map_err(|error| json::unreadable_value("hold name", &error))
    }
}
