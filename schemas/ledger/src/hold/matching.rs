//! A clearing and the purchase that it was matched to by evidence. A match is a fact on both holds, so that it
//! can be seen, and taken back.

use super::{Hold, Score};
use crate::fact::{Fact, Kind, MatchSide, Source};
use crate::fold;
use crate::token::{HoldId, TransactionToken};

/// A match as one of its two holds knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched<'a> {
    /// The act that made it; taking it back names this one.
    pub act: &'a TransactionToken,
    /// The other hold.
    pub with: &'a HoldId,
    /// The clearing that was matched.
    pub clearing: &'a TransactionToken,
    /// Which of the two this hold is.
    pub side: MatchSide,
    /// It was made by score, not by a person.
    pub is_by_score: bool,
    /// How well they fit.
    pub score: Score,
}

/// How a match is made: under which name, by which actor, and how well the two fit.
#[derive(Debug, Clone, Copy)]
pub struct MatchAct<'a> {
    /// A name that no message can have.
    pub token: &'a TransactionToken,
    /// By score, or by an operator.
    pub source: &'a Source,
    /// The points.
    pub score: Score,
}

impl Hold {
    /// The matches that stand between this hold and others.
    pub fn clearing_matches(&self) -> impl Iterator<Item = Matched<'_>> {
        let is_match = |fact: &Fact| matches!(fact.kind, Kind::Match { .. });
        // Nearly every hold has none, and then its facts need no sorting.
        let views = match self.facts.iter().any(is_match) {
            true => fold::reduce_facts(&self.facts),
            false => Vec::new(),
        };
        views.into_iter().filter_map(|fact| match &fact.kind {
            Kind::Match {
                with,
                clearing,
                side,
                score,
                ..
            } => Some(Matched {
                act: &fact.token,
                with,
                clearing,
                side: *side,
                is_by_score: fact.source == Source::Matched,
                score: Score(*score),
            }),
            _ => None,
        })
    }

    /// The first match that stands, if any.
    #[must_use]
    pub fn first_match(&self) -> Option<Matched<'_>> {
        self.clearing_matches().next()
    }

    /// The first clearing of this hold that leads to no authorization, by its tokens or by a match.
    #[must_use]
    pub fn unmatched_clearing(&self) -> Option<&Fact> {
        self.unmatched_clearings().into_iter().next()
    }

    /// All of them, in the order of their tokens.
    #[must_use]
    pub fn unmatched_clearings(&self) -> Vec<&Fact> {
        // A hold that was merged into another has no facts of its own any more.
        if !self.is_of_clearings_alone() {
            return Vec::new();
        }
        let is_unmatched = |fact: &&Fact| {
            is_clearing(fact)
                && fact.stands()
                && fact.is_final()
                && !self
                    .clearing_matches()
                    .any(|matched| *matched.clearing == fact.token)
        };
        let views = fold::reduce_facts(&self.facts).into_iter();
        views.filter(is_unmatched).collect()
    }

    /// Is it a hold of clearings without an authorization: no message began it, but a force capture may have?
    #[must_use]
    pub fn is_of_clearings_alone(&self) -> bool {
        let begins = |fact: &Fact| fact.kind.opens() && fact.kind != Kind::ForceCapture;
        self.facts.iter().any(is_clearing) && !self.facts.iter().any(begins)
    }

    /// The fact that takes this hold's side of a match back.
    #[must_use]
    pub fn undo_match(&self, act: &TransactionToken) -> Option<Fact> {
        let is_of_act =
            |fact: &&Fact| fact.token == *act && matches!(fact.kind, Kind::Match { .. });
        let fact = self.facts.iter().find(is_of_act)?;
        Some(Fact {
            source: Source::Undone,
            kind: Kind::Nothing,
            ..fact.clone()
        })
    }

    /// The facts that match a clearing of the first hold to the purchase of the second, one for each of the two
    /// in this order. It counts after the purchase's original authorization and not before the clearing: what is
    /// approved later holds again.
    #[must_use]
    pub fn match_facts(
        of_clearing: &Self,
        clearing: &TransactionToken,
        purchase: &Self,
        act: MatchAct<'_>,
    ) -> Option<(Fact, Fact)> {
        let unmatched = of_clearing.unmatched_clearings();
        let cleared = unmatched.into_iter().find(|fact| fact.token == *clearing)?;
        let opener = fold::reduce_facts(&purchase.facts)
            .into_iter()
            .find(|fact| fact.kind == Kind::Original)?;
        let is_final = match cleared.kind {
            Kind::Clearing { is_final, .. } => is_final,
            _ => true,
        };
        let fact = |with: &Self, side, preceding: &Fact| Fact {
            created: cleared.created,
            preceding: Some(preceding.token.clone()),
            ..Fact::new(
                act.token.clone(),
                act.source.clone(),
                Kind::Match {
                    with: with.id.clone(),
                    clearing: clearing.clone(),
                    side,
                    is_final,
                    score: act.score.0,
                },
                cleared.amount,
                cleared.currency,
            )
        };
        Some((
            fact(purchase, MatchSide::Clearing, cleared),
            fact(of_clearing, MatchSide::Purchase, opener),
        ))
    }
}

fn is_clearing(fact: &Fact) -> bool {
    matches!(fact.kind, Kind::Clearing { .. } | Kind::ForceCapture)
}
