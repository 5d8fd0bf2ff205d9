//! The plan of one message: who owns it, what it books, which purchase it leads to.

use super::adjustment;
use super::anomalies;
use super::evidence::{Evidence, MissingEvidence};
use super::item::{Item, cancelled_before};
use super::matching::{BookedMessage, Matching, follows_our_decline};
use super::network_chain::find_by_network_chain;
use super::other_account::find_other_account;
use super::snapshot::Snapshot;
use crate::dead_letter::ParkedBecause;
use crate::processor::Finding;
use holdfast_events::DeadLetterCode;
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::fact::{Fact, Message};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::HoldId;
use holdfast_store::journal::Event;
use holdfast_store::program::ProgramSettings;

/// The hold that a message changed, if any; or why the message is parked.
pub(super) type PlannedOutcome = Result<Option<HoldId>, ParkedBecause>;

const NO_ACCOUNT: &str = "booking the message: its account is unknown; register its card or create its account, then replay it";

/// How far the plan of an item is.
#[derive(Default)]
pub(super) struct ItemPlan {
    pub(super) events: Vec<Event>,
    pub(super) findings: Vec<Finding>,
    /// The message in the books, once it is there.
    booked: Option<BookedMessage>,
}

impl ItemPlan {
    /// Books the message in memory, then looks for its purchase. Called again after missing evidence was read, it
    /// continues where it was.
    pub(super) fn plan_message(
        &mut self,
        snapshot: &mut Snapshot,
        item: &Item,
        message: &Message,
        now: Moment,
    ) -> Result<PlannedOutcome, MissingEvidence> {
        if self.booked.is_none()
            && let Some(finished) = self.plan_booking(snapshot, item, message, now)?
        {
            return Ok(finished);
        }
        self.plan_matching(snapshot, item, &message.fact, now)
    }

    /// Books the message. Returns its outcome where no purchase is to be looked for.
    fn plan_booking(
        &mut self,
        snapshot: &mut Snapshot,
        item: &Item,
        message: &Message,
        now: Moment,
    ) -> Result<Option<PlannedOutcome>, MissingEvidence> {
        let (program, evidence) = (&snapshot.program, &snapshot.evidence);
        let Some(account) = snapshot.known.accounts.get_mut(&item.key.account) else {
            return Ok(Some(without_account(&message.fact)));
        };
        if let Some(because) = prepare_account(account, evidence, (item, message), now)? {
            return Ok(Some(Err(because)));
        }
        let follows_decline = follows_our_decline(account, message, &snapshot.known.decisions);
        let outcome = self.book_message(account, message, program, now);
        for undoing in cancelled_before(item, program.book_credits_without_jit) {
            drop(self.book_message(account, &undoing, program, now));
        }
        if follows_decline {
            self.findings.push(anomalies::after_decline(&message.fact));
            return Ok(Some(outcome.map(Some)));
        }
        match outcome {
            Ok(hold) => self.booked = Some(BookedMessage::new(hold)),
            Err(because) => return Ok(Some(Err(because))),
        }
        Ok(None)
    }

    fn book_message(
        &mut self,
        account: &mut Account,
        message: &Message,
        program: &ProgramSettings,
        now: Moment,
    ) -> Result<HoldId, ParkedBecause> {
        let plan = plan_hold(account, message, program, now)?;
        let fact = &message.fact;
        self.events
            .extend(adjustment::event(account, fact, &plan, now));
        let found = anomalies::find_new(account, fact, &plan, program);
        self.findings.extend(found);
        let hold = plan.hold.id.clone();
        account.apply_plan(plan);
        // Also where the decline came first, and nothing moves: the order of the two must not show.
        if fact.stands() && !fact.amount.is_zero() {
            account.open_balance(fact.currency);
        }
        Ok(hold)
    }

    fn plan_matching(
        &mut self,
        snapshot: &mut Snapshot,
        item: &Item,
        fact: &Fact,
        now: Moment,
    ) -> Result<PlannedOutcome, MissingEvidence> {
        let account = snapshot.known.accounts.get_mut(&item.key.account);
        let Some((account, booked)) = account.zip(self.booked.as_mut()) else {
            return Ok(without_account(fact));
        };
        let mut matching = Matching {
            evidence: &snapshot.evidence,
            program: &snapshot.program,
            now,
            events: &mut self.events,
        };
        let may_wait = snapshot.unmatched.may_wait_at(&item.key.account);
        matching.match_booked(account, booked, fact, may_wait)?;
        let unmatched = &mut snapshot.unmatched;
        unmatched.note_booked(account, &booked.hold, fact, item);
        Ok(Ok(Some(booked.hold.clone())))
    }
}

/// What came to nothing needs no account. Should the message itself come later, it is found then.
fn without_account(fact: &Fact) -> PlannedOutcome {
    if fact.is_cancelled() {
        Ok(None)
    } else {
        Err(ParkedBecause::new(DeadLetterCode::NoAccount, NO_ACCOUNT))
    }
}

/// Before a message is booked: refuses another account's, and finds the purchase of its network chain.
fn prepare_account(
    account: &mut Account,
    evidence: &Evidence,
    (item, message): (&Item, &Message),
    now: Moment,
) -> Result<Option<ParkedBecause>, MissingEvidence> {
    let other = find_other_account(evidence, account, message, item.names_account)?;
    if other.is_none() {
        find_by_network_chain(evidence, account, message, now)?;
    }
    Ok(other)
}

fn plan_hold(
    account: &Account,
    message: &Message,
    program: &ProgramSettings,
    now: Moment,
) -> Result<Plan, ParkedBecause> {
    let id = HoldId::numbered("h-", uuid::Uuid::now_v7().as_u128());
    let plan = account.plan(message, &id, program.policy(), now);
    plan.map_err(|error| {
        let error = format!("folding the hold: {error}");
        ParkedBecause::new(DeadLetterCode::NotApplied, error)
    })
}
