//! What a planned change of a hold is called in its event, and what caused it.

use crate::adjustment::{BooksChange, ChangedHold};
use crate::hold_after::balance_after;
use holdfast_events::{AdjustmentCause, AdjustmentKind, Capture};
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::time::Moment;
use holdfast_store::journal::Event;

/// The event of a planned change; `None` when neither books nor hold change.
pub(super) fn event(account: &Account, fact: &Fact, plan: &Plan, now: Moment) -> Option<Event> {
    let is_match = matches!(fact.kind, Kind::Match { .. }) || fact.source == Source::Undone;
    if plan.entries.is_empty() && !is_match && !plan.changes_hold() {
        return None;
    }
    let state = match &fact.source {
        Source::Notified(state) => Some(state.as_str().to_owned()),
        _ => None,
    };
    let token = fact.token.as_str().to_owned();
    let balances = plan.balances.iter();
    let change = BooksChange {
        id: uuid::Uuid::now_v7(),
        kind: adjustment_kind(fact, plan),
        cause: (cause(fact), Some(token.clone())),
        key: &account.token,
        hold: Some(ChangedHold::of_plan(plan)),
        transaction: state.is_some().then_some(token),
        state,
        occurred: fact.created,
        manual: None,
        capture: capture_of(fact),
        entries: plan.entries.clone(),
        balances: balances
            .map(|(currency, balance)| balance_after(*currency, balance))
            .collect(),
        at: now,
    };
    Some(change.build())
}

fn cause(fact: &Fact) -> AdjustmentCause {
    match fact.source {
        Source::Expiry => AdjustmentCause::Expiry,
        Source::Operator => AdjustmentCause::Operator,
        Source::Matched | Source::Undone => AdjustmentCause::Match,
        Source::Notified(_) | Source::Decision | Source::Refusal => AdjustmentCause::Notification,
    }
}

fn capture_of(fact: &Fact) -> Option<Capture> {
    match &fact.kind {
        Kind::Match { with, score, .. } => Some(Capture {
            hold: with.as_str().to_owned(),
            score: *score,
        }),
        _ => None,
    }
}

fn adjustment_kind(fact: &Fact, plan: &Plan) -> AdjustmentKind {
    let ours = plan
        .hold
        .facts
        .iter()
        .any(|known| known.token == fact.token && known.source == Source::Decision);
    if fact.source == Source::Undone {
        return AdjustmentKind::Unmatched;
    }
    if fact.is_cancelled() || ours {
        return AdjustmentKind::Repaired;
    }
    match fact.kind {
        Kind::Original | Kind::Increment => AdjustmentKind::Adopted,
        Kind::Advice { .. }
        | Kind::PartialReversal
        | Kind::FullReversal
        | Kind::IssuerExpiration
        | Kind::Release => AdjustmentKind::Released,
        Kind::Expiry { .. } => AdjustmentKind::Expired,
        Kind::Clearing { .. } | Kind::ForceCapture => AdjustmentKind::Cleared,
        Kind::CreditAuthorization { .. } => AdjustmentKind::Pending,
        Kind::Match { .. } => AdjustmentKind::Matched,
        Kind::Dispute(_) => AdjustmentKind::Disputed,
        Kind::Debit
        | Kind::DebitReversal
        | Kind::Credit
        | Kind::CreditClearing
        | Kind::CreditReversal
        | Kind::Nothing => AdjustmentKind::Posted,
    }
}
