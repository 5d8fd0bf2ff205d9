//! A committed event as a Kafka record: CloudEvents in binary mode, and where it stands.

use holdfast_events::{DeadLetter, Headers, Topic};
use holdfast_store::relay::JournalRow;
use rdkafka::message::{Header, OwnedHeaders};

/// Where our events come from, whichever process published them.
const SOURCE: &str = "/holdfast";
/// The event's place in its shard.
pub(super) const POSITION: &str = "position";
/// The database that committed it.
pub(crate) const INCARNATION: &str = "incarnation";
/// The event's identity.
pub(super) const ID: &str = "ce_id";

/// The headers of an event's record.
pub(super) fn headers(row: &JournalRow, topic: Topic, incarnation: &str) -> OwnedHeaders {
    let event = row.event.to_string();
    let attributes = Headers::new(topic, &event, SOURCE, &row.subject, row.at);
    let mut attributes = attributes.pairs();
    for (name, value) in &mut attributes {
        if *name == "ce_type" {
            *value = &row.kind;
        }
    }
    let headers = attributes.into_iter().fold(OwnedHeaders::new(), with);
    let headers = with(headers, (POSITION, &row.position.to_string()));
    let headers = with(headers, (INCARNATION, incarnation));
    if topic.is_dlq() {
        with_origin(headers, &row.payload)
    } else {
        headers
    }
}

/// A dead letter says in its headers what is wrong and where it was read.
fn with_origin(headers: OwnedHeaders, payload: &str) -> OwnedHeaders {
    let Ok(letter) = serde_json::from_str::<DeadLetter>(payload) else {
        return headers;
    };
    let headers = with(headers, ("error_code", letter.code.as_str()));
    let headers = with(headers, ("error", &letter.error));
    let origin = letter.origin.iter().flat_map(|origin| origin.headers());
    origin.fold(headers, |headers, (name, value)| {
        with(headers, (name, &value))
    })
}

fn with(headers: OwnedHeaders, (key, value): (&str, &str)) -> OwnedHeaders {
    headers.insert(Header {
        key,
        value: Some(value),
    })
}
