//! Letting a hold go by hand.

use super::adjustment_event::CommandChange;
use super::audited::{Change, CommandUnit, describe_hold};
use super::{ATTEMPTS, Actor, CommandError, Rejection, lock_account};
use crate::adjustment::ChangedHold;
use crate::retry::Attempts;
use holdfast_events::AdjustmentKind;
use holdfast_ledger::book::Account;
use holdfast_ledger::entry::Entry;
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_store::Store;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::journal::Event;
use holdfast_store::unit::Unit;

/// A hold that was released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Its account.
    pub account: AccountToken,
    /// The hold as it is now.
    pub hold: Hold,
}

/// Releases what a hold still holds. What is cleared later is booked all the same, and an increment
/// that is approved later holds again.
///
/// # Errors
/// [`CommandError`]; [`Rejection::HoldClosed`] when it holds nothing.
pub async fn release(
    store: &Store,
    actor: &Actor,
    (id, reason): (&HoldId, &str),
    now: Moment,
) -> Result<Released, CommandError> {
    let (account, _) = store.hold(id).await?.ok_or(Rejection::UnknownHold)?;
    // One event for all attempts: it tells whether an attempt without a response was committed.
    let act = Act {
        event: uuid::Uuid::now_v7(),
        actor,
        reason,
        now,
    };
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        let result = release_once(store, &act, &account, id).await;
        if !attempts.wait_for_another(&result).await {
            return result;
        }
    }
}

struct Act<'a> {
    event: uuid::Uuid,
    actor: &'a Actor,
    reason: &'a str,
    now: Moment,
}

async fn release_once(
    store: &Store,
    act: &Act<'_>,
    account: &AccountToken,
    id: &HoldId,
) -> Result<Released, CommandError> {
    let mut unit = CommandUnit::begin(store).await?;
    let mut book = lock_account(&mut unit, account).await?;
    let hold = read_hold(&mut unit, account, id).await?;
    let token = act.token()?;
    if hold.facts.iter().any(|known| known.token == token) {
        return Ok(Released {
            account: account.clone(),
            hold,
        });
    }
    if hold.merged_into.is_some() || !hold.standing.is_open() {
        return Err(Rejection::HoldClosed.into());
    }
    let plan = book.plan_act(&hold, act.fact(&hold, token)?)?;
    let released = Released {
        account: account.clone(),
        hold: plan.hold.clone(),
    };
    let (entries, changed) = (plan.entries.clone(), ChangedHold::of_plan(&plan));
    book.apply_plan(plan);
    let event = act.event(&book, (&released.hold, changed), entries);
    unit.write_books([&book]).await?;
    let change = Change {
        actor: act.actor,
        action: AuditAction::Released,
        object: (AuditObject::Hold, hold.id.as_str().to_owned()),
        account: Some(account),
        before: Some(describe_hold(&hold)),
        after: Some(describe_hold(&released.hold)),
        reason: Some(act.reason),
        at: act.now,
    };
    unit.commit_change(change, &[event]).await?;
    Ok(released)
}

async fn read_hold(
    unit: &mut Unit,
    account: &AccountToken,
    id: &HoldId,
) -> Result<Hold, CommandError> {
    let found = unit.read_holds(&[(account.clone(), id.clone())]).await?;
    let found = found.into_iter().next().ok_or(Rejection::UnknownHold)?;
    Ok(found.1)
}

impl Act<'_> {
    /// A token that no message of Marqeta's has.
    fn token(&self) -> Result<TransactionToken, CommandError> {
        let token = TransactionToken::parse(&format!("release:{}", self.event));
        token.map_err(|_| Rejection::UnknownHold.into())
    }

    /// The act as a fact. It counts after everything that is known, and not later: our clock and
    /// Marqeta's are not the same, and an increment that is approved afterwards holds again.
    fn fact(&self, hold: &Hold, token: TransactionToken) -> Result<Fact, CommandError> {
        let currency = hold
            .standing
            .lines
            .keys()
            .next()
            .ok_or(Rejection::HoldClosed)?;
        let all_timed = hold.facts.iter().all(|fact| fact.created.is_some());
        let latest = hold.facts.iter().filter_map(|fact| fact.created).max();
        Ok(Fact {
            created: latest.filter(|_| all_timed),
            ..Fact::new(
                token,
                Source::Operator,
                Kind::Release,
                Amount::ZERO,
                *currency,
            )
        })
    }

    fn event(
        &self,
        book: &Account,
        (hold, changed): (&Hold, ChangedHold),
        entries: Vec<Entry>,
    ) -> Event {
        let event = CommandChange {
            id: self.event,
            kind: AdjustmentKind::Released,
            key: &book.token,
            account: Some(book),
            hold: Some(changed),
            transaction: hold.original_token().map(|token| token.as_str().to_owned()),
            state: None,
            actor: self.actor,
            reason: self.reason.to_owned(),
            reference: None,
            capture: None,
            entries,
            at: self.now,
        };
        event.build()
    }
}
