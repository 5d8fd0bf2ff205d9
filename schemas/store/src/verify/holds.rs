//! Holds: what is stored, what the journal has booked for them, and what their facts fold to.

use super::range::AccountRange;
use super::sums::Sums;
use super::usage::Recount;
use super::{Difference, Verification, exact};
use crate::hold::HoldRow;
use crate::{StoreError, json};
use holdfast_ledger::book::Balance;
use holdfast_ledger::fold::Standing;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use sqlx::{Postgres, Transaction};
use std::collections::{BTreeMap, BTreeSet};

/// Holds read at once.
const PAGE: i64 = 1_000;

/// A stored hold with the columns that indexes need.
#[derive(sqlx::FromRow)]
struct IndexedHoldRow {
    shard: i32,
    #[sqlx(flatten)]
    row: HoldRow,
    is_open: bool,
    expires_at: Option<time::OffsetDateTime>,
    is_unmatched: bool,
}

pub(super) async fn verify(
    tx: &mut Transaction<'static, Postgres>,
    found: &mut Verification,
    range: &AccountRange,
    (sums, recount): (&mut Sums, &mut Recount),
) -> Result<(), StoreError> {
    sums.redirect(&merges(tx, range).await?)?;
    let mut after = (range.after.0, range.after.1.clone(), None);
    loop {
        let rows = next(tx, &after, range).await?;
        let Some(last) = rows.last() else { break };
        after = (
            last.shard,
            last.row.account.clone(),
            Some(last.row.id.clone()),
        );
        for indexed in rows {
            let (account, hold) = indexed.row.read()?;
            let id = (indexed.row.account.clone(), indexed.row.id.clone());
            let booked = sums.holds.remove(&id).unwrap_or_default();
            recount.add(account.as_str(), &hold)?;
            compare_hold(found, &indexed, &hold)?;
            compare_lines(found, account.as_str(), &hold, &booked);
        }
    }
    for (account, id) in sums.holds.keys() {
        found.differs(of_hold(
            "hold",
            account,
            id,
            "nothing",
            "a hold with journal lines",
        ));
    }
    Ok(())
}

async fn merges(
    tx: &mut Transaction<'static, Postgres>,
    range: &AccountRange,
) -> Result<BTreeMap<(String, String), String>, StoreError> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as(include_str!("../../sql/verify_merges.sql"))
            .bind(range.after.0)
            .bind(&range.after.1)
            .bind(range.last.0)
            .bind(&range.last.1)
            .fetch_all(&mut **tx)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(account, id, into)| ((account, id), into))
        .collect())
}

/// The holds after a place; without a name the place is the end of that account's holds.
async fn next(
    tx: &mut Transaction<'static, Postgres>,
    after: &(i32, String, Option<String>),
    range: &AccountRange,
) -> Result<Vec<IndexedHoldRow>, StoreError> {
    // No name of a hold sorts after this one.
    let end = char::MAX.to_string();
    Ok(sqlx::query_as(include_str!("../../sql/verify_holds.sql"))
        .bind(after.0)
        .bind(&after.1)
        .bind(after.2.as_ref().unwrap_or(&end))
        .bind(range.last.0)
        .bind(&range.last.1)
        .bind(PAGE)
        .fetch_all(&mut **tx)
        .await?)
}

fn compare_hold(
    found: &mut Verification,
    indexed: &IndexedHoldRow,
    hold: &Hold,
) -> Result<(), StoreError> {
    found.holds = found.holds.saturating_add(1);
    let differs = |what, stored: &str, recomputed: &str| {
        of_hold(
            what,
            &indexed.row.account,
            hold.id.as_str(),
            stored,
            recomputed,
        )
    };
    let folded = exact(hold.fold())?;
    if folded != hold.standing {
        found.differs(differs(
            "hold_standing",
            &shown(&hold.standing),
            &shown(&folded),
        ));
    }
    if indexed.is_open != hold.standing.is_open() {
        let open = hold.standing.is_open().to_string();
        found.differs(differs("hold_is_open", &indexed.is_open.to_string(), &open));
    }
    let expires = indexed.expires_at.map(json::moment);
    if expires != hold.standing.expires {
        let (stored, recomputed) = (when(expires), when(hold.standing.expires));
        found.differs(differs("hold_expires_at", &stored, &recomputed));
    }
    let is_unmatched = hold.unmatched_clearing().is_some();
    if indexed.is_unmatched != is_unmatched {
        let (stored, recomputed) = (indexed.is_unmatched.to_string(), is_unmatched.to_string());
        found.differs(differs("hold_is_unmatched", &stored, &recomputed));
    }
    Ok(())
}

fn compare_lines(
    found: &mut Verification,
    account: &str,
    hold: &Hold,
    booked: &BTreeMap<Currency, Balance>,
) {
    let standing = &hold.standing;
    let currencies: BTreeSet<Currency> = standing
        .lines
        .keys()
        .chain(booked.keys())
        .copied()
        .collect();
    for currency in currencies {
        let line = standing.line(currency);
        let sum = booked.get(&currency).copied().unwrap_or_default();
        for (what, stored, recomputed) in [
            ("hold_held", line.held.credit(), sum.held),
            ("hold_posted", line.posted, sum.posted),
            (
                "hold_pending_credit",
                line.pending_credit.credit(),
                sum.pending_credit,
            ),
        ] {
            if stored != recomputed {
                let text = |amount: Signed| amount.text(currency);
                found.differs(Difference {
                    currency: Some(currency),
                    ..of_hold(
                        what,
                        account,
                        hold.id.as_str(),
                        &text(stored),
                        &text(recomputed),
                    )
                });
            }
        }
    }
}

fn of_hold(
    what: &'static str,
    account: &str,
    id: &str,
    stored: &str,
    recomputed: &str,
) -> Difference {
    Difference {
        what,
        account: Some(account.to_owned()),
        subject: Some(id.to_owned()),
        currency: None,
        stored: stored.to_owned(),
        recomputed: recomputed.to_owned(),
    }
}

/// A standing for people.
fn shown(standing: &Standing) -> String {
    let line = |(currency, line): (&Currency, &holdfast_ledger::fold::Line)| {
        let (held, posted) = (line.held.text(*currency), line.posted.text(*currency));
        let pending = line.pending_credit.text(*currency);
        format!("{currency} held {held} posted {posted} pending {pending}")
    };
    let lines: Vec<String> = standing.lines.iter().map(line).collect();
    format!("{} until {}", lines.join(", "), when(standing.expires))
}

fn when(moment: Option<Moment>) -> String {
    moment.map_or_else(|| "never".to_owned(), |at| format!("{} ms", at.0))
}
