//! A change of a card's, user's or business's state, as the use cases see it.

use holdfast_events::Notice;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::Subject;
use serde::{Deserialize, Serialize};

/// One state change. Only the token is certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransitionMessage {
    /// The change's own token.
    pub token: String,
    /// The state that is reached, upper case; some changes carry none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What the state is of; `None` for changes that the books do not depend on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The card, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardToken>,
    /// The user or business, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountToken>,
    /// When it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Moment>,
    /// What is published of it.
    pub notice: Notice,
}
