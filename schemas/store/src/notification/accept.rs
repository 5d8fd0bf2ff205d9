//! Accepting: every item of an envelope, in one unit with its event.

use super::{NotificationKey, NotificationStatus};
use crate::StoreError;
use crate::journal::Event;
use crate::unit::Unit;
use holdfast_ledger::time::Moment;
use std::collections::btree_map::Entry;
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

/// What became of the items that were accepted.
#[derive(Debug, Default)]
pub struct AcceptedItems<'a> {
    /// Seen for the first time, in the order of their keys.
    pub new: Vec<&'a NewNotification>,
    /// Seen before, with another content: kept as variants.
    pub changed: Vec<&'a NewNotification>,
    /// How many were seen before, with the same content.
    pub repeated: usize,
}

impl Unit {
    /// Stores items: those seen for the first time, with a dead letter where they cannot be applied, and as variants
    /// those with another content than before. Events and alerts are the caller's.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn accept_notifications<'a>(
        &mut self,
        items: &'a [NewNotification],
    ) -> Result<AcceptedItems<'a>, StoreError> {
        let (firsts, mut again) = divide_by_key(items);
        let inserted = self.insert_notifications(firsts.values().copied()).await?;
        let (new, seen): (Vec<_>, Vec<_>) = firsts
            .into_values()
            .partition(|item| inserted.contains(&item.key));
        again.extend(seen);
        let changed = self.keep_variants(&again).await?;
        self.park_accepted(&new).await?;
        Ok(AcceptedItems {
            repeated: again.len().saturating_sub(changed.len()),
            new,
            changed,
        })
    }

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

    /// Keeps what came again with another content, and returns it.
    async fn keep_variants<'a>(
        &mut self,
        items: &[&'a NewNotification],
    ) -> Result<Vec<&'a NewNotification>, StoreError> {
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
            items.iter().find(|item| is_same(&item.key)).copied()
        };
        Ok(kept.iter().filter_map(changed).collect())
    }

    /// Keeps a dead letter of each item that cannot be applied.
    async fn park_accepted(&mut self, items: &[&NewNotification]) -> Result<(), StoreError> {
        for item in items {
            if let Some(parked) = &item.parked {
                self.insert_dead_letter(&item.key, item.event.topic, &parked.error, item.received)
                    .await?;
            }
        }
        Ok(())
    }
}

/// The first item of each key, in the order of the keys, and those that name a key again.
fn divide_by_key(
    items: &[NewNotification],
) -> (
    BTreeMap<&NotificationKey, &NewNotification>,
    Vec<&NewNotification>,
) {
    let mut firsts = BTreeMap::new();
    let mut again = Vec::new();
    for item in items {
        match firsts.entry(&item.key) {
            Entry::Vacant(place) => {
                place.insert(item);
            }
            Entry::Occupied(_) => again.push(item),
        }
    }
    (firsts, again)
}
