//! What a stored record says between its lines: its messages read, its hold, the names of its purchase.

use super::dispute::Names;
use super::full_explanation;
use super::no_money::{Decided, Notified, Unmoved, explain_no_money};
use crate::processor::{CardMessage, Content, parse_normalised};
use holdfast_ledger::fact::{Fact, Source};
use holdfast_ledger::hold::Hold;
use holdfast_store::transaction::{DecisionRecord, NotificationRecord, TransactionRecord};
use serde::Deserialize;

/// The card messages of the record's notifications, one for each.
pub(super) fn read_messages(record: &TransactionRecord) -> Vec<Option<CardMessage>> {
    let read = |stored: &NotificationRecord| match parse_normalised(&stored.message.0) {
        Content::CardMessage(message) => Some(*message),
        Content::Transition(_) | Content::Unreadable(_) => None,
    };
    record.notifications.iter().map(read).collect()
}

/// The hold that counts the transaction; else one that its keys lead to.
pub(super) fn find_hold<'a>(token: &str, record: &'a TransactionRecord) -> Option<&'a Hold> {
    let counts = |hold: &Hold| hold.facts.iter().any(|fact| fact.is_of_message(token));
    let counting = record.holds.iter().find(|(_, hold)| counts(hold));
    counting.or(record.holds.first()).map(|(_, hold)| hold)
}

/// Why the transaction, which has no journal line of the customer's, moved no money.
pub(super) fn explain(
    token: &str,
    record: &TransactionRecord,
    messages: &[Option<CardMessage>],
) -> String {
    let notified = record.notifications.iter().zip(messages);
    explain_no_money(&Unmoved {
        decided: record.decisions.first().map(decided_of),
        notified: notified
            .map(|(stored, message)| notified_of(stored, message.as_ref()))
            .collect(),
        hold: find_hold(token, record),
    })
}

fn notified_of<'a>(
    stored: &'a NotificationRecord,
    message: Option<&'a CardMessage>,
) -> Notified<'a> {
    Notified {
        state: &stored.state,
        status: &stored.status,
        error: stored.error.as_deref(),
        is_booked: stored.hold.is_some(),
        message,
    }
}

fn decided_of(decision: &DecisionRecord) -> Decided {
    #[derive(Deserialize)]
    struct Why {
        #[serde(default)]
        checks: Vec<Check>,
    }
    #[derive(Deserialize)]
    struct Check {
        check: String,
        verdict: String,
        because: Option<String>,
    }
    let why: Option<Why> =
        serde_json::from_str(full_explanation(&decision.why, decision.rules).get()).ok();
    let checks = why.map(|why| why.checks).unwrap_or_default();
    let refused = checks
        .into_iter()
        .rev()
        .find(|check| check.verdict == "refused");
    Decided {
        outcome: decision.outcome,
        refused_by: refused.map(|refused| (refused.check, refused.because)),
    }
}

/// The names by which a dispute may say that it is about this purchase.
pub(super) fn name_purchase(
    token: &str,
    record: &TransactionRecord,
    messages: &[Option<CardMessage>],
) -> Names {
    let facts = record.holds.iter().flat_map(|(_, hold)| &hold.facts);
    let is_marqetas = |fact: &&Fact| matches!(fact.source, Source::Decision | Source::Notified(_));
    let tokens = facts
        .filter(is_marqetas)
        .map(|fact| fact.token.as_str().to_owned());
    let messages = messages.iter().flatten();
    let jit = messages.flat_map(|message| [&message.links.jit, &message.links.original_jit]);
    let jit = jit.flatten().map(|token| token.as_str().to_owned());
    Names {
        transactions: tokens.chain([token.to_owned()]).collect(),
        jit: jit
            .chain(record.decisions.iter().filter_map(requested_jit))
            .collect(),
    }
}

/// The JIT token of a request's stored summary.
fn requested_jit(decision: &DecisionRecord) -> Option<String> {
    #[derive(Deserialize)]
    struct Summary {
        jit_token: Option<String>,
    }
    let summary: Summary = serde_json::from_str(decision.request.get()).ok()?;
    summary.jit_token
}
