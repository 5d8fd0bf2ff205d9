//! Force captures without a purchase, and the purchases that they may be of.

use super::HoldView;
use crate::unmatched::UnmatchedCapture;
use holdfast_events::moment;
use holdfast_ledger::hold::{Hold, Score};
use serde::Serialize;

/// A capture that waits for its purchase: its own hold, and more.
#[derive(Debug, Clone, Serialize)]
pub struct UnmatchedView {
    /// Its account.
    pub account: String,
    /// Its own hold.
    #[serde(flatten)]
    pub hold: HoldView,
    /// The clearing.
    pub capture: CaptureView,
    /// Purchases that it may be of, best first.
    pub candidates: Vec<CandidateView>,
}

/// A force capture as it was notified.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureView {
    /// Its token.
    pub transaction: String,
    /// What was cleared.
    pub amount: String,
    /// In which currency.
    pub currency: &'static str,
    /// When Marqeta created it.
    pub created: Option<String>,
}

/// A purchase that a capture may be of.
#[derive(Debug, Clone, Serialize)]
pub struct CandidateView {
    /// Its hold.
    pub hold: String,
    /// How well the two fit, of 100 points.
    pub score: u8,
    /// The token of its authorization.
    pub transaction: Option<String>,
    /// When it was authorized.
    pub opened: String,
    /// The currency of the amounts.
    pub currency: &'static str,
    /// What was approved.
    pub authorized: String,
    /// What is still held; nothing where it has expired.
    pub held: String,
}

impl UnmatchedView {
    /// Shows a capture; `None` where nothing was captured.
    #[must_use]
    pub fn of(unmatched: &UnmatchedCapture) -> Option<Self> {
        let clearing = unmatched.hold.unmatched_clearing()?;
        Some(Self {
            account: unmatched.account.as_str().to_owned(),
            hold: HoldView::of(&unmatched.hold)?,
            capture: CaptureView {
                transaction: clearing.token.as_str().to_owned(),
                amount: clearing.amount.text(clearing.currency),
                currency: clearing.currency.code(),
                created: clearing.created.map(moment::text),
            },
            candidates: unmatched
                .candidates
                .iter()
                .filter_map(candidate_view)
                .collect(),
        })
    }
}

fn candidate_view((hold, score): &(Hold, Score)) -> Option<CandidateView> {
    let shown = HoldView::of(hold)?;
    let original = hold.facts.iter().find(|fact| fact.kind.opens());
    let opened = original.and_then(|fact| fact.created);
    Some(CandidateView {
        hold: shown.id,
        score: score.0,
        transaction: original.map(|fact| fact.token.as_str().to_owned()),
        opened: moment::text(opened.unwrap_or(hold.opened)),
        currency: shown.currency,
        authorized: shown.authorized,
        held: shown.held,
    })
}
