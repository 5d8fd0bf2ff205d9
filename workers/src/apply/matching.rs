//! Finding the purchase of a message that no token leads to: of a force capture by score, whichever of the
//! two comes first (reference section 6.10); of a follow-up by the network's chain (section 7.2).

use super::adjustment;
use holdfast_ledger::book::{Account, Route};
use holdfast_ledger::fact::{Fact, Kind, Message, Source};
use holdfast_ledger::hold::{Hold, Score, best};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use holdfast_store::StoreError;
use holdfast_store::journal::Event;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Unit;

/// A network's chain is looked for so far back: as long as the longest authorization lasts.
const CHAIN_DAYS: u16 = 30;

/// The unit that has just booked a message, and under which settings.
pub(super) struct Matching<'a> {
    pub(super) unit: &'a mut Unit,
    pub(super) program: &'a ProgramSettings,
    pub(super) now: Moment,
}

impl Matching<'_> {
    /// Before a follow-up is booked that none of its tokens leads anywhere: looks for the purchase whose network
    /// chain it is part of, among the account's recent ones.
    pub(super) async fn before(
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
        let since = self.now.minus_days(CHAIN_DAYS);
        let recent = self.unit.recent_holds(&account.token, since).await?;
        let of_chain = |hold: &Hold| {
            let scenes = hold.facts.iter().filter_map(|fact| fact.scene.as_ref());
            let mut chains = scenes.filter_map(|scene| scene.network.as_ref());
            chains.any(|chain| message.links.network.as_ref() == Some(chain))
        };
        let found = recent.iter().find(|hold| of_chain(hold));
        if let Some(id) = found.map(|hold| hold.id.clone()) {
            remember(account, recent);
            account.keys.insert(key, id);
        }
        Ok(())
    }

    /// Matches the hold that was just booked, if it is a capture that has no purchase, or a purchase that others
    /// approved for us and that a capture may have been waiting for. A purchase that we were asked about
    /// comes before its capture, and is found from there.
    pub(super) async fn after(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
        fact: &Fact,
    ) -> Result<Option<Event>, StoreError> {
        match fact.kind {
            Kind::ForceCapture if fact.stands() => self.capture(account, booked).await,
            Kind::Opener if fact.stands() && is_adopted(account, booked, fact) => {
                self.purchase(account, booked).await
            }
            _ => Ok(None),
        }
    }

    async fn capture(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
    ) -> Result<Option<Event>, StoreError> {
        let told = account.holds.get(booked).and_then(Hold::unmatched_capture);
        let Some(capture) = told.cloned() else {
            return Ok(None);
        };
        let days = self.program.force_capture_match_days;
        let told = capture.created.unwrap_or(self.now).min(self.now);
        let since = told.minus_days(days.saturating_add(1));
        let recent = self.unit.recent_holds(&account.token, since).await?;
        remember(account, recent);
        let found = best(&capture, account.holds.values(), days)
            .map(|(hold, score)| (hold.id.clone(), score));
        Ok(found.and_then(|(purchase, score)| self.enact(account, (booked, &purchase), score)))
    }

    async fn purchase(
        &mut self,
        account: &mut Account,
        booked: &HoldId,
    ) -> Result<Option<Event>, StoreError> {
        let waiting = self.unit.unmatched_holds(&account.token).await?;
        remember(account, waiting);
        let days = self.program.force_capture_match_days;
        let Some(purchase) = account.holds.get(booked) else {
            return Ok(None);
        };
        let weighed = account.holds.values().filter_map(|hold| {
            let capture = hold.unmatched_capture()?;
            let score = Score::of(capture, purchase, days)?;
            Some((score, hold.id.clone()))
        });
        Ok(weighed
            .max()
            .and_then(|(score, capture)| self.enact(account, (&capture, booked), score)))
    }

    /// The two become one story, if they fit well enough.
    fn enact(
        &self,
        account: &mut Account,
        (capture, purchase): (&HoldId, &HoldId),
        score: Score,
    ) -> Option<Event> {
        if score.0 < self.program.force_capture_match_score {
            return None;
        }
        let act = TransactionToken::numbered("match:", uuid::Uuid::now_v7().as_u128());
        let by = (&act, &Source::Matched, score);
        let plan = account
            .plan_match((capture, purchase), by)
            .inspect_err(
                |error| tracing::error!(%error, hold.id = %purchase, "Cannot match a capture"),
            )
            .ok()??;
        let fact = plan.purchase.hold.facts.last()?.clone();
        let event = adjustment::event(account, &fact, &plan.purchase, self.now);
        tracing::info!(hold.id = %purchase, capture.hold = %capture, score = score.0, "Matched a force capture");
        account.enact(plan.purchase);
        account.enact(plan.capture);
        event
    }
}

/// What the unit already knows of a hold is newer than what was read.
fn remember(account: &mut Account, holds: Vec<Hold>) {
    for hold in holds {
        account.holds.entry(hold.id.clone()).or_insert(hold);
    }
}

/// Did others approve it for us?
fn is_adopted(account: &Account, booked: &HoldId, fact: &Fact) -> bool {
    let facts = account.holds.get(booked).map(|hold| &hold.facts);
    facts.is_some_and(|facts| {
        !facts
            .iter()
            .any(|known| known.token == fact.token && known.source == Source::Decision)
    })
}
