//! A message of a dispute.

use super::RawText;
use holdfast_ledger::entry::Entry;
use holdfast_ledger::time::Moment;
use serde::Deserialize;

/// A dispute message of an account, with everything that its token has booked.
#[derive(Debug, Deserialize)]
pub struct DisputeRecord {
    /// Its own token.
    pub token: String,
    /// Marqeta's state.
    pub state: String,
    /// Marqeta's transaction type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `waiting`, `applied` or `parked`.
    pub status: String,
    /// What it says, normalised, JSON.
    pub message: RawText,
    /// When it came.
    pub received: Moment,
    /// Every journal line of its token, whatever its state was.
    pub entries: Vec<Entry>,
}
