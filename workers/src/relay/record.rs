//! A committed event as a Kafka record: CloudEvents in binary mode, with the event's position.

use holdfast_events::{DeadLetter, Headers, Topic};
use holdfast_store::relay::JournalRow;
use rdkafka::message::{Header, OwnedHeaders};

/// The source of all events, the same for every process that publishes them.
const SOURCE: &str = "/holdfast";
/// Header: the event's position in its shard.
pub(super) const POSITION: &str = "position";
/// Header: the database that committed the event.
pub(crate) const INCARNATION: &str = "incarnation";
/// Header: the event's id.
pub(super) const ID: &str = "ce_id";

/// Renders the headers of an event's record.
pub(super) fn render_headers(row: &JournalRow, topic: Topic, incarnation: &str) -> OwnedHeaders {
    let event = row.event.to_string();
    let attributes = Headers::new(topic, &event, SOURCE, &row.subject, row.at);
    let mut attributes = attributes.pairs();
    for (name, value) in &mut attributes {
        if *name == "ce_type" {
            *value = &row.kind;
        }
    }
    let headers = attributes
        .into_iter()
        .fold(OwnedHeaders::new(), with_header);
    let position = row.position.to_string();
    let place = [
        (POSITION, position.as_str()),
        (INCARNATION, incarnation),
        (Headers::POSITION, &position),
        (Headers::INCARNATION, incarnation),
    ];
    let headers = place.into_iter().fold(headers, with_header);
    if topic.is_dlq() {
        with_origin(headers, &row.payload)
    } else {
        headers
    }
}

/// Adds what is wrong with a dead letter and where it was read.
fn with_origin(headers: OwnedHeaders, payload: &str) -> OwnedHeaders {
    let Ok(dead_letter) = serde_json::from_str::<DeadLetter>(payload) else {
        return headers;
    };
    let headers = with_header(headers, ("error_code", dead_letter.code.as_str()));
    let headers = with_header(headers, ("error", &dead_letter.error));
    let origin = dead_letter
        .origin
        .iter()
        .flat_map(|origin| origin.headers());
    origin.fold(headers, |headers, (name, value)| {
        with_header(headers, (name, &value))
    })
}

fn with_header(headers: OwnedHeaders, (key, value): (&str, &str)) -> OwnedHeaders {
    headers.insert(Header {
        key,
        value: Some(value),
    })
}
