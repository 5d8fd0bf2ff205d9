//! The event of a change to the books.

use crate::journal::NewEvent;
use holdfast_events::{Adjustment, AdjustmentKind, BalanceAfter, Capture, Line, Topic};
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::time::Moment;
use holdfast_store::journal::Event;

/// The event of a planned change; `None` when the books stay as they are.
pub(super) fn event(account: &Account, fact: &Fact, plan: &Plan, now: Moment) -> Option<Event> {
    let is_match = matches!(fact.kind, Kind::Match { .. }) || fact.source == Source::Undone;
    if plan.entries.is_empty() && !is_match {
        return None;
    }
    let balances = plan.balances.iter().map(|(currency, balance)| {
        let available = balance.available().unwrap_or_default();
        BalanceAfter::new(
            *currency,
            balance.posted,
            balance.held,
            balance.pending_credit,
            available,
        )
    });
    let is_notified = matches!(fact.source, Source::Notified(_));
    let token = is_notified.then(|| fact.token.as_str().to_owned());
    let adjustment = Adjustment {
        kind: adjustment_kind(fact, plan),
        account: account.token.as_str().to_owned(),
        hold: Some(plan.hold.id.as_str().to_owned()),
        transaction: token.clone(),
        state: match &fact.source {
            Source::Notified(state) => Some(state.as_str().to_owned()),
            Source::Decision
            | Source::Refusal
            | Source::Expiry
            | Source::Operator
            | Source::Matched
            | Source::Undone => None,
        },
        by_hand: None,
        capture: capture_of(fact),
        entries: plan.entries.iter().map(Line::from).collect(),
        balances: balances.collect(),
    };
    let event = NewEvent {
        id: uuid::Uuid::now_v7(),
        topic: Topic::Adjustments,
        account: &account.token,
        token: token.as_deref(),
        hold: Some(&plan.hold.id),
        payload: &adjustment,
        entries: plan.entries.clone(),
        at: now,
    };
    Some(event.build())
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
        Kind::Clearing { .. } | Kind::ForceCapture => AdjustmentKind::Captured,
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
