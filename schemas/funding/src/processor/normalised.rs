//! What a notification says, as it is stored beside its raw text.

use super::{CardMessage, TransitionMessage};
use crate::journal::render_json;
use serde::{Deserialize, Serialize};

/// Version of the stored form. A message of an older version is normalised again by a replay.
const VERSION: u16 = 1;

/// What a notification says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A card message.
    CardMessage(Box<CardMessage>),
    /// A change of a card's, user's or business's state, or news of a family that the books do not depend on.
    Transition(Box<TransitionMessage>),
    /// No notification at all: stored and parked, with the reason.
    Unreadable(String),
}

#[derive(Serialize)]
struct Written<'a> {
    version: u16,
    content: &'a Content,
}

#[derive(Deserialize)]
struct Stored {
    version: u16,
    content: Content,
}

/// The content as it is stored, JSON with its version.
#[must_use]
pub fn render_normalised(content: &Content) -> String {
    render_json(&Written {
        version: VERSION,
        content,
    })
}

/// Reads what is stored. A text of another version is unreadable until it is replayed.
#[must_use]
pub fn parse_normalised(stored: &str) -> Content {
    match serde_json::from_str::<Stored>(stored) {
        Ok(Stored {
            version: VERSION,
            content,
        }) => content,
        Ok(Stored { version, .. }) => Content::Unreadable(format!(
            "reading the stored message: it is of version {version}, this program reads {VERSION}; replay it"
        )),
        Err(error) => Content::Unreadable(format!(
            "reading the stored message: line {} column {} cannot be read; replay it",
            error.line(),
            error.column()
        )),
    }
}
