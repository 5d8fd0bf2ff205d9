//! The journal itself: complete, balanced, and of accounts that exist.

use super::{Difference, Totals, Verification, exact_sum};
use crate::json::{self, JsonColumn};
use crate::{Store, StoreError};
use holdfast_ledger::money::{Currency, Signed};
use serde::Deserialize;

/// Events read in one statement: some tens of milliseconds.
const RANGE: i64 = 20_000;

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

pub(super) async fn verify_journal(
    store: &Store,
    found: &mut Verification,
) -> Result<(), StoreError> {
    let counters: Vec<(i32, i64, i64, i64)> =
        sqlx::query_as(include_str!("../../sql/verify_counters.sql"))
            .fetch_all(store.pool())
            .await?;
    for shard in 0..store.shards().get() {
        let Some((_, counter, last, published)) = counters.iter().find(|row| row.0 == shard) else {
            found.add_difference(difference_at(
                "shard_counter",
                shard,
                0,
                "nothing",
                "a counter",
            ));
            continue;
        };
        if counter != last {
            found.add_difference(difference_at(
                "last_position",
                shard,
                *counter,
                counter,
                last,
            ));
        }
        if published > last {
            found.add_difference(difference_at(
                "published_position",
                shard,
                *published,
                published,
                last,
            ));
        }
        let mut from = 0;
        while from < *counter {
            let to = counter.min(&from.saturating_add(RANGE)).to_owned();
            verify_range(store, found, (shard, from, to)).await?;
            from = to;
        }
    }
    Ok(())
}

/// Looks at the events of a shard after position `from`, up to and with `to`.
async fn verify_range(
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
        found.add_difference(difference_at(
            "events_in_range",
            shard,
            to,
            &events,
            &wanted,
        ));
    }
    found.events = found
        .events
        .saturating_add(u64::try_from(events).unwrap_or(0));
    for row in read_sums::<TotalRow>(&totals)? {
        let sum: &mut Totals = found.totals.entry(row.currency).or_default();
        sum.debits = exact_sum(sum.debits.plus(row.debits))?;
        sum.credits = exact_sum(sum.credits.plus(row.credits))?;
    }
    for row in read_sums::<UnbalancedRow>(&unbalanced)? {
        found.add_difference(Difference {
            currency: Some(row.currency),
            ..difference_at(
                "event_sum",
                shard,
                row.position,
                &format!("{} {}", row.layer, row.sum),
                "0",
            )
        });
    }
    for account in read_sums::<String>(&ownerless)? {
        found.add_difference(Difference {
            account: Some(account),
            ..difference_at(
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

fn read_sums<T: for<'de> Deserialize<'de>>(column: &JsonColumn) -> Result<Vec<T>, StoreError> {
    json::read_column("journal sum", column)
}

fn difference_at(
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
