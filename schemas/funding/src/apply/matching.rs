//! Finding the purchase of a clearing that no token leads to, by evidence, whichever of the two comes first
//! (reference sections 6.10 and 7.2).
//!
//! Evidence never outranks tokens: where a later message shows by its tokens which purchase a clearing is of,
//! a match by evidence is taken back.

use super::adjustment;
use super::evidence::{Evidence, MissingEvidence, SoughtEvidence};
use super::network_chain::{HOLD_DAYS, keep_unknown};
use holdfast_ledger::book::{Account, MatchPlan, Route};
use holdfast_ledger::fact::{Fact, Kind, MatchSide, Message, Source};
use holdfast_ledger::hold::{Hold, MatchAct, Score, best_match};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use holdfast_store::decision::{StoredDecision, StoredOutcome};
use holdfast_store::journal::Event;
use holdfast_store::program::ProgramSettings;
use std::collections::BTreeMap;

/// Our decisions, by transaction.
type Decisions = BTreeMap<TransactionToken, Vec<StoredDecision>>;

/// A message in the books whose purchase is being looked for.
pub(super) struct BookedMessage {
    /// The hold that it changed.
    pub(super) hold: HoldId,
    /// Purchases that have more open again.
    reopened: Vec<HoldId>,
    /// Are all matches taken back that it contradicts?
    is_taken_back: bool,
    /// Was its own purchase looked for?
    is_matched: bool,
}

impl BookedMessage {
    pub(super) fn new(hold: HoldId) -> Self {
        Self {
            hold,
            reopened: Vec::new(),
            is_taken_back: false,
            is_matched: false,
        }
    }
}

/// Matches what was booked, under the program's settings.
pub(super) struct Matching<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) program: &'a ProgramSettings,
    pub(super) now: Moment,
    /// The events of what is matched and taken back.
    pub(super) events: &'a mut Vec<Event>,
}

