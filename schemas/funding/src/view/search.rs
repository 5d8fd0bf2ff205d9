//! Lines of searches: a decision, a notification.

use super::MessageView;
use crate::processor::{Content, parse_normalised};
use holdfast_events::moment;
use holdfast_store::search::{FoundDecision, FoundNotification};
use serde::Serialize;
use serde_json::value::RawValue;

/// A decision in a list; `holdfast why` and `/transactions/{token}` show everything of it.
#[derive(Debug, Serialize)]
pub struct FoundDecisionView {
    /// Our name for it; the response's memo.
    pub id: String,
    /// Marqeta's token of the transaction.
    pub transaction: String,
    /// The account it was asked of.
    pub account: String,
    /// `approved`, `declined` or `out_of_time`.
    pub outcome: &'static str,
    /// The reason of a decline, as Marqeta names it.
    pub reason: Option<String>,
    /// The hold that it changed.
    pub hold: Option<String>,
    /// What was requested: amount, currency, card, merchant.
    pub request: Box<RawValue>,
    /// When the request came.
    pub received_at: String,
    /// When it was decided.
    pub decided_at: String,
}

impl From<FoundDecision> for FoundDecisionView {
    fn from(found: FoundDecision) -> Self {
        Self {
            id: found.id,
            transaction: found.transaction,
            account: found.account,
            outcome: found.outcome.as_str(),
            reason: found.reason,
            hold: found.hold,
            request: found.request,
            received_at: moment::text(found.received),
            decided_at: moment::text(found.decided),
        }
    }
}

/// A notified transaction in a list: one line for each state that was notified.
#[derive(Debug, Serialize)]
pub struct FoundTransactionView {
    /// Marqeta's token.
    pub token: String,
    /// The account, or what it is stored under where it has none.
    pub account: String,
    /// Marqeta's state.
    pub state: String,
    /// Marqeta's transaction type.
    pub r#type: String,
    /// `waiting`, `applied` or `parked`.
    pub status: &'static str,
    /// The hold that it was booked in.
    pub hold: Option<String>,
    /// Why it could not be applied.
    pub error: Option<String>,
    /// Amount, merchant, card and date; nothing where it is no transaction, or cannot be read.
    pub message: Option<MessageView>,
    /// Its event.
    pub event: uuid::Uuid,
    /// When it was received.
    pub received_at: String,
}

impl From<FoundNotification> for FoundTransactionView {
    fn from(found: FoundNotification) -> Self {
        let message = match parse_normalised(&found.message) {
            Content::CardMessage(message) => Some(MessageView::from(&*message)),
            Content::Transition(_) | Content::Unreadable(_) => None,
        };
        Self {
            token: found.transaction,
            account: found.account,
            state: found.state,
            r#type: found.transaction_type,
            status: found.status.as_str(),
            hold: found.hold,
            error: found.error,
            message,
            event: found.event,
            received_at: moment::text(found.received),
        }
    }
}
