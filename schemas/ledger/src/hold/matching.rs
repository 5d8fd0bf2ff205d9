//! Which purchase is a force capture of? No token tells, so card, merchant, approval code, amount and
//! days are weighed (reference sections 6.10 and 7.2). A match is a fact on both holds, so that it can be
//! seen, and taken back.

use super::Hold;
use crate::fact::{Fact, Kind, Scene, Source};
use crate::fold;
use crate::money::Amount;
use crate::time::Moment;
use crate::token::{HoldId, TransactionToken};
use rust_decimal::Decimal;

/// How well a capture and a purchase fit, in points; 100 is everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u8);

impl Score {
    /// What a match by hand is worth.
    pub const BY_HAND: Self = Self(100);
    /// The same card; without it nothing fits.
    const CARD: i16 = 25;
    /// The same merchant.
    const MERCHANT: i16 = 25;
    /// The same approval code; another one speaks against it.
    const APPROVAL: i16 = 30;
    /// The same amount.
    const AMOUNT: i16 = 20;
    /// An amount within a quarter: tips, exchange rates.
    const NEARLY: i16 = 10;

    /// Weighs a capture against a hold; `None` when the hold cannot be its purchase: another card or
    /// currency, collected, reversed or matched before, or not of the `days` before the capture.
    #[must_use]
    pub fn of(capture: &Fact, hold: &Hold, days: u16) -> Option<Self> {
        let purchase = Purchase::of(hold)?;
        let scene = capture.scene.as_ref()?;
        let is_same_card = scene.card.is_some() && scene.card == purchase.scene.card;
        if !is_same_card || !purchase.is_open_for(capture, hold, days) {
            return None;
        }
        let merchant = compare(&scene.merchant, &purchase.scene.merchant);
        let approval = compare(&scene.approval, &purchase.scene.approval);
        let points = Self::CARD
            + Self::MERCHANT * i16::from(merchant == Some(true))
            + approval.map_or(0, |same| {
                if same {
                    Self::APPROVAL
                } else {
                    -Self::APPROVAL
                }
            })
            + amount(capture.amount, purchase.amount(capture, hold));
        Some(Self(u8::try_from(points.max(0)).unwrap_or(u8::MAX)))
    }
}

fn compare(one: &Option<String>, other: &Option<String>) -> Option<bool> {
    one.as_ref()
        .zip(other.as_ref())
        .map(|(one, other)| one == other)
}

fn amount(captured: Amount, held: Amount) -> i16 {
    let difference = (captured.value() - held.value()).abs();
    if captured == held {
        Score::AMOUNT
    } else if difference * Decimal::from(4) <= held.value() {
        Score::NEARLY
    } else {
        0
    }
}

/// What a hold says of its purchase.
struct Purchase {
    opened: Option<Moment>,
    scene: Scene,
}

impl Purchase {
    /// The opener that stands, with all that any fact of it knows of the scene: a request has no approval code.
    fn of(hold: &Hold) -> Option<Self> {
        let views = fold::views(&hold.facts);
        let opener = views
            .into_iter()
            .find(|fact| fact.kind == Kind::Opener && fact.stands())?;
        let scenes = hold
            .facts
            .iter()
            .filter(|fact| fact.token == opener.token)
            .filter_map(|fact| fact.scene.as_ref());
        let mut whole = Scene::default();
        for scene in scenes {
            whole.card = whole.card.or_else(|| scene.card.clone());
            whole.merchant = whole.merchant.or_else(|| scene.merchant.clone());
            whole.approval = whole.approval.or_else(|| scene.approval.clone());
        }
        Some(Self {
            opened: opener.created,
            scene: whole,
        })
    }

