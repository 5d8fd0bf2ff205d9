//! `TOPIC.dlq`: a record that could not be applied.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the record was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Topic.
    pub topic: String,
    /// Partition.
    pub partition: i32,
    /// Offset.
    pub offset: i64,
}

/// Why something was parked, for scripts. The sentence beside it is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadLetterCode {
    /// The item of an envelope, or the record, cannot be read.
    Unreadable,
    /// The record names a notification that this database has never stored.
    UnknownNotification,
    /// The message names no account, and nothing known leads to one.
    NoAccount,
    /// The message names one account and follows another account's purchase.
    OtherAccount,
    /// The message can be read, and what it says cannot be booked.
    NotBookable,
    /// Applying it failed, each time.
    NotApplied,
}

/// A record that could not be applied, and why. `holdfast dlq replay` brings it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeadLetter {
    /// Where it was read; absent when it was parked before it came to Kafka.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The kind of error.
    pub code: DeadLetterCode,
    /// What was attempted and why it failed; nothing of the message's content.
    pub error: String,
    /// Key of the record.
    pub key: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Marqeta's token of the message, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// The message's state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// When it was parked.
    #[schemars(extend("format" = "date-time"))]
    pub parked_at: String,
    /// The record's value, when it is an event of ours; foreign texts may hold personal data and stay in
    /// the database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl DeadLetterCode {
    /// As the value and the header `error_code` have it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::UnknownNotification => "unknown_notification",
            Self::NoAccount => "no_account",
            Self::OtherAccount => "other_account",
            Self::NotBookable => "not_bookable",
            Self::NotApplied => "not_applied",
        }
    }
}

impl Origin {
    /// As record headers, name and value.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, String); 3] {
        [
            ("origin_topic", self.topic.clone()),
            ("origin_partition", self.partition.to_string()),
            ("origin_offset", self.offset.to_string()),
        ]
    }
}
