//! Pages of accounts, each in one snapshot: balances and holds beside what the journal says of them.

use super::holds;
use super::range::AccountRange;
use super::states;
use super::sums::{self, Sums};
use super::usage::Recount;
use super::{Difference, Verification};
use crate::{Store, StoreError, json};
use holdfast_ledger::book::Balance;
use holdfast_ledger::money::Currency;
use sqlx::{Postgres, Transaction};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts compared in one snapshot.
const PAGE: usize = 500;

/// One snapshot for several statements. A plan that suits any range of accounts would read whole
/// tables; each range is worth a plan of its own.
const SNAPSHOT: &str = "begin isolation level repeatable read read only;
    set local plan_cache_mode = force_custom_plan";

pub(super) async fn verify(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    let mut after = (-1, String::new());
    loop {
        let mut tx = store.pool().begin_with(SNAPSHOT).await?;
        let accounts: Vec<(i32, String)> =
            sqlx::query_as(include_str!("../../sql/verify_accounts.sql"))
                .bind(after.0)
                .bind(&after.1)
                .bind(i64::try_from(PAGE).unwrap_or(i64::MAX))
                .fetch_all(&mut *tx)
                .await?;
        // The last page reaches to the end of the tables, for rows whose account is missing.
        let last = match accounts.last() {
            Some(last) if accounts.len() == PAGE => last.clone(),
            _ => (i32::MAX, String::new()),
        };
        let range = AccountRange {
            after,
            last: last.clone(),
        };
        let controls = store.controls().current();
        let mut recount = Recount::read(&mut tx, &range, controls).await?;
        page(&mut tx, found, &range, accounts, &mut recount).await?;
        recount.compare(found);
        states::verify_accounts(&mut tx, found, &range).await?;
        tx.rollback().await?;
        if last.0 == i32::MAX {
            return Ok(());
        }
        after = last;
    }
}

async fn page(
    tx: &mut Transaction<'static, Postgres>,
    found: &mut Verification,
    range: &AccountRange,
    accounts: Vec<(i32, String)>,
    recount: &mut Recount,
) -> Result<(), StoreError> {
    let accounts: Vec<String> = accounts.into_iter().map(|(_, token)| token).collect();
    let mut sums = Sums::read(tx, &accounts).await?;
    let stored = balances(tx, range).await?;
    let known: BTreeSet<&(String, Currency)> = stored.keys().chain(sums.balances.keys()).collect();
    for key in known {
        compare(found, key, stored.get(key), sums.balances.get(key));
    }
    let seen = u64::try_from(accounts.len()).unwrap_or(0);
    found.accounts = found.accounts.saturating_add(seen);
    holds::verify(tx, found, range, (&mut sums, recount)).await
}

async fn balances(
    tx: &mut Transaction<'static, Postgres>,
    range: &AccountRange,
) -> Result<BTreeMap<(String, Currency), Balance>, StoreError> {
    let rows: Vec<(String, String, String, String, String)> =
        sqlx::query_as(include_str!("../../sql/verify_balances.sql"))
            .bind(range.after.0)
            .bind(&range.after.1)
            .bind(range.last.0)
            .bind(&range.last.1)
            .fetch_all(&mut **tx)
            .await?;
    rows.into_iter()
        .map(|(account, currency, posted, held, pending_credit)| {
            let balance = sums::balance(&posted, &held, &pending_credit)?;
            Ok(((account, json::currency(&currency)?), balance))
        })
        .collect()
}

/// A balance that is not there is one of nothing.
fn compare(
    found: &mut Verification,
    (account, currency): &(String, Currency),
    stored: Option<&Balance>,
    recomputed: Option<&Balance>,
) {
    let stored = stored.copied().unwrap_or_default();
    let recomputed = recomputed.copied().unwrap_or_default();
    for (what, stored, recomputed) in [
        ("balance_posted", stored.posted, recomputed.posted),
        ("balance_held", stored.held, recomputed.held),
        (
            "balance_pending_credit",
            stored.pending_credit,
            recomputed.pending_credit,
        ),
    ] {
        if stored != recomputed {
            found.differs(Difference {
                what,
                account: Some(account.clone()),
                subject: None,
                currency: Some(*currency),
                stored: stored.text(*currency),
                recomputed: recomputed.text(*currency),
            });
        }
    }
}
