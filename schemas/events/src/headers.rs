//! CloudEvents 1.0 attributes in binary mode, as record headers.

use super::Topic;
use crate::moment;
use holdfast_ledger::time::Moment;

/// The attributes of one event. The relay adds `position`, and place and database as the extension attributes
/// [`Headers::POSITION`] and [`Headers::INCARNATION`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers {
    /// Unique within the source; the same for every delivery of the event.
    pub ce_id: String,
    /// [`Topic::event_type`].
    pub ce_type: &'static str,
    /// Which Holdfast it comes from, a URI reference such as `/holdfast/demo`.
    pub ce_source: String,
    /// What it is about: a transaction's or an account's token.
    pub ce_subject: String,
    /// When it was committed, RFC 3339.
    pub ce_time: String,
}

impl Headers {
    /// CloudEvents version.
    pub const SPEC_VERSION: &'static str = "1.0";
    /// Extension attribute: the event's position in its shard.
    pub const POSITION: &'static str = "ce_position";
    /// Extension attribute: the database that committed the event.
    pub const INCARNATION: &'static str = "ce_incarnation";
    /// Of every value.
    pub const CONTENT_TYPE: &'static str = "application/json";

    /// The attributes of an event of this topic.
    #[must_use]
    pub fn new(topic: Topic, id: &str, source: &str, subject: &str, time: Moment) -> Self {
        Self {
            ce_id: id.to_owned(),
            ce_type: topic.event_type(),
            ce_source: source.to_owned(),
            ce_subject: subject.to_owned(),
            ce_time: moment::text(time),
        }
    }

    /// As Kafka headers, name and value.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("ce_specversion", Self::SPEC_VERSION),
            ("ce_id", &self.ce_id),
            ("ce_type", self.ce_type),
            ("ce_source", &self.ce_source),
            ("ce_subject", &self.ce_subject),
            ("ce_time", &self.ce_time),
            ("content-type", Self::CONTENT_TYPE),
        ]
    }
}
