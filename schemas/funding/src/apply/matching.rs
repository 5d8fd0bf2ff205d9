//! Finding the purchase of a message that no token leads to: of a clearing by evidence, whichever of the two
//! comes first (reference sections 6.10 and 7.2); of a follow-up by the network's chain (section 7.2).
//!
//! Evidence never outranks tokens: where a later message shows by its tokens which purchase a clearing is of,
//! a match by evidence is taken back.

use super::adjustment;
use holdfast_ledger::book::{Account, MatchPlan, Route};
use holdfast_ledger::fact::{Fact, Kind, MatchSide, Message, Source};
use holdfast_ledger::hold::{Hold, MatchAct, Score, best_match};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use holdfast_store::StoreError;
use holdfast_store::decision::{StoredDecision, StoredOutcome};
use holdfast_store::journal::Event;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Unit;
use std::collections::BTreeMap;

/// Our decisions, by transaction.
type Decisions = BTreeMap<TransactionToken, Vec<StoredDecision>>;

/// Holds are looked for so far back: as long as the longest authorization lasts.
const HOLD_DAYS: u16 = 31;

/// The unit that has just booked a message, and under which settings.
pub(super) struct Matching<'a> {
    pub(super) unit: &'a mut Unit,
    pub(super) program: &'a ProgramSettings,
    pub(super) now: Moment,
}

impl Matching<'_> {
    /// Before a follow-up is booked that none of its tokens leads anywhere: looks for the purchase whose network
    /// chain it is part of, among the account's recent ones.
    pub(super) async fn find_by_network_chain(
        &mut self,
        account: &mut Account,
        message: &Message,
    ) -> Result<(), StoreError> {
        let Some(key) = message.links.by_network(message.role) else {
            return Ok(());
        };
        if account.route(&message.links, message.role) != Route::New {
            return Ok(());
        }
        let since = self.now.minus_days(HOLD_DAYS);
        let recent = self.unit.recent_holds(&account.token, since).await?;
        let of_chain = |hold: &Hold| {
            let cards_and_merchants = hold
                .facts
                .iter()
                .filter_map(|fact| fact.card_and_merchant.as_ref());
            let mut chains = cards_and_merchants
                .filter_map(|card_and_merchant| card_and_merchant.network.as_ref());
            chains.any(|chain| message.links.network.as_ref() == Some(chain))
        };
        let found = recent.iter().find(|hold| of_chain(hold));
        if let Some(id) = found.map(|hold| hold.id.clone()) {
            keep_unknown(account, recent);
            account.keys.insert(key, id);
        }
        Ok(())
    }

    /// After a message is booked: takes back matches that it contradicts, then matches the hold if it is of a
    /// clearing that has no purchase, or of a purchase that a clearing may have been waiting for: any message may
    /// have opened it again. `may_wait` says that the account may have such clearings.
    pub(super) async fn match_booked(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
        fact: &Fact,
        may_wait: bool,
    ) -> Result<Vec<Event>, StoreError> {
        let (mut events, reopened) = self.take_back_contradicted(account, booked).await?;
        let is_clearing = matches!(fact.kind, Kind::ForceCapture | Kind::Clearing { .. });
        if is_clearing && fact.stands() && fact.is_final() {
            events.extend(self.match_clearing(account, booked, fact).await?);
        }
        if may_wait || !reopened.is_empty() {
            let waiting = self.unit.unmatched_holds(&account.token).await?;
            keep_unknown(account, waiting);
            // Several clearings may have been waiting for one purchase.
            for purchase in std::iter::once(booked).chain(&reopened) {
                while let Some(event) = self.match_purchase(account, purchase) {
                    events.push(event);
                }
            }
        }
        Ok(events)
    }

    /// A match by score is taken back where the clearing is now known to follow an authorization of its own, or
    /// was declined or failed. Returns the events, and the purchases that have more open again.
    async fn take_back_contradicted(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
    ) -> Result<(Vec<Event>, Vec<HoldId>), StoreError> {
        let (mut events, mut reopened) = (Vec::new(), Vec::new());
        let Some(hold) = account.holds.get(booked) else {
            return Ok((events, reopened));
        };
        let is_linked = !hold.is_of_clearings_alone();
        let is_void = |clearing: &TransactionToken| {
            let mut of_clearing = hold.facts.iter().filter(|fact| fact.token == *clearing);
            of_clearing.any(Fact::is_cancelled)
        };
        let contradicted: Vec<(TransactionToken, HoldId)> = hold
            .clearing_matches()
            .filter(|matched| matched.side == MatchSide::Clearing && matched.is_by_score)
            .filter(|matched| is_linked || is_void(matched.clearing))
            .map(|matched| (matched.act.clone(), matched.with.clone()))
            .collect();
        for (act, with) in contradicted {
            let Some(partner) = self.read_partner(account, &with).await? else {
                continue;
            };
            reopened.push(partner.id.clone());
            // Under the name that the match has for it, also where it was merged into another hold since.
            let merged = account.holds.insert(with.clone(), partner);
            let plan = account.plan_unmatch(booked, &act);
            match merged {
                Some(hold) => drop(account.holds.insert(with, hold)),
                None => drop(account.holds.remove(&with)),
            }
            events.extend(
                plan.ok()
                    .flatten()
                    .and_then(|plan| self.apply(account, plan)),
            );
        }
        Ok((events, reopened))
    }

    /// The hold of this name, or the one that has taken it over.
    async fn read_partner(
        &mut self,
        account: &Account,
        id: &HoldId,
    ) -> Result<Option<Hold>, StoreError> {
        let mut id = id.clone();
        loop {
            let known = account.holds.get(&id).cloned();
            let hold = match known {
                Some(hold) => hold,
                None => {
                    let name = [(account.token.clone(), id)];
                    let found = self.unit.read_holds(&name).await?;
                    match found.into_iter().next() {
                        Some((_, hold)) => hold,
                        None => return Ok(None),
                    }
                }
            };
            match &hold.merged_into {
                None => return Ok(Some(hold)),
                Some(into) => id = into.clone(),
            }
        }
    }

    async fn match_clearing(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
        fact: &Fact,
    ) -> Result<Option<Event>, StoreError> {
        let hold = account.holds.get(booked);
        let unmatched = hold.map(Hold::unmatched_clearings).unwrap_or_default();
        let Some(clearing) = unmatched
            .into_iter()
            .find(|known| known.token == fact.token)
        else {
            return Ok(None);
        };
        let clearing = clearing.clone();
        let days = self.program.force_capture_match_days;
        let cleared_at = clearing.created.unwrap_or(self.now).min(self.now);
        let since = cleared_at.minus_days(days.saturating_add(1).max(HOLD_DAYS));
        let recent = self.unit.recent_holds(&account.token, since).await?;
        keep_unknown(account, recent);
        let found = best_match(&clearing, account.holds.values(), days)
            .map(|(hold, score)| (hold.id.clone(), score));
        Ok(found.and_then(|(purchase, score)| {
            self.match_holds(account, (booked, &clearing.token), &purchase, score)
        }))
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

/// What the unit already knows of a hold is newer than what was read.
fn keep_unknown(account: &mut Account, holds: Vec<Hold>) {
    for hold in holds {
        account.holds.entry(hold.id.clone()).or_insert(hold);
    }
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
