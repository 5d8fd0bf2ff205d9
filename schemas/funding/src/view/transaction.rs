//! Everything known of one Marqeta transaction.

mod alert;
mod dispute;
mod message;
mod no_money;
mod notification;
mod reading;

pub use alert::TransactionAlertView;
pub use dispute::{DisputeStepView, DisputeView, MovedView};
pub use message::{MerchantView, MessageView};
pub use notification::NotificationView;

use super::{EntryView, HoldView};
use crate::processor::Processor;
use holdfast_events::moment;
use holdfast_store::decision::StoredOutcome;
use holdfast_store::transaction::{DecisionRecord, EventRecord, TransactionRecord};
use serde::Serialize;
use serde_json::value::RawValue;

/// The whole story.
#[derive(Debug, Serialize)]
pub struct TransactionView {
    /// Marqeta's token.
    pub token: String,
    /// The account, where it is known.
    pub account: Option<String>,
    /// What was asked for, JSON; nothing where there are only notifications.
    pub request: Option<Box<RawValue>>,
    /// What was decided, and why.
    pub decision: Option<DecisionView>,
    /// What was answered.
    pub response: Option<ResponseView>,
    /// The notifications, oldest first.
    pub notifications: Vec<NotificationView>,
    /// Its alerts, oldest first.
    pub alerts: Vec<TransactionAlertView>,
    /// The disputes of its purchase.
    pub disputes: Vec<DisputeView>,
    /// The hold that counts it.
    pub hold: Option<HoldView>,
    /// The customer's lines of the journal.
    pub entries: Vec<EntryView>,
    /// Why no money was moved, where `entries` is empty.
    pub no_money_because: Option<String>,
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

/// A response.
#[derive(Debug, Serialize)]
pub struct ResponseView {
    /// HTTP status.
    pub status: u16,
    /// What was sent, JSON.
    pub body: Box<RawValue>,
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
    pub fn of(processor: &dyn Processor, token: &str, mut record: TransactionRecord) -> Self {
        let events = record.events.iter();
        let entries: Vec<EntryView> = events
            .flat_map(|event| EntryView::of(event, token))
            .collect();
        let messages = reading::read_messages(&record);
        let is_unmoved = entries.is_empty();
        let no_money_because = is_unmoved.then(|| reading::explain(token, &record, &messages));
        let names = reading::name_purchase(token, &record, &messages);
        let disputes = DisputeView::all_of(std::mem::take(&mut record.disputes), names);
        let account = account_of(&record);
        let hold = reading::find_hold(token, &record).and_then(HoldView::of);
        let decision = record.decisions.into_iter().next();
        let notifications = record.notifications.into_iter().zip(&messages);
        Self {
            token: token.to_owned(),
            account,
            request: decision.as_ref().map(|decision| decision.request.clone()),
            response: decision
                .as_ref()
                .map(|decision| response_of(processor, decision)),
            decision: decision.map(DecisionView::from),
            notifications: notifications
                .map(|(stored, message)| NotificationView::of(stored, message.as_ref()))
                .collect(),
            alerts: record
                .alerts
                .into_iter()
                .map(TransactionAlertView::from)
                .collect(),
            disputes,
            hold,
            entries,
            no_money_because,
            events: record.events.into_iter().map(EventView::from).collect(),
        }
    }
}

fn account_of(record: &TransactionRecord) -> Option<String> {
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

/// The response as it was sent, without the address that it may repeat.
fn response_of(processor: &dyn Processor, decision: &DecisionRecord) -> ResponseView {
    let body = processor
        .redact_response(&decision.response_body)
        .and_then(|body| RawValue::from_string(body).ok());
    ResponseView {
        status: decision.status,
        body: body.unwrap_or_default(),
    }
}

impl From<DecisionRecord> for DecisionView {
    fn from(decision: DecisionRecord) -> Self {
        Self {
            id: decision.id,
            outcome: match decision.outcome {
                StoredOutcome::Approved => "approved",
                StoredOutcome::Declined => "declined",
                StoredOutcome::OutOfTime => "out_of_time",
            },
            reason: decision.reason,
            rules: decision.rules,
            received_at: moment::text(decision.received),
            decided_at: moment::text(decision.decided),
            why: full_explanation(&decision.why, decision.rules),
        }
    }
}

/// Reasons are stored short.
fn full_explanation(stored: &RawValue, rules: i32) -> Box<RawValue> {
    let read = serde_json::from_str(stored.get())
        .map(|why| crate::explanation::render_explanation(why, rules));
    read.and_then(|why| serde_json::value::to_raw_value(&why))
        .unwrap_or_else(|_| stored.to_owned())
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
