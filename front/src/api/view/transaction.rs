//! Everything known of one Marqeta transaction.

use super::{EntryView, HoldView};
use holdfast_ledger::hold::Hold;
use holdfast_store::decision::Outcome;
use holdfast_store::transaction::{
    DecisionRecord, EventRecord, NotificationRecord, TransactionRecord,
};
use holdfast_wire::answer::shown;
use holdfast_wire::moment;
use serde::Serialize;
use serde_json::value::RawValue;

/// The whole story.
#[derive(Debug, Serialize)]
pub struct TransactionView {
    /// Marqeta's token.
    pub token: String,
    /// Whose it is, where anybody knows.
    pub account: Option<String>,
    /// What was asked for, JSON; nothing where Marqeta only told of it.
    pub request: Option<Box<RawValue>>,
    /// What was decided, and why.
    pub decision: Option<DecisionView>,
    /// What was answered.
    pub answer: Option<AnswerView>,
    /// What Marqeta told, oldest first.
    pub notifications: Vec<NotificationView>,
    /// The hold that counts it.
    pub hold: Option<HoldView>,
    /// The customer's lines of the journal.
    pub entries: Vec<EntryView>,
    events: Vec<EventView>,
}

/// A decision.
#[derive(Debug, Serialize)]
pub struct DecisionView {
    /// Our name for it.
    pub id: String,
    /// `approved`, `declined` or `out_of_time`.
    pub outcome: &'static str,
    /// The reason of a decline.
    pub reason: Option<String>,
    /// Version of the rules.
    pub rules: i32,
    /// When the request came.
    pub received_at: String,
    /// When it was decided.
    pub decided_at: String,
    /// Every check with its inputs, balances and times, JSON.
    pub why: Box<RawValue>,
}

/// An answer.
#[derive(Debug, Serialize)]
pub struct AnswerView {
    /// HTTP status.
    pub status: u16,
    /// What was sent, JSON.
    pub body: Box<RawValue>,
}

/// A notification and what became of it.
#[derive(Debug, Serialize)]
pub struct NotificationView {
    /// Marqeta's state.
    pub state: String,
    /// Marqeta's transaction type.
    pub r#type: String,
    /// `waiting`, `applied` or `parked`.
    pub status: String,
    /// The hold that it was booked in.
    pub hold: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// Why it could not be applied.
    pub error: Option<String>,
    /// When it came.
    pub received_at: String,
    /// When it was applied or parked.
    pub settled_at: Option<String>,
    event: uuid::Uuid,
}

#[derive(Debug, Serialize)]
struct EventView {
    id: uuid::Uuid,
    topic: String,
    partition: i32,
    position: i64,
    r#type: String,
    at: String,
    published: bool,
}

impl TransactionView {
    /// Shows a record. Where a token was used under several accounts, the first decision is shown.
    #[must_use]
    pub fn of(token: &str, record: TransactionRecord) -> Self {
        let entries = record
            .events
            .iter()
            .flat_map(|event| EntryView::of(event, token));
        let (entries, hold) = (entries.collect(), hold(token, &record));
        let account = account(&record);
        let decision = record.decisions.into_iter().next();
        Self {
            token: token.to_owned(),
            account,
            request: decision.as_ref().map(|decision| decision.request.clone()),
            answer: decision.as_ref().map(answer),
            decision: decision.map(DecisionView::from),
            notifications: record
                .notifications
                .into_iter()
                .map(NotificationView::from)
                .collect(),
            hold,
            entries,
            events: record.events.into_iter().map(EventView::from).collect(),
        }
    }
}

fn account(record: &TransactionRecord) -> Option<String> {
    let decided = record.decisions.first().map(|decision| &decision.account);
    let notified = record
        .notifications
        .first()
        .map(|notification| &notification.account);
    decided
        .or(notified)
        .or(record.events.first().map(|event| &event.account))
        .cloned()
}

/// The hold that counts the transaction; else one that its keys lead to.
fn hold(token: &str, record: &TransactionRecord) -> Option<HoldView> {
    let counts = |hold: &Hold| hold.facts.iter().any(|fact| fact.token.as_str() == token);
    let counting = record.holds.iter().find(|(_, hold)| counts(hold));
    HoldView::of(&counting.or(record.holds.first())?.1)
}

/// The answer as it was sent, without the address that it may repeat.
fn answer(decision: &DecisionRecord) -> AnswerView {
    let body = shown(&decision.answer).and_then(|body| RawValue::from_string(body).ok());
    AnswerView {
        status: decision.status,
        body: body.unwrap_or_default(),
    }
}

impl From<DecisionRecord> for DecisionView {
    fn from(decision: DecisionRecord) -> Self {
        Self {
            id: decision.id,
            outcome: match decision.outcome {
                Outcome::Approved => "approved",
                Outcome::Declined => "declined",
                Outcome::OutOfTime => "out_of_time",
            },
            reason: decision.reason,
            rules: decision.rules,
            received_at: moment::text(decision.received),
            decided_at: moment::text(decision.decided),
            why: full(&decision.why, decision.rules),
        }
    }
}

/// Reasons are stored short.
fn full(stored: &RawValue, rules: i32) -> Box<RawValue> {
    let read = serde_json::from_str(stored.get()).map(|why| crate::why::told(why, rules));
    read.and_then(|why| serde_json::value::to_raw_value(&why))
        .unwrap_or_else(|_| stored.to_owned())
}

impl From<NotificationRecord> for NotificationView {
    fn from(notification: NotificationRecord) -> Self {
        Self {
            state: notification.state,
            r#type: notification.kind,
            status: notification.status,
            hold: notification.hold,
            attempts: notification.attempts,
            error: notification.error,
            received_at: moment::text(notification.received),
            settled_at: notification.settled.map(moment::text),
            event: notification.event,
        }
    }
}

impl From<EventRecord> for EventView {
    fn from(event: EventRecord) -> Self {
        Self {
            id: event.id,
            topic: event.topic,
            partition: event.shard.0,
            position: event.position,
            r#type: event.event_type,
            at: moment::text(event.at),
            published: event.published,
        }
    }
}
