//! The journal itself: complete, balanced, and of accounts that exist.

use super::{Difference, Totals, Verification, exact};
use crate::json::{self, JsonColumn};
use crate::{Store, StoreError};
use holdfast_ledger::money::{Currency, Signed};
use serde::Deserialize;

/// Events read in one statement: some tens of milliseconds.
const STRETCH: i64 = 20_000;

#[derive(Deserialize)]
struct TotalRow {
    currency: Currency,
    debits: Signed,
    credits: Signed,
}

#[derive(Deserialize)]
struct UnbalancedRow {
    position: i64,
    layer: String,
    currency: Currency,
    sum: String,
}

pub(super) async fn verify(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    let counters: Vec<(i32, i64, i64, i64)> =
        sqlx::query_as(include_str!("../../sql/verify_counters.sql"))
            .fetch_all(store.pool())
            .await?;
    for shard in 0..store.shards().get() {
        let Some((_, counter, last, published)) = counters.iter().find(|row| row.0 == shard) else {
            found.differs(at("shard_counter", shard, 0, "nothing", "a counter"));
            continue;
        };
        if counter != last {
            found.differs(at("last_position", shard, *counter, counter, last));
        }
        if published > last {
            found.differs(at("published_position", shard, *published, published, last));
        }
        let mut from = 0;
        while from < *counter {
            let to = counter.min(&from.saturating_add(STRETCH)).to_owned();
            range(store, found, (shard, from, to)).await?;
            from = to;
        }
    }
    Ok(())
}

/// Looks at the events of a shard after position `from`, up to and with `to`.
async fn range(
    store: &Store,
    found: &mut Verification,
    (shard, from, to): (i32, i64, i64),
) -> Result<(), StoreError> {
    let (events, totals, unbalanced, ownerless): (i64, JsonColumn, JsonColumn, JsonColumn) =
        sqlx::query_as(include_str!("../../sql/verify_journal.sql"))
            .bind(shard)
            .bind(from)
            .bind(to)
            .fetch_one(store.pool())
            .await?;
    let wanted = to.saturating_sub(from);
    if events != wanted {
        found.differs(at("events_in_stretch", shard, to, &events, &wanted));
    }
    found.events = found
        .events
        .saturating_add(u64::try_from(events).unwrap_or(0));
    for row in rows::<TotalRow>(&totals)? {
        let sum: &mut Totals = found.totals.entry(row.currency).or_default();
        sum.debits = exact(sum.debits.plus(row.debits))?;
        sum.credits = exact(sum.credits.plus(row.credits))?;
    }
    for row in rows::<UnbalancedRow>(&unbalanced)? {
        found.differs(Difference {
            currency: Some(row.currency),
            ..at(
                "event_sum",
                shard,
                row.position,
                &format!("{} {}", row.layer, row.sum),
                "0",
            )
        });
    }
    for account in rows::<String>(&ownerless)? {
        found.differs(Difference {
            account: Some(account),
            ..at(
                "account",
                shard,
                to,
                "nothing",
                "an account with journal lines",
            )
        });
    }
    Ok(())
}

fn rows<T: for<'de> Deserialize<'de>>(column: &JsonColumn) -> Result<Vec<T>, StoreError> {
    json::read_column("journal sum", column)
}

fn at(
    what: &'static str,
    shard: i32,
    position: i64,
    stored: &(impl ToString + ?Sized),
    recomputed: &(impl ToString + ?Sized),
) -> Difference {
    Difference {
        what,
        account: None,
        subject: Some(format!("shard {shard} position {position}")),
        currency: None,
        stored: stored.to_string(),
        recomputed: recomputed.to_string(),
    }
}
