//! The malformed part of an envelope: keys whose values are not arrays of notifications.

use serde_json::value::RawValue;
use std::borrow::Cow;

/// All keys of one envelope whose values are not arrays, kept together as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The object, its keys in the order in which they were sent.
    pub raw: String,
    /// Which keys they are and what should have been sent, one sentence.
    pub error: String,
}

impl Malformed {
    /// The family under which it is stored. Marqeta's families are words.
    pub const FAMILY: &'static str = "(malformed)";

    /// The malformed part of an envelope; `None` when every key has an array.
    pub(crate) fn from_pairs(pairs: &[(Cow<'_, str>, &RawValue)]) -> Option<Self> {
        if pairs.is_empty() {
            return None;
        }
        let member = |(name, raw): &(Cow<'_, str>, &RawValue)| {
            // A string is written as JSON without fail.
            let name = serde_json::to_string(name).unwrap_or_default();
            format!("{name}:{}", raw.get())
        };
        let members: Vec<String> = pairs.iter().map(member).collect();
        Some(Self {
            raw: format!("{{{}}}", members.join(",")),
            error: describe_keys(pairs),
        })
    }
}

/// Keys named in the error; the dead letter shows all of them.
const KEYS_MAX: usize = 5;
/// Characters of a key in the error.
const KEY_CHARS_MAX: usize = 40;

fn describe_keys(pairs: &[(Cow<'_, str>, &RawValue)]) -> String {
    // The error is read on terminals and in logs.
    let printable = |c: char| {
        if c.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    let shorten = |(name, _): &(Cow<'_, str>, &RawValue)| {
        let chars = name.chars().take(KEY_CHARS_MAX);
        chars.map(printable).collect::<String>()
    };
    let keys: Vec<String> = pairs.iter().take(KEYS_MAX).map(shorten).collect();
    let more = match pairs.len().saturating_sub(KEYS_MAX) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "reading the envelope: {}{more} must hold an array of notifications; correct the sender",
        keys.join(", ")
    )
}
