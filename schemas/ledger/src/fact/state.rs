//! Who says a fact, and with which outcome.

use serde::{Deserialize, Serialize};

/// Marqeta's `state` of a transaction (reference section 3.1). Open: what we do not know is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// Under way: an authorization, a partial reversal.
    #[serde(rename = "PENDING")]
    Pending,
    /// Done, without money moving finally: full reversals, non-financial messages.
    #[serde(rename = "CLEARED")]
    Cleared,
    /// Done and final.
    #[serde(rename = "COMPLETION")]
    Completion,
    /// Refused: by Marqeta, the network, or us.
    #[serde(rename = "DECLINED")]
    Declined,
    /// Failed on the way.
    #[serde(rename = "ERROR")]
    Error,
    /// Something Marqeta has added since; it books nothing.
    #[serde(untagged)]
    Other(String),
}

impl State {
    /// Reads Marqeta's text; upper and lower case are the same.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim().to_ascii_uppercase().as_str() {
            "PENDING" => Self::Pending,
            "CLEARED" => Self::Cleared,
            "COMPLETION" => Self::Completion,
            "DECLINED" => Self::Declined,
            "ERROR" => Self::Error,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Marqeta's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "PENDING",
            Self::Cleared => "CLEARED",
            Self::Completion => "COMPLETION",
            Self::Declined => "DECLINED",
            Self::Error => "ERROR",
            Self::Other(text) => text,
        }
    }
}

/// Who says a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Source {
    /// We approved a request. Provisional until Marqeta's word comes.
    #[serde(rename = "us")]
    Decision,
    /// We declined a request. Kept as a fact only where a limit counts what was declined.
    #[serde(rename = "no")]
    Refusal,
    /// A notification of Marqeta, in this state.
    #[serde(rename = "n")]
    Notified(State),
    /// The hold's time ran out by our own clock.
    #[serde(rename = "exp")]
    Expiry,
    /// An operator let the hold go, or matched it by hand.
    #[serde(rename = "op")]
    Operator,
    /// A force capture was matched to it by score.
    #[serde(rename = "m")]
    Matched,
    /// An operator took an act of the same token back.
    #[serde(rename = "un")]
    Undone,
}

impl Source {
    /// Of several facts of one token the one with the greatest precedence speaks: DECLINED and ERROR
    /// beat every other notification, then COMPLETION, CLEARED, PENDING; any of them beats our decision.
    /// A state that is unknown beats nothing.
    #[must_use]
    pub fn precedence(&self) -> u8 {
        match self {
            // A state that we do not know says nothing about our approval: the money stays held.
            Self::Notified(State::Other(_)) => 0,
            Self::Decision | Self::Refusal => 1,
            Self::Notified(State::Pending) => 2,
            Self::Notified(State::Cleared) => 3,
            Self::Notified(State::Completion) => 4,
            Self::Notified(State::Error) => 5,
            Self::Notified(State::Declined) => 6,
            Self::Expiry => 7,
            Self::Operator => 8,
            Self::Matched => 9,
            Self::Undone => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_stay_open() {
        assert_eq!(State::parse(" pending "), State::Pending);
        assert_eq!(State::parse("HELD").as_str(), "HELD");
    }
}
