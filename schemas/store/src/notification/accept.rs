//! Accepting: every item of an envelope and its event, in one transaction.

use super::{NotificationKey, NotificationStatus};
use crate::alert::NewAlert;
use crate::journal::Event;
use crate::unit::Unit;
use crate::{Store, StoreError};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use std::collections::{BTreeMap, BTreeSet};

/// Why an item cannot be applied at all.
#[derive(Debug, Clone)]
pub struct Parked {
    /// One sentence for the operator.
    pub error: String,
}

/// One item of an envelope.
#[derive(Debug, Clone)]
pub struct NewNotification {
    /// What identifies it.
    pub key: NotificationKey,
    /// The envelope's family, for example `transactions`.
    pub family: String,
    /// Marqeta's transaction type.
    pub kind: String,
    /// SHA-256 of its canonical content.
    pub content_hash: [u8; 32],
    /// The item as it came.
    pub raw: String,
    /// What it says, normalised, JSON.
    pub message: String,
    /// The event that tells of it; for a parked one the dead letter.
    pub event: Event,
    /// Set when it cannot be applied.
    pub parked: Option<Parked>,
    /// When it came.
    pub received: Moment,
}

/// What an envelope brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Seen for the first time.
    pub new: usize,
    /// Seen before, with the same content.
    pub repeated: usize,
    /// Seen before, with another content: kept, alerted, not applied.
    pub changed: usize,
    /// Raised with it: to be counted and logged, now that all of it is committed.
    pub alerts: Vec<NewAlert>,
}

impl Store {
    /// Stores the items of one envelope: those seen for the first time with their events, those with
    /// another content than before as variants with an alert. All or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; Marqeta sends the envelope again then.
    pub async fn accept_notifications(
        &self,
        items: &[NewNotification],
    ) -> Result<Accepted, StoreError> {
        let mut firsts: BTreeMap<&NotificationKey, &NewNotification> = BTreeMap::new();
        let mut accepted = Accepted::default();
        let mut again = Vec::new();
        for item in items {
            match firsts.entry(&item.key) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(item);
                }
                std::collections::btree_map::Entry::Occupied(_) => again.push(item),
            }
        }
        let mut unit = self.begin().await?;
        let new = unit.insert_notifications(firsts.values().copied()).await?;
        again.extend(
            firsts
                .iter()
                .filter(|(key, _)| !new.contains(*key))
                .map(|(_, item)| *item),
        );
        accepted.new = new.len();
        accepted.alerts = unit.keep_variants(&again).await?;
        accepted.changed = accepted.alerts.len();
        accepted.repeated = again.len().saturating_sub(accepted.changed);
        let fresh: Vec<&NewNotification> = firsts
            .values()
            .filter(|item| new.contains(&item.key))
            .copied()
            .collect();
        accepted.alerts.extend(unit.park_accepted(&fresh).await?);
        unit.raise_alerts(&accepted.alerts).await?;
        let events: Vec<Event> = fresh.iter().map(|item| item.event.clone()).collect();
        unit.append_events(&events).await?;
        unit.commit().await?;
        Ok(accepted)
    }
}

impl Unit {
    /// Inserts in the order of the keys, so that envelopes meet on the unique index in the same order.
    async fn insert_notifications(
        &mut self,
        items: impl Iterator<Item = &NewNotification> + Clone,
    ) -> Result<BTreeSet<NotificationKey>, StoreError> {
        let texts = |column: fn(&NewNotification) -> &str| -> Vec<&str> {
            items.clone().map(column).collect()
        };
        let shards: Vec<i32> = items
            .clone()
            .map(|item| self.shards.of(&item.key.account).0)
            .collect();
        let statuses = texts(|item| {
            let status = if item.parked.is_some() {
                NotificationStatus::Parked
            } else {
                NotificationStatus::Waiting
            };
            status.as_str()
        });
        let errors: Vec<Option<&str>> = items
            .clone()
            .map(|item| item.parked.as_ref().map(|parked| parked.error.as_str()))
            .collect();
        let rows: Vec<(String, String, String)> =
            sqlx::query_as(include_str!("../../sql/insert_notifications.sql"))
                .bind(texts(|item| item.key.token.as_str()))
                .bind(texts(|item| &item.key.state))
                .bind(texts(|item| item.key.account.as_str()))
                .bind(shards)
                .bind(texts(|item| &item.family))
                .bind(texts(|item| &item.kind))
                .bind(texts(|item| item.event.topic))
                .bind(statuses)
                .bind(
                    items
                        .clone()
                        .map(|item| item.content_hash.to_vec())
                        .collect::<Vec<_>>(),
                )
                .bind(texts(|item| &item.raw))
                .bind(texts(|item| &item.message))
                .bind(items.clone().map(|item| item.event.id).collect::<Vec<_>>())
                .bind(errors)
                .bind(
                    items
                        .clone()
                        .map(|item| item.received.0)
                        .collect::<Vec<i64>>(),
                )
                .fetch_all(&mut *self.tx)
                .await?;
        rows.into_iter()
            .map(|(account, token, state)| NotificationKey::read(&account, &token, state))
            .collect()
    }

    /// Keeps what came again with another content; returns an alert for each.
    async fn keep_variants(
        &mut self,
        items: &[&NewNotification],
    ) -> Result<Vec<NewAlert>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let kept: Vec<(String, String)> =
            sqlx::query_as(include_str!("../../sql/keep_variants.sql"))
                .bind(
                    items
                        .iter()
                        .map(|item| item.key.token.as_str())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    items
                        .iter()
                        .map(|item| item.key.state.as_str())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    items
                        .iter()
                        .map(|item| item.key.account.as_str())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    items
                        .iter()
                        .map(|i| self.shards.of(&i.key.account).0)
                        .collect::<Vec<_>>(),
                )
                .bind(
                    items
                        .iter()
                        .map(|item| item.content_hash.to_vec())
                        .collect::<Vec<_>>(),
                )
                .bind(
                    items
                        .iter()
                        .map(|item| item.raw.as_str())
                        .collect::<Vec<_>>(),
                )
                .fetch_all(&mut *self.tx)
                .await?;
        let changed = |(token, state): &(String, String)| {
            let is_same =
                |key: &NotificationKey| key.token.as_str() == token && key.state == *state;
            let item = items.iter().find(|item| is_same(&item.key))?;
            Some(changed_alert(item))
        };
        Ok(kept.iter().filter_map(changed).collect())
    }

    /// Keeps a dead letter of each item that cannot be applied; returns an alert for each.
    async fn park_accepted(
        &mut self,
        items: &[&NewNotification],
    ) -> Result<Vec<NewAlert>, StoreError> {
        let mut alerts = Vec::new();
        for item in items {
            if let Some(parked) = &item.parked {
                self.insert_dead_letter(&item.key, item.event.topic, &parked.error, item.received)
                    .await?;
                alerts.push(parked_alert(item, parked));
            }
        }
        Ok(alerts)
    }
}

fn changed_alert(item: &NewNotification) -> NewAlert {
    let state = &item.key.state;
    let detail = format!(
        "a notification in state {state} came again with another content; the first one counts"
    );
    item_alert(item, AlertKind::NotificationChanged, detail)
}

fn parked_alert(item: &NewNotification, parked: &Parked) -> NewAlert {
    item_alert(item, AlertKind::NotificationParked, parked.error.clone())
}

fn item_alert(item: &NewNotification, kind: AlertKind, detail: String) -> NewAlert {
    let transaction_type = Some(item.kind.clone());
    NewAlert::about_notification(kind, &item.key, transaction_type, detail, item.received)
}
