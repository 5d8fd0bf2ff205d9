//! The only place that builds dead letters: what cannot be applied, with a code that scripts can rely on.

use crate::journal::NewEvent;
use holdfast_events::{DeadLetter, DeadLetterCode, Origin, Topic, moment};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::journal::Event;
use holdfast_store::notification::NotificationKey;
use std::fmt;

/// Why something is parked: a code for scripts and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedBecause {
    /// The kind of trouble.
    pub code: DeadLetterCode,
    /// What was attempted and why it failed; nothing of the message's content.
    pub error: String,
}

impl ParkedBecause {
    /// A code with its sentence.
    #[must_use]
    pub fn new(code: DeadLetterCode, error: impl fmt::Display) -> Self {
        Self {
            code,
            error: error.to_string(),
        }
    }
}

/// The event of a notification that is parked. `topic` is the one that its own event went to or would have gone
/// to, and `attempts` says how often it was applied in vain.
#[must_use]
pub fn parked_notification(
    key: &NotificationKey,
    (topic, origin, attempts): (Topic, Option<&Origin>, u32),
    because: &ParkedBecause,
    at: Moment,
) -> Event {
    let named = Some((key.token.as_str(), key.state.as_str()));
    let about = (&key.account, named);
    build_letter(about, (topic, origin.cloned(), attempts), because, at)
}

/// The event of a record in one of our topics that names no notification.
#[must_use]
pub fn parked_record(
    account: &AccountToken,
    origin: Origin,
    because: &ParkedBecause,
    at: Moment,
) -> Event {
    let topic = Topic::from_name(&origin.topic).unwrap_or(Topic::Notices);
    build_letter((account, None), (topic, Some(origin), 1), because, at)
}

/// The event about an account, and the token and state of its notification where there is one.
fn build_letter(
    (account, named): (&AccountToken, Option<(&str, &str)>),
    (topic, origin, attempts): (Topic, Option<Origin>, u32),
    because: &ParkedBecause,
    at: Moment,
) -> Event {
    let (token, state) = named.unzip();
    let letter = DeadLetter {
        origin,
        code: because.code,
        error: because.error.clone(),
        key: account.as_str().to_owned(),
        attempts,
        transaction: token.map(str::to_owned),
        state: state.map(str::to_owned),
        parked_at: moment::text(at),
        value: None,
    };
    let event = NewEvent {
        id: uuid::Uuid::now_v7(),
        topic: topic.dlq().unwrap_or(Topic::NoticesDlq),
        account,
        token,
        hold: None,
        payload: &letter,
        entries: Vec::new(),
        at,
    };
    event.build()
}