    /// Open or expired, nothing of it collected, and not older than so many days.
    fn is_open_for(&self, capture: &Fact, hold: &Hold, days: u16) -> bool {
        let line = hold.standing.line(capture.currency);
        let ended =
            |fact: &&Fact| fact.stands() && matches!(fact.kind, Kind::FullReversal | Kind::Release);
        let in_time = match (self.opened, capture.created) {
            (Some(opened), Some(captured)) => captured <= opened.plus_days(days),
            _ => true,
        };
        hold.merged_into.is_none()
            && !line.authorized.is_zero()
            && line.cleared.is_zero()
            && in_time
            && hold.matched().is_none()
            && !fold::views(&hold.facts).iter().any(ended)
    }

    /// What is held, or was until it expired.
    fn amount(&self, capture: &Fact, hold: &Hold) -> Amount {
        let line = hold.standing.line(capture.currency);
        if line.held.is_zero() {
            line.authorized.less(line.released)
        } else {
            line.held
        }
    }
}

/// The hold that fits a capture best, and how well; of equals the one opened last.
#[must_use]
pub fn best<'a>(
    capture: &Fact,
    holds: impl IntoIterator<Item = &'a Hold>,
    days: u16,
) -> Option<(&'a Hold, Score)> {
    holds
        .into_iter()
        .filter_map(|hold| Some((hold, Score::of(capture, hold, days)?)))
        .max_by(|(one, a), (other, b)| (a, &one.id).cmp(&(b, &other.id)))
}

/// A match as one of its two holds knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched<'a> {
    /// The act that made it; taking it back names this one.
    pub act: &'a TransactionToken,
    /// The other hold.
    pub with: &'a HoldId,
    /// How well they fit.
    pub score: Score,
}

impl Hold {
    /// The match that stands between this hold and another one, if any.
    #[must_use]
    pub fn matched(&self) -> Option<Matched<'_>> {
        let is_match = |fact: &Fact| matches!(fact.kind, Kind::Match { .. });
        if !self.facts.iter().any(is_match) {
            return None;
        }
        fold::views(&self.facts)
            .into_iter()
            .find_map(|fact| match &fact.kind {
                Kind::Match { with, score } => Some(Matched {
                    act: &fact.token,
                    with,
                    score: Score(*score),
                }),
                _ => None,
            })
    }

    /// The force capture of this hold that nobody has found a purchase for.
    #[must_use]
    pub fn unmatched_capture(&self) -> Option<&Fact> {
        // A hold that was merged into another has no facts of its own any more.
        if !self.has_capture() || self.matched().is_some() {
            return None;
        }
        fold::views(&self.facts)
            .into_iter()
            .find(|fact| fact.kind == Kind::ForceCapture && fact.stands())
    }

    /// Is it a force capture's own hold?
    #[must_use]
    pub fn has_capture(&self) -> bool {
        self.facts
            .iter()
            .any(|fact| fact.kind == Kind::ForceCapture)
    }

    /// The fact that takes this hold's side of a match back.
    #[must_use]
    pub fn undo_match(&self) -> Option<Fact> {
        let matched = self.matched()?;
        let act = self.facts.iter().find(|fact| fact.token == *matched.act)?;
        Some(Fact {
            source: Source::Undone,
            kind: Kind::Nothing,
            ..act.clone()
        })
    }

    /// The facts that match a capture's hold and a purchase's, one for each of the two in this order. It
    /// counts after the purchase's opener and not before the capture: what is approved later holds again.
    #[must_use]
    pub fn match_facts(
        capture: &Self,
        purchase: &Self,
        (act, source, score): (&TransactionToken, &Source, Score),
    ) -> Option<(Fact, Fact)> {
        let told = capture.unmatched_capture()?;
        let opener = fold::views(&purchase.facts)
            .into_iter()
            .find(|fact| fact.kind == Kind::Opener)?;
        let fact = |with: &Self, preceding: &Fact| Fact {
            token: act.clone(),
            source: source.clone(),
            kind: Kind::Match {
                with: with.id.clone(),
                score: score.0,
            },
            amount: told.amount,
            currency: told.currency,
            created: told.created,
            preceding: Some(preceding.token.clone()),
            expiration: None,
            days: None,
            scene: None,
            increase: Amount::ZERO,
        };
        Some((fact(purchase, told), fact(capture, opener)))
    }
}
