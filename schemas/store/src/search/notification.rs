//! Searching notifications.

use super::{SearchFilter, amount_text};
use crate::json;
use crate::notification::NotificationStatus;
use crate::{Store, StoreError};
use holdfast_ledger::time::Moment;

/// Which notifications are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotificationFilter {
    /// By what was notified, and when it was received.
    pub search: SearchFilter,
    /// Of this transaction type, as the processor writes it.
    pub transaction_type: Option<String>,
    /// With this status.
    pub status: Option<NotificationStatus>,
    /// Those older than the one with this event.
    pub before: Option<uuid::Uuid>,
}

/// A notification that was found.
#[derive(Debug)]
pub struct FoundNotification {
    /// The account, or key, that it is stored under.
    pub account: String,
    /// The transaction.
    pub transaction: String,
    /// The processor's state.
    pub state: String,
    /// The processor's transaction type.
    pub transaction_type: String,
    /// Waiting, applied or parked.
    pub status: NotificationStatus,
    /// The hold that it was booked in.
    pub hold: Option<String>,
    /// Why it could not be applied.
    pub error: Option<String>,
    /// What it says, normalised, JSON.
    pub message: String,
    /// Its event.
    pub event: uuid::Uuid,
    /// When it came.
    pub received: Moment,
}

#[derive(sqlx::FromRow)]
struct FoundNotificationRow {
    account: String,
    token: String,
    state: String,
    r#type: String,
    status: String,
    hold: Option<String>,
    error: Option<String>,
    message: String,
    event: uuid::Uuid,
    received_at: time::OffsetDateTime,
}

impl FoundNotificationRow {
    fn into_notification(self) -> Result<FoundNotification, StoreError> {
        Ok(FoundNotification {
            status: NotificationStatus::parse(&self.status)
                .ok_or_else(|| json::unreadable_value("notification status", &self.status))?,
            account: self.account,
            transaction: self.token,
            state: self.state,
            transaction_type: self.r#type,
            hold: self.hold,
            error: self.error,
            message: self.message,
            event: self.event,
            received: json::moment(self.received_at),
        })
    }
}

impl Store {
    /// Notifications by a filter, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search_notifications(
        &self,
        filter: &NotificationFilter,
    ) -> Result<Vec<FoundNotification>, StoreError> {
        let search = &filter.search;
        let rows: Vec<FoundNotificationRow> =
            sqlx::query_as(include_str!("../../sql/list_notifications.sql"))
                .bind(search.since())
                .bind(search.until())
                .bind(search.account())
                .bind(filter.transaction_type.as_deref())
                .bind(filter.status.map(NotificationStatus::as_str))
                .bind(search.card())
                .bind(search.merchant.as_deref())
                .bind(amount_text(search.amount_min))
                .bind(amount_text(search.amount_max))
                .bind(filter.before)
                .bind(i64::from(search.limit))
                // A prepared statement would be planned once for all filters.
                .persistent(false)
                .fetch_all(self.pool())
                .await?;
        rows.into_iter()
            .map(FoundNotificationRow::into_notification)
            .collect()
    }
}
