//! Matching a force capture to its purchase by hand, and taking a match back, by evidence or by hand
//! (reference section 6.10). Both holds are on one account, whose lock makes two operators take turns.

use super::adjustment_event::CommandChange;
use super::audited::{Change, CommandUnit, describe_hold};
use super::{ATTEMPTS, Actor, CommandError, Rejection, lock_account};
use crate::adjustment::ChangedHold;
use crate::retry::Attempts;
use holdfast_events::{AdjustmentKind, Capture};
use holdfast_ledger::book::{Account, MatchPlan};
use holdfast_ledger::fact::Source;
use holdfast_ledger::hold::{Hold, MatchAct, Score};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_store::Store;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::unit::Unit;
use serde_json::json;

/// A purchase that was matched, or is so no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rematched {
    /// Its account.
    pub account: AccountToken,
    /// The purchase's hold as it is now.
    pub purchase: Hold,
}

/// Matches a force capture, by the name of its own hold, to a purchase: what is still held for that is
/// released, because the capture has cleared it.
///
/// # Errors
/// [`CommandError`]; a [`Rejection`] when the two are not on one account, when the one is no capture or the other
/// no purchase, or when either of them is matched.
pub async fn match_by_hand(
    store: &Store,
    actor: &Actor,
    (purchase, capture): (&HoldId, &HoldId),
    reason: &str,
    now: Moment,
) -> Result<Rematched, CommandError> {
    let (account, _) = store.hold(purchase).await?.ok_or(Rejection::UnknownHold)?;
    let other = store
        .hold(capture)
        .await?
        .ok_or(Rejection::UnknownCapture)?;
    if other.0 != account {
        return Err(Rejection::OtherAccount.into());
    }
    let command = MatchCommand::new(actor, reason, now);
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        let result = match_once(store, &command, &account, (purchase, capture)).await;
        if !attempts.wait_for_another(&result).await {
            return result;
        }
    }
}

/// Takes back the match of a hold, the purchase's or the capture's: what was released is held again, and both
/// can be matched again.
///
/// # Errors
/// [`CommandError`]; [`Rejection::NotMatched`] when there is no match.
pub async fn unmatch(
    store: &Store,
    actor: &Actor,
    (either, reason): (&HoldId, &str),
    now: Moment,
) -> Result<Rematched, CommandError> {
    let (account, _) = store.hold(either).await?.ok_or(Rejection::UnknownHold)?;
    let command = MatchCommand::new(actor, reason, now);
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        let is_first = attempts.is_first();
        let result = unmatch_once(store, &command, &account, (either, is_first)).await;
        if !attempts.wait_for_another(&result).await {
            return result;
        }
    }
}

/// A manual match or its end. All attempts share one event, which shows whether an attempt without a response was
/// committed.
#[derive(Debug)]
pub struct MatchCommand<'a> {
    event: uuid::Uuid,
    actor: &'a Actor,
    reason: &'a str,
    now: Moment,
}

impl<'a> MatchCommand<'a> {
    /// A command with an event of its own.
    #[must_use]
    pub fn new(actor: &'a Actor, reason: &'a str, now: Moment) -> Self {
        let event = uuid::Uuid::now_v7();
        Self {
            event,
            actor,
            reason,
            now,
        }
    }

    /// A token that no message of Marqeta's has.
    fn token(&self) -> Result<TransactionToken, CommandError> {
        let token = TransactionToken::parse(&format!("match:{}", self.event));
        token.map_err(|_| Rejection::UnknownHold.into())
    }
}

/// One attempt of [`match_by_hand`].
///
/// # Errors
/// [`CommandError`].
pub async fn match_once(
    store: &Store,
    command: &MatchCommand<'_>,
    account: &AccountToken,
    (purchase, capture): (&HoldId, &HoldId),
) -> Result<Rematched, CommandError> {
    let mut unit = CommandUnit::begin(store).await?;
    let mut book = lock_account(&mut unit, account).await?;
    let purchase = read_hold(&mut unit, account, purchase).await?;
    let capture = read_hold(&mut unit, account, capture).await?;
    let token = command.token()?;
    if purchase.has_message(&token) {
        let account = account.clone();
        return Ok(Rematched { account, purchase });
    }
    check_fit(&purchase, &capture)?;
    let clearing = capture.unmatched_clearing().ok_or(Rejection::NotACapture)?;
    let clearing = clearing.token.clone();
    let ids = (capture.id.clone(), purchase.id.clone());
    for hold in [purchase, capture] {
        book.holds.insert(hold.id.clone(), hold);
    }
    let by = MatchAct {
        token: &token,
        source: &Source::Operator,
        score: Score::BY_HAND,
    };
    let plan = book.plan_match((&ids.0, &clearing), &ids.1, by)?;
    let plan = plan.ok_or(Rejection::NotAPurchase)?;
    let kind = AdjustmentKind::Matched;
    commit_match(unit, command, book, (plan, kind, Score::BY_HAND)).await
}

