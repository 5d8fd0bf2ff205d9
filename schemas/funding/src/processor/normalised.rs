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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::processor::fixture::{booking, message};
    use crate::processor::{Finding, MessageEffect};
    use holdfast_events::Notice;
    use holdfast_ledger::alert::AlertKind;
    use holdfast_ledger::fact::{Kind, Role, State};
    use holdfast_ledger::money::{Amount, Currency};
    use holdfast_ledger::transition::Subject;

    #[test]
    fn what_is_stored_is_read_again() {
        let usd = Currency::parse("USD").unwrap();
        let finding = Finding::new(AlertKind::CreditWithoutJit, "one sentence".to_owned());
        let kept = MessageEffect::KeptByProcessor {
            fact: Box::new(crate::processor::fixture::fact(
                "t",
                Kind::Credit,
                State::Completion,
                "1.50",
            )),
            role: Role::Alone,
            because: "a reason".to_owned(),
            finding: finding.with_amounts(usd, Amount::ZERO, Amount::ZERO),
        };
        let transition = TransitionMessage {
            token: "x".to_owned(),
            state: Some("SUSPENDED".to_owned()),
            subject: Some(Subject::Card),
            card: None,
            account: None,
            created: None,
            notice: Notice::default(),
        };
        for content in [
            Content::CardMessage(Box::new(booking(
                "authorization",
                "PENDING",
                Kind::Original,
            ))),
            Content::CardMessage(Box::new(message("t", "refund", "COMPLETION", kept))),
            Content::Transition(Box::new(transition)),
            Content::Unreadable("reading token: it is missing".to_owned()),
        ] {
            assert_eq!(parse_normalised(&render_normalised(&content)), content);
        }
    }

    #[test]
    fn another_version_waits_for_a_replay() {
        let stored = render_normalised(&Content::Unreadable(String::new()));
        let newer = stored.replace(r#""version":1"#, r#""version":9"#);
        assert_ne!(newer, stored);
        for (text, wanted) in [
            (
                newer.as_str(),
                "it is of version 9, this program reads 1; replay it",
            ),
            ("{", "line 1 column 1 cannot be read; replay it"),
        ] {
            let wanted = format!("reading the stored message: {wanted}");
            assert_eq!(parse_normalised(text), Content::Unreadable(wanted));
        }
    }
}
