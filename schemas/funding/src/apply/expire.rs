//! Expiry: closes holds whose time has run out. The expiry is a fact that carries the deadline it was
//! computed from; should a late message give the hold a later one, the fold voids it.

use super::{Applier, adjustment};
use crate::clock::now;
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_store::StoreError;
use holdfast_store::unit::{Locked, Unit, Wanted};
use std::collections::{BTreeMap, BTreeSet};

/// Expires holds whose deadline has passed, at most `limit` of them; returns how many.
/// An account that is busy right now is left for the next round.
///
/// # Errors
/// [`StoreError`].
pub async fn expire_due(applier: &Applier, limit: i64) -> Result<usize, StoreError> {
    let now = now();
    let mut accounts: BTreeMap<AccountToken, Vec<HoldId>> = BTreeMap::new();
    for (account, hold) in applier.store.due_holds(now, limit).await? {
        accounts.entry(account).or_default().push(hold);
    }
    let mut expired = 0_usize;
    for (account, holds) in accounts {
        match expire_account(applier, account, holds, now).await {
            Ok(number) => expired = expired.saturating_add(number),
            Err(StoreError::Again(error)) => {
                tracing::debug!(%error, "Cannot expire an account's holds now, the next round will");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(expired)
}

async fn expire_account(
    applier: &Applier,
    account: AccountToken,
    holds: Vec<HoldId>,
    now: Moment,
) -> Result<usize, StoreError> {
    let wanted = Wanted {
        accounts: BTreeSet::from([account.clone()]),
        ..Wanted::default()
    };
    let mut unit: Unit = applier.store.begin().await?;
    if unit
        .lock_accounts(&wanted.accounts, Locked::Skip)
        .await?
        .is_empty()
    {
        return Ok(0);
    }
    let mut known = unit.read_known(&wanted).await?;
    let names: Vec<(AccountToken, HoldId)> = holds
        .into_iter()
        .map(|hold| (account.clone(), hold))
        .collect();
    let found = unit.read_holds(&names).await?;
    let Some(book) = known.accounts.get_mut(&account) else {
        return Ok(0);
    };
    let mut events = Vec::new();
    let mut expired = 0_usize;
    for (_, hold) in found {
        let Some(fact) = expiry_of(&hold, now) else {
            continue;
        };
        book.holds.insert(hold.id.clone(), hold.clone());
        match book.plan_act(&hold, fact.clone()) {
            Ok(plan) => {
                events.extend(adjustment::event(book, &fact, &plan, now));
                book.apply_plan(plan);
                expired = expired.saturating_add(1);
            }
            Err(error) => tracing::error!(%error, hold.id = %hold.id, "Cannot expire a hold"),
        }
    }
    unit.write_books([&*book]).await?;
    unit.append_events(&events).await?;
    unit.commit().await?;
    Ok(expired)
}

/// The fact that the hold's time has run out, if it has.
fn expiry_of(hold: &Hold, now: Moment) -> Option<Fact> {
    let deadline = hold.standing.expires.filter(|deadline| *deadline <= now)?;
    let currency: Currency = *hold.standing.lines.keys().next()?;
    let token = format!("expiry-{}-{}", hold.id, deadline.0);
    Some(Fact {
        created: Some(deadline),
        ..Fact::new(
            TransactionToken::parse(&token).ok()?,
            Source::Expiry,
            Kind::Expiry { deadline },
            Amount::ZERO,
            currency,
        )
    })
}
