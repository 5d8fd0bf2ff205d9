//! Settling: what workers read of stored notifications, and how they mark them applied or parked.

use super::{NotificationKey, NotificationStatus};
use crate::unit::Unit;
use crate::{Store, StoreError};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::HoldId;

/// A notification as the front stored it.
#[derive(Debug, Clone)]
pub struct StoredNotification {
    /// What identifies it.
    pub key: NotificationKey,
    /// What it says, normalised, JSON.
    pub message: String,
    /// Already applied or parked?
    pub is_waiting: bool,
    /// The topic its event went to.
    pub topic: String,
    /// The normalised declines and failures of the same transaction.
    pub cancelled: Vec<String>,
}

/// What became of a notification.
#[derive(Debug, Clone)]
pub struct FinishedNotification {
    /// Which one.
    pub key: NotificationKey,
    /// The hold it was booked in.
    pub hold: Option<HoldId>,
    /// Why it was parked; `None` when it was applied.
    pub error: Option<String>,
}

type NotificationRow = (String, String, String, String, String, String, Vec<String>);

impl Unit {
    /// Reads notifications. Comes after the locks, so that `is_waiting` cannot change any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_notifications(
        &mut self,
        keys: &[NotificationKey],
    ) -> Result<Vec<StoredNotification>, StoreError> {
        let rows: Vec<NotificationRow> =
            sqlx::query_as(include_str!("../../sql/read_notifications.sql"))
                .bind(
                    keys.iter()
                        .map(|key| key.token.as_str())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    keys.iter()
                        .map(|key| key.state.as_str())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    keys.iter()
                        .map(|key| key.account.as_str())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    keys.iter()
                        .map(|key| self.shards.of(&key.account).0)
                        .collect::<Vec<_>>(),
                )
                .fetch_all(&mut *self.tx)
                .await?;
        rows.into_iter().map(read_notification_row).collect()
    }

    /// Marks notifications as applied or parked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn finish_notifications(
        &mut self,
        finished: &[FinishedNotification],
        now: Moment,
    ) -> Result<(), StoreError> {
        if finished.is_empty() {
            return Ok(());
        }
        sqlx::query(include_str!("../../sql/finish_notifications.sql"))
            .bind(
                finished
                    .iter()
                    .map(|s| s.key.token.as_str())
                    .collect::<Vec<_>>(),
            )
            .bind(
                finished
                    .iter()
                    .map(|s| s.key.state.as_str())
                    .collect::<Vec<_>>(),
            )
            .bind(
                finished
                    .iter()
                    .map(|s| s.key.account.as_str())
                    .collect::<Vec<_>>(),
            )
            .bind(
                finished
                    .iter()
                    .map(|s| self.shards.of(&s.key.account).0)
                    .collect::<Vec<_>>(),
            )
            .bind(
                finished
                    .iter()
                    .map(|s| s.hold.as_ref().map(HoldId::as_str))
                    .collect::<Vec<_>>(),
            )
            .bind(
                finished
                    .iter()
                    .map(|s| s.error.as_deref())
                    .collect::<Vec<_>>(),
            )
            .bind(now.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Keeps a dead letter of a stored notification, for operators.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn insert_dead_letter(
        &mut self,
        key: &NotificationKey,
        topic: &str,
        error: &str,
        now: Moment,
    ) -> Result<uuid::Uuid, StoreError> {
        let id = uuid::Uuid::now_v7();
        sqlx::query(include_str!("../../sql/insert_dead_letter.sql"))
            .bind(id)
            .bind(self.shards.of(&key.account).0)
            .bind(key.account.as_str())
            .bind(topic)
            .bind(None::<i32>)
            .bind(None::<i64>)
            .bind(key.token.as_str())
            .bind(key.state.as_str())
            .bind(error)
            .bind(now.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(id)
    }

    /// Keeps a dead letter of a record that is none of ours; `false` when it was kept before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn insert_other_databases_letter(
        &mut self,
        record: (&str, &str, i32, i64),
        error: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let (key, topic, partition, offset) = record;
        let inserted = sqlx::query(include_str!("../../sql/insert_dead_letter.sql"))
            .bind(uuid::Uuid::now_v7())
            .bind(self.shards.of_key(key).0)
            .bind(key)
            .bind(topic)
            .bind(partition)
            .bind(offset)
            .bind(None::<&str>)
            .bind(None::<&str>)
            .bind(error)
            .bind(now.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(inserted.rows_affected() > 0)
    }
}

impl Store {
    /// Notifications that have been waiting since before `before`, oldest first: what Kafka may have lost.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting_notifications(
        &self,
        before: Moment,
        limit: i64,
    ) -> Result<Vec<NotificationKey>, StoreError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as(include_str!("../../sql/waiting_notifications.sql"))
                .bind(before.0)
                .bind(limit)
                .fetch_all(self.pool())
                .await?;
        rows.into_iter()
            .map(|(account, token, state)| NotificationKey::read(&account, &token, state))
            .collect()
    }

    /// How many notifications are waiting, and for how many seconds the oldest has been.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting_backlog(&self) -> Result<(i64, i64), StoreError> {
        let row = sqlx::query_as(include_str!("../../sql/waiting_backlog.sql"))
            .fetch_one(self.pool())
            .await?;
        Ok(row)
    }
}

fn read_notification_row(row: NotificationRow) -> Result<StoredNotification, StoreError> {
    let (account, token, state, message, status, topic, cancelled) = row;
    let key = NotificationKey::read(&account, &token, state)?;
    Ok(StoredNotification {
        key,
        message,
        is_waiting: NotificationStatus::parse(&status) == Some(NotificationStatus::Waiting),
        topic,
        cancelled,
    })
}
