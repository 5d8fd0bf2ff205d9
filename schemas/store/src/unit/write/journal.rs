//! The unit's events.

use crate::journal::Event;
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::token::HoldId;
use sqlx::postgres::PgBindIterExt;
use std::collections::BTreeMap;

impl Unit {
    /// Writes the unit's events with their positions, in their order; the last statement before COMMIT.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append_events(&mut self, events: &[Event]) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let entries = events
            .iter()
            .map(|event| json::write("entries", &event.entries))
            .collect::<Result<Vec<String>, StoreError>>()?;
        let (places, shards) = number_events(events, self.shards);
        let text = |column: fn(&Event) -> &str| events.iter().map(column);
        let optional = |column: fn(&Event) -> Option<&str>| events.iter().map(column);
        sqlx::query(include_str!("../../../sql/append_journal.sql"))
            .bind(places.iter().map(|(shard, _)| *shard).bind_iter())
            .bind(places.iter().map(|(_, place)| *place).bind_iter())
            .bind(text(|event| event.account.as_str()).bind_iter())
            .bind(events.iter().map(|event| event.id).bind_iter())
            .bind(text(|event| event.topic).bind_iter())
            .bind(text(|event| event.kind).bind_iter())
            .bind(text(|event| &event.subject).bind_iter())
            .bind(text(|event| &event.payload).bind_iter())
            .bind(entries.iter().map(String::as_str).bind_iter())
            .bind(optional(|event| event.hold.as_ref().map(HoldId::as_str)).bind_iter())
            .bind(optional(|event| event.token.as_deref()).bind_iter())
            .bind(events.iter().map(|e| json::time(e.at)).bind_iter())
            .bind(shards.keys().copied().bind_iter())
            .bind(shards.values().copied().bind_iter())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

/// Each event's shard and its place among those of the same shard, from 1; and how many each shard has.
fn number_events(events: &[Event], shards: ShardCount) -> (Vec<(i32, i64)>, BTreeMap<i32, i64>) {
    let mut counts = BTreeMap::new();
    let place = |event: &Event| {
        let shard = shards.of(&event.account).0;
        let count = counts.entry(shard).or_insert(0_i64);
        *count = count.saturating_add(1);
        (shard, *count)
    };
    let places = events.iter().map(place).collect();
    (places, counts)
}