/// One attempt of [`unmatch`]; of several only the first is `is_first`.
///
/// # Errors
/// [`CommandError`].
pub async fn unmatch_once(
    store: &Store,
    command: &MatchCommand<'_>,
    account: &AccountToken,
    (either, is_first): (&HoldId, bool),
) -> Result<Rematched, CommandError> {
    let mut unit = CommandUnit::begin(store).await?;
    let mut book = lock_account(&mut unit, account).await?;
    let one = read_hold(&mut unit, account, either).await?;
    let done = match is_first {
        true => None,
        false => unit.journaled_hold(account, command.event).await?,
    };
    if let Some(purchase) = done {
        let purchase = read_hold(&mut unit, account, &purchase).await?;
        let account = account.clone();
        return Ok(Rematched { account, purchase });
    }
    // Of several the one that was made last.
    let matched = one.clearing_matches().last().ok_or(Rejection::NotMatched)?;
    let (with, score, made_by) = (matched.with.clone(), matched.score, matched.act.clone());
    let other = read_hold(&mut unit, account, &with).await?;
    // Under the name that the match has for it, also where it was merged into another hold since.
    book.holds.insert(with, other);
    let either = one.id.clone();
    book.holds.insert(either.clone(), one);
    let plan = book
        .plan_unmatch(&either, &made_by)?
        .ok_or(Rejection::NotMatched)?;
    commit_match(
        unit,
        command,
        book,
        (plan, AdjustmentKind::Unmatched, score),
    )
    .await
}

/// Are the two free to be matched? Whether the one is a purchase at all the books know themselves.
fn check_fit(purchase: &Hold, capture: &Hold) -> Result<(), Rejection> {
    let is_consumed = purchase.first_match().is_some() && !purchase.standing.is_open();
    if !capture.is_of_clearings_alone() {
        Err(Rejection::NotACapture)
    } else if capture.unmatched_clearing().is_some() && !is_consumed {
        Ok(())
    } else if capture.first_match().is_some() || is_consumed {
        Err(Rejection::AlreadyMatched)
    } else {
        // It was declined, or failed: nothing was cleared.
        Err(Rejection::NotACapture)
    }
}

/// The hold of this name, or the one that has taken it over.
async fn read_hold(
    unit: &mut Unit,
    account: &AccountToken,
    id: &HoldId,
) -> Result<Hold, CommandError> {
    let mut id = id.clone();
    loop {
        let found = unit.read_holds(&[(account.clone(), id)]).await?;
        let (_, hold) = found.into_iter().next().ok_or(Rejection::UnknownHold)?;
        match &hold.merged_into {
            None => return Ok(hold),
            Some(into) => id = into.clone(),
        }
    }
}

async fn commit_match(
    mut unit: CommandUnit,
    command: &MatchCommand<'_>,
    mut book: Account,
    (plan, kind, score): (MatchPlan, AdjustmentKind, Score),
) -> Result<Rematched, CommandError> {
    let (purchase, entries) = (plan.purchase.hold.clone(), plan.purchase.entries.clone());
    let capture = Capture {
        hold: plan.clearing.hold.id.as_str().to_owned(),
        score: score.0,
    };
    let changed = ChangedHold::of_plan(&plan.purchase);
    let before = book.holds.get(&purchase.id).map(describe_hold);
    book.apply_plan(plan.purchase);
    book.apply_plan(plan.clearing);
    let event = CommandChange {
        id: command.event,
        kind,
        key: &book.token,
        account: Some(&book),
        hold: Some(changed),
        transaction: purchase
            .original_token()
            .map(|token| token.as_str().to_owned()),
        state: None,
        actor: command.actor,
        reason: command.reason.to_owned(),
        reference: None,
        capture: Some(capture.clone()),
        entries,
        at: command.now,
    };
    let event = event.build();
    unit.write_books([&book]).await?;
    let change = Change {
        actor: command.actor,
        action: match kind {
            AdjustmentKind::Matched => AuditAction::Matched,
            _ => AuditAction::Unmatched,
        },
        object: (AuditObject::Hold, purchase.id.as_str().to_owned()),
        account: Some(&book.token),
        before,
        after: Some(json!({"capture": capture.hold, "purchase": describe_hold(&purchase)})),
        reason: Some(command.reason),
        at: command.now,
    };
    unit.commit_change(change, &[event]).await?;
    Ok(Rematched {
        account: book.token,
        purchase,
    })
}
