//! Holds: what is stored, what the journal has booked for them, and what their facts fold to.

use super::range::AccountRange;
use super::sums::Sums;
use super::usage::Recount;
use super::{Difference, Verification, exact};
use crate::{StoreError, json};
use holdfast_ledger::book::Balance;
use holdfast_ledger::fold::Standing;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::HoldId;
use sqlx::{Postgres, Transaction};
use std::collections::{BTreeMap, BTreeSet};

/// Holds read at once.
const PAGE: i64 = 1_000;

/// A stored hold: where it is, itself, and the columns that indexes need.
struct Row {
    shard: i32,
    account: String,
    hold: Hold,
    is_open: bool,
    expires: Option<Moment>,
    is_unmatched: bool,
}

type Columns = (
    i32,
    String,
    String,
    String,
    String,
    String,
    bool,
    time::OffsetDateTime,
    Option<time::OffsetDateTime>,
    Option<String>,
    bool,
);

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
            last.account.clone(),
            Some(last.hold.id.as_str().to_owned()),
        );
        for row in rows {
            let booked = sums
                .holds
                .remove(&(row.account.clone(), row.hold.id.as_str().to_owned()));
            recount.add(&row.account, &row.hold)?;
            compare(found, row, booked.unwrap_or_default())?;
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
) -> Result<Vec<Row>, StoreError> {
    // No name of a hold sorts after this one.
    let end = char::MAX.to_string();
    let rows: Vec<Columns> = sqlx::query_as(include_str!("../../sql/verify_holds.sql"))
        .bind(after.0)
        .bind(&after.1)
        .bind(after.2.as_ref().unwrap_or(&end))
        .bind(range.last.0)
        .bind(&range.last.1)
        .bind(PAGE)
        .fetch_all(&mut **tx)
        .await?;
    rows.into_iter().map(stored).collect()
}

fn stored(columns: Columns) -> Result<Row, StoreError> {
    let (
        shard,
        account,
        id,
        policy,
        facts,
        standing,
        is_open,
        opened,
        expires,
        merged_into,
        is_unmatched,
    ) = columns;
    let name = |id: &str| HoldId::parse(id).map_err(|error| json::unreadable("hold name", &error));
    let hold = Hold {
        id: name(&id)?,
        policy: json::parse("policy", &policy)?,
        opened: json::moment(opened),
        facts: json::parse("facts", &facts)?,
        standing: json::parse("standing", &standing)?,
        merged_into: merged_into.as_deref().map(name).transpose()?,
    };
    let expires = expires.map(json::moment);
    Ok(Row {
        shard,
        account,
        hold,
        is_open,
        expires,
        is_unmatched,
    })
}

fn compare(
    found: &mut Verification,
    row: Row,
    booked: BTreeMap<Currency, Balance>,
) -> Result<(), StoreError> {
    found.holds = found.holds.saturating_add(1);
    let Row {
        account,
        hold,
        is_open,
        expires,
        ..
    } = &row;
    let differs = |what, stored: &str, recomputed: &str| {
        of_hold(what, account, hold.id.as_str(), stored, recomputed)
    };
    let folded = exact(hold.fold())?;
    if folded != hold.standing {
        found.differs(differs(
            "hold_standing",
            &shown(&hold.standing),
            &shown(&folded),
        ));
    }
    if *is_open != hold.standing.is_open() {
        let open = hold.standing.is_open().to_string();
        found.differs(differs("hold_is_open", &is_open.to_string(), &open));
    }
    if *expires != hold.standing.expires {
        let (stored, recomputed) = (when(*expires), when(hold.standing.expires));
        found.differs(differs("hold_expires_at", &stored, &recomputed));
    }
    let is_unmatched = hold.unmatched_clearing().is_some();
    if row.is_unmatched != is_unmatched {
        let (stored, recomputed) = (row.is_unmatched.to_string(), is_unmatched.to_string());
        found.differs(differs("hold_is_unmatched", &stored, &recomputed));
    }
    compare_lines(found, &row, &booked);
    Ok(())
}

fn compare_lines(found: &mut Verification, row: &Row, booked: &BTreeMap<Currency, Balance>) {
    let standing = &row.hold.standing;
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
                        &row.account,
                        row.hold.id.as_str(),
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
