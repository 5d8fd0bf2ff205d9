//! "What happened to this transaction, and why?": everything stored under one Marqeta token.

mod alert;
mod dispute;
mod raw;
mod read;

pub use alert::AlertRecord;
pub use dispute::DisputeRecord;
pub use raw::RawText;

use crate::decision::StoredOutcome;
use holdfast_ledger::entry::Entry;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Everything that is known of one transaction. As a rule one account's; a token that was used under
/// several shows all of them.
#[derive(Debug, Default)]
pub struct TransactionRecord {
    /// Our responses.
    pub decisions: Vec<DecisionRecord>,
    /// Marqeta's notifications, oldest first.
    pub notifications: Vec<NotificationRecord>,
    /// The holds that it belongs to, each with its account.
    pub holds: Vec<(String, Hold)>,
    /// Its events, in order of position.
    pub events: Vec<EventRecord>,
    /// Its alerts, oldest first.
    pub alerts: Vec<AlertRecord>,
    /// Every dispute message of its accounts, oldest first; most are about other purchases.
    pub disputes: Vec<DisputeRecord>,
}

impl TransactionRecord {
    /// Is nothing known of it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
            && self.notifications.is_empty()
            && self.holds.is_empty()
            && self.events.is_empty()
            && self.alerts.is_empty()
    }
}

/// A decision with its reasons.
#[derive(Debug, Deserialize)]
pub struct DecisionRecord {
    /// The account it was asked of.
    pub account: String,
    /// Our name for it.
    pub id: String,
    /// What became of it.
    pub outcome: StoredOutcome,
    /// The reason of a decline.
    pub reason: Option<String>,
    /// HTTP status of the response.
    pub status: u16,
    /// The response's body.
    pub response_body: String,
    /// The hold that it changed.
    pub hold: Option<String>,
    /// The request's summary, JSON.
    pub request: Box<RawValue>,
    /// Every check with its inputs and verdict, JSON.
    pub why: Box<RawValue>,
    /// Version of the rules that decided.
    pub rules: i32,
    /// When the request came.
    pub received: Moment,
    /// When it was decided.
    pub decided: Moment,
}

/// A notification and what became of it.
#[derive(Debug, Deserialize)]
pub struct NotificationRecord {
    /// The account, or key, that it is stored under.
    pub account: String,
    /// Marqeta's state.
    pub state: String,
    /// Marqeta's transaction type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The family of its envelope, such as `transactions`.
    pub family: String,
    /// What it says, normalised, JSON.
    pub message: RawText,
    /// `waiting`, `applied` or `parked`.
    pub status: String,
    /// The hold that it was booked in.
    pub hold: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// Why it could not be applied.
    pub error: Option<String>,
    /// The topic that its event went to.
    pub topic: String,
    /// Its event.
    pub event: uuid::Uuid,
    /// When it came.
    pub received: Moment,
    /// When it was applied or parked.
    pub finished: Option<Moment>,
}

/// An event of the journal.
#[derive(Debug, Deserialize)]
pub struct EventRecord {
    /// The record's key.
    pub account: String,
    /// Its identity for consumers.
    pub id: uuid::Uuid,
    /// The topic it goes to.
    pub topic: String,
    /// Its CloudEvents type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// What happened: `authorized`, `cleared`, `transferred`, …
    pub kind: String,
    /// Its shard, which is its partition.
    pub shard: Shard,
    /// Its position in the shard.
    pub position: i64,
    /// The hold that it changed.
    pub hold: Option<String>,
    /// Its debit and credit lines.
    pub entries: Vec<Entry>,
    /// Is it known to be in Kafka?
    pub published: bool,
    /// When it happened.
    pub at: Moment,
}

#[cfg(test)]
mod tests;
