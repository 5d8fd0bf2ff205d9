//! Stored responses.

use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, HoldId, TransactionToken};
use serde::Deserialize;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredOutcome {
    /// Approved: a hold or a posting was committed with it.
    Approved,
    /// Declined for a reason of the request's own.
    Declined,
    /// Answered by the timeout policy, without a look at the money.
    OutOfTime,
}

impl StoredOutcome {
    /// Reads a stored outcome.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Approved, Self::Declined, Self::OutOfTime]
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
    }

    /// The outcome as it is stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::OutOfTime => "out_of_time",
        }
    }
}

/// A decision that is to be stored.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// Our name for it; the response's memo.
    pub id: String,
    /// The transaction it answers.
    pub token: TransactionToken,
    /// The account it was asked of, whether that exists or not.
    pub account: AccountToken,
    /// SHA-256 of the request's canonical projection.
    pub content_hash: [u8; 32],
    /// What became of it.
    pub outcome: StoredOutcome,
    /// The reason of a decline.
    pub reason: Option<String>,
    /// HTTP status of the response.
    pub status: u16,
    /// The response's body, byte for byte.
    pub response_body: String,
    /// The hold that it changed.
    pub hold: Option<HoldId>,
    /// The request's summary as JSON, without personal data.
    pub request: String,
    /// Every check with its inputs and verdict, and the time each stage took, as JSON, as short as may be.
    pub why: String,
    /// Version of the rules that decided.
    pub rules: i32,
    /// When the request came.
    pub received: Moment,
    /// When it was decided.
    pub decided: Moment,
}

/// A card that a valid request named for the first time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewCard {
    /// Its account.
    pub account: AccountToken,
    /// The card.
    pub token: CardToken,
}

/// A decision that was stored before.
#[derive(Debug, Clone, Deserialize)]
pub struct StoredDecision {
    /// The transaction.
    pub token: TransactionToken,
    /// The account it was asked of.
    pub account: AccountToken,
    /// SHA-256 of the request's canonical projection, in hexadecimal.
    pub content_hash: String,
    /// What became of it.
    pub outcome: StoredOutcome,
    /// HTTP status of the response.
    pub status: u16,
    /// The response's body.
    pub response_body: String,
}

impl StoredDecision {
    /// Was it made for the same content?
    #[must_use]
    pub fn is_for(&self, content_hash: &[u8; 32]) -> bool {
        let hex = content_hash
            .iter()
            .fold(String::with_capacity(64), |mut hex, byte| {
                hex.extend(
                    [byte >> 4, byte & 15].map(|n| char::from_digit(n.into(), 16).unwrap_or('?')),
                );
                hex
            });
        self.content_hash == hex
    }
}
