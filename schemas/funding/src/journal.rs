//! The only place that builds events of the journal, so that topic, CloudEvents type and subject always agree.

use holdfast_events::{EventEnvelope, Line, Topic, moment};
use holdfast_ledger::entry::Entry;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::journal::Event;
use holdfast_store::relay::JournalRow;
use serde::Serialize;

/// Most values are shorter; growing a text copies it.
const USUAL_BYTES: usize = 1_024;

/// An event before its value is written.
#[derive(Debug)]
pub struct NewEvent<'a, P> {
    /// Its identity for consumers; all attempts of one command share it.
    pub id: uuid::Uuid,
    /// Where it goes.
    pub topic: Topic,
    /// The record's key.
    pub account: &'a AccountToken,
    /// The processor's message that it is about; also the event's subject. Without one the subject is the
    /// account.
    pub token: Option<&'a str>,
    /// The hold that it changed.
    pub hold: Option<&'a HoldId>,
    /// The record's value.
    pub payload: &'a P,
    /// Its debit and credit lines.
    pub entries: Vec<Entry>,
    /// When it happened.
    pub at: Moment,
}

impl<P: Serialize> NewEvent<'_, P> {
    /// The event, ready to be appended.
    #[must_use]
    pub fn build(self) -> Event {
        let subject = self.token.unwrap_or(self.account.as_str()).to_owned();
        Event {
            id: self.id,
            account: self.account.clone(),
            topic: self.topic.name(),
            kind: self.topic.event_type(),
            subject,
            payload: render_json(self.payload),
            entries: self.entries,
            hold: self.hold.cloned(),
            token: self.token.map(str::to_owned),
            at: self.at,
        }
    }
}

/// The value of a committed event as readers see it: envelope, entries, payload. Kafka, exports and audits have the
/// same text.
#[must_use]
pub fn render_published(row: &JournalRow, topic: Topic, incarnation: &str) -> String {
    let envelope = EventEnvelope {
        event_id: row.event.to_string(),
        position: row.position,
        incarnation: incarnation.to_owned(),
        shard: row.shard.0,
        at: moment::text(row.at),
    };
    let entries: Vec<Line> = row.entries.iter().map(Line::from).collect();
    let value = envelope.render_value(topic, &entries, &row.payload);
    value.unwrap_or_else(|error| {
        tracing::error!(%error, "Cannot write an envelope of ours as JSON");
        String::new()
    })
}

/// A value of ours as JSON. Our values have text keys and no floats, so that writing them cannot fail.
#[must_use]
pub fn render_json(value: &impl Serialize) -> String {
    let mut text = Vec::with_capacity(USUAL_BYTES);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(error) => {
            tracing::error!(%error, "Cannot write a value of ours as JSON");
            String::new()
        }
    }
}