impl Matching<'_> {
    /// After a message is booked: takes back matches that it contradicts, then matches the hold if it is of a
    /// clearing that has no purchase, or of a purchase that a clearing may have been waiting for: any message may
    /// have opened it again. `may_wait` says that the account may have such clearings.
    pub(super) fn match_booked(
        &mut self,
        account: &mut Account,
        booked: &mut BookedMessage,
        fact: &Fact,
        may_wait: bool,
    ) -> Result<(), MissingEvidence> {
        if !booked.is_taken_back {
            self.take_back_contradicted(account, booked)?;
            booked.is_taken_back = true;
        }
        let is_clearing = matches!(fact.kind, Kind::ForceCapture | Kind::Clearing { .. });
        if is_clearing && fact.stands() && fact.is_final() && !booked.is_matched {
            self.match_clearing(account, &booked.hold, fact)?;
            booked.is_matched = true;
        }
        if may_wait || !booked.reopened.is_empty() {
            self.match_waiting(account, booked)?;
        }
        Ok(())
    }

    /// Matches the purchases that the message opened, or opened again, to clearings that wait.
    fn match_waiting(
        &mut self,
        account: &mut Account,
        booked: &BookedMessage,
    ) -> Result<(), MissingEvidence> {
        let waiting = SoughtEvidence::UnmatchedHolds(account.token.clone());
        keep_unknown(account, self.evidence.find_holds(waiting)?);
        // Several clearings may have been waiting for one purchase.
        for purchase in std::iter::once(&booked.hold).chain(&booked.reopened) {
            while let Some(event) = self.match_purchase(account, purchase) {
                self.events.push(event);
            }
        }
        Ok(())
    }

    /// A match by score is taken back where the clearing is now known to follow an authorization of its own, or
    /// was declined or failed. What is taken back is contradicted no more, so that this may be called again.
    fn take_back_contradicted(
        &mut self,
        account: &mut Account,
        booked: &mut BookedMessage,
    ) -> Result<(), MissingEvidence> {
        for (act, with) in list_contradicted(account, &booked.hold) {
            let Some(partner) = self.find_partner(account, &with)? else {
                continue;
            };
            booked.reopened.push(partner.id.clone());
            // Under the name that the match has for it, also where it was merged into another hold since.
            let merged = account.holds.insert(with.clone(), partner);
            let plan = account.plan_unmatch(&booked.hold, &act);
            match merged {
                Some(hold) => drop(account.holds.insert(with, hold)),
                None => drop(account.holds.remove(&with)),
            }
            let plan = plan.ok().flatten();
            let event = plan.and_then(|plan| self.apply(account, plan));
            self.events.extend(event);
        }
        Ok(())
    }

    /// The hold of this name, or the one that has taken it over.
    fn find_partner(
        &self,
        account: &Account,
        id: &HoldId,
    ) -> Result<Option<Hold>, MissingEvidence> {
        let mut id = id.clone();
        loop {
            let hold = match account.holds.get(&id) {
                Some(hold) => Some(hold),
                None => {
                    let sought = SoughtEvidence::Hold(account.token.clone(), id);
                    self.evidence.find_holds(sought)?.first()
                }
            };
            match hold.map(|hold| &hold.merged_into) {
                Some(Some(into)) => id = into.clone(),
                Some(None) | None => return Ok(hold.cloned()),
            }
        }
    }

    fn match_clearing(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
        fact: &Fact,
    ) -> Result<(), MissingEvidence> {
        let hold = account.holds.get(booked);
        let unmatched = hold.map(Hold::unmatched_clearings).unwrap_or_default();
        let Some(clearing) = unmatched
            .into_iter()
            .find(|known| known.token == fact.token)
        else {
            return Ok(());
        };
        let clearing = clearing.clone();
        let days = self.program.force_capture_match_days;
        let cleared_at = clearing.created.unwrap_or(self.now).min(self.now);
        let since = cleared_at.minus_days(days.saturating_add(1).max(HOLD_DAYS));
        let recent = SoughtEvidence::RecentHolds(account.token.clone(), since);
        keep_unknown(account, self.evidence.find_holds(recent)?);
        let found = best_match(&clearing, account.holds.values(), days)
            .map(|(hold, score)| (hold.id.clone(), score));
        let event = found.and_then(|(purchase, score)| {
            self.match_holds(account, (booked, &clearing.token), &purchase, score)
        });
        self.events.extend(event);
        Ok(())
    }

    /// Matches the purchase to the best of the clearings that wait.
    fn match_purchase(&self, account: &mut Account, booked: &HoldId) -> Option<Event> {
        let days = self.program.force_capture_match_days;
        let purchase = account.holds.get(booked)?;
        let clearings = account.holds.values().flat_map(|hold| {
            let unmatched = hold.unmatched_clearings().into_iter();
            unmatched.map(move |clearing| (hold, clearing))
        });
        let weighed = clearings.filter_map(|(hold, clearing)| {
            let score = Score::of(clearing, purchase, days)?;
            Some((score, hold.id.clone(), clearing.token.clone()))
        });
        let (score, hold, clearing) = weighed.max()?;
        self.match_holds(account, (&hold, &clearing), booked, score)
    }

    /// The two are matched, if they fit well enough.
    fn match_holds(
        &self,
        account: &mut Account,
        clearing: (&HoldId, &TransactionToken),
        purchase: &HoldId,
        score: Score,
    ) -> Option<Event> {
        if score.0 < self.program.force_capture_match_score {
            return None;
        }
        let token = TransactionToken::numbered("match:", uuid::Uuid::now_v7().as_u128());
        let act = MatchAct {
            token: &token,
            source: &Source::Matched,
            score,
        };
        let plan = account
            .plan_match(clearing, purchase, act)
            .inspect_err(
                |error| tracing::error!(%error, hold.id = %purchase, "Cannot match a clearing"),
            )
            .ok()??;
        self.apply(account, plan)
    }

    fn apply(&self, account: &mut Account, plan: MatchPlan) -> Option<Event> {
        let fact = plan.purchase.hold.facts.last()?.clone();
        let event = adjustment::event(account, &fact, &plan.purchase, self.now);
        account.apply_plan(plan.purchase);
        account.apply_plan(plan.clearing);
        event
    }
}

/// The matches that a booked hold contradicts: their names, and the purchases they are with.
fn list_contradicted(account: &Account, booked: &HoldId) -> Vec<(TransactionToken, HoldId)> {
    let Some(hold) = account.holds.get(booked) else {
        return Vec::new();
    };
    let is_linked = !hold.is_of_clearings_alone();
    let is_void = |clearing: &TransactionToken| {
        let mut of_clearing = hold.facts.iter().filter(|fact| fact.token == *clearing);
        of_clearing.any(Fact::is_cancelled)
    };
    hold.clearing_matches()
        .filter(|matched| matched.side == MatchSide::Clearing && matched.is_by_score)
        .filter(|matched| is_linked || is_void(matched.clearing))
        .map(|matched| (matched.act.clone(), matched.with.clone()))
        .collect()
}

/// Does a clearing follow an authorization that we declined, and of which no notification has come yet? Then its
/// tokens do lead somewhere, and no other purchase is looked for.
pub(super) fn follows_our_decline(account: &Account, message: &Message, known: &Decisions) -> bool {
    let is_clearing = matches!(message.fact.kind, Kind::Clearing { .. });
    let decisions = message
        .links
        .preceding
        .as_ref()
        .and_then(|token| known.get(token));
    let is_declined = |decision: &StoredDecision| {
        decision.account == account.token && decision.outcome != StoredOutcome::Approved
    };
    is_clearing
        && decisions.is_some_and(|decisions| decisions.iter().any(is_declined))
        && account.route(&message.links, message.role) == Route::New
}
