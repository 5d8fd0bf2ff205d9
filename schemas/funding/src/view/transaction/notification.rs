//! A notification on the page of its transaction.

use super::MessageView;
use crate::processor::CardMessage;
use holdfast_events::moment;
use holdfast_store::transaction::NotificationRecord;
use serde::Serialize;

/// A notification and what became of it.
#[derive(Debug, Serialize)]
pub struct NotificationView {
    /// Marqeta's state.
    pub state: String,
    /// Marqeta's transaction type.
    pub r#type: String,
    /// `waiting`, `applied` or `parked`.
    pub status: String,
    /// The hold that it was booked in.
    pub hold: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// Why it could not be applied.
    pub error: Option<String>,
    /// When it came.
    pub received_at: String,
    /// When it was applied or parked.
    pub finished_at: Option<String>,
    /// Amount, merchant, card and date; nothing where it is no transaction, or cannot be read.
    pub message: Option<MessageView>,
    event: uuid::Uuid,
}

impl NotificationView {
    /// Shows a stored notification with what its text says.
    pub(super) fn of(notification: NotificationRecord, message: Option<&CardMessage>) -> Self {
        Self {
            state: notification.state,
            r#type: notification.kind,
            status: notification.status,
            hold: notification.hold,
            attempts: notification.attempts,
            error: notification.error,
            received_at: moment::text(notification.received),
            finished_at: notification.finished.map(moment::text),
            message: message.map(MessageView::from),
            event: notification.event,
        }
    }
}
