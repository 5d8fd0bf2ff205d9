//! The disputes of a purchase: which of an account's dispute messages are about it, step by step.

use super::MessageView;
use crate::processor::{CardMessage, Content, parse_normalised};
use holdfast_events::moment;
use holdfast_ledger::entry::{Entry, Layer, Side};
use holdfast_ledger::fact::Links;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_store::transaction::DisputeRecord;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A dispute with its steps, oldest first.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeView {
    /// Marqeta's token of the dispute, where a message names it.
    pub dispute: Option<String>,
    /// Its messages.
    pub steps: Vec<DisputeStepView>,
    /// What it has moved to the customer so far, by currency; negative was taken.
    pub moved: Vec<MovedView>,
}

/// A message of a dispute.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeStepView {
    /// Its own token.
    pub transaction: String,
    /// Marqeta's transaction type.
    pub r#type: String,
    /// Marqeta's state of the message.
    pub state: String,
    /// Where the dispute stands by it, such as `CASE_WON`.
    pub dispute_state: Option<String>,
    /// `waiting`, `applied` or `parked`.
    pub status: String,
    /// Amount, merchant, card and date.
    pub message: MessageView,
    /// When it came.
    pub received_at: String,
}

/// Money that moved finally in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedView {
    /// How much; positive is to the customer.
    pub amount: String,
    /// In which currency.
    pub currency: &'static str,
}

/// The names by which a message may say that it is about the purchase.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Tokens of its transactions.
    pub(super) transactions: BTreeSet<String>,
    /// Tokens of its JIT messages.
    pub(super) jit: BTreeSet<String>,
}

/// A dispute message that was read.
struct Step {
    record: DisputeRecord,
    message: CardMessage,
    key: String,
}

impl DisputeView {
    /// The disputes among an account's messages that are about the purchase with these names.
    pub(super) fn all_of(records: Vec<DisputeRecord>, names: Names) -> Vec<Self> {
        let steps = records.into_iter().filter_map(Step::read);
        let mut disputes: Vec<(String, Vec<Step>)> = Vec::new();
        for step in related_steps(steps.collect(), names) {
            match disputes.iter_mut().find(|(key, _)| *key == step.key) {
                Some((_, steps)) => steps.push(step),
                None => disputes.push((step.key.clone(), vec![step])),
            }
        }
        disputes
            .into_iter()
            .map(|(_, steps)| Self::of(steps))
            .collect()
    }

    fn of(mut steps: Vec<Step>) -> Self {
        steps.sort_by_key(|step| step.message.created.unwrap_or(step.record.received));
        let name = |step: &Step| step.message.notice.clearing.dispute.as_ref()?.token.clone();
        Self {
            dispute: steps.iter().find_map(name),
            moved: moved_amounts(&steps),
            steps: steps.into_iter().map(DisputeStepView::from).collect(),
        }
    }
}

impl Step {
    fn read(record: DisputeRecord) -> Option<Self> {
        let Content::CardMessage(message) = parse_normalised(&record.message.0) else {
            return None;
        };
        let key = dispute_key(&message);
        Some(Self {
            record,
            message: *message,
            key,
        })
    }
}

/// What all messages of a dispute have in common; a correction beside it says so by the dispute's token alone.
fn dispute_key(message: &CardMessage) -> String {
    let Links {
        dispute,
        preceding,
        original,
        own,
        ..
    } = message.links.clone();
    let named = message
        .notice
        .clearing
        .dispute
        .as_ref()
        .and_then(|of| of.token.clone());
    let by_link = || format!("of:{}", preceding.or(original).unwrap_or(own));
    dispute
        .map(|token| token.as_str().to_owned())
        .or(named)
        .unwrap_or_else(by_link)
}

/// The messages that name the purchase, and those that name these or their dispute.
fn related_steps(mut others: Vec<Step>, mut names: Names) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::new();
    loop {
        let (related, rest): (Vec<Step>, Vec<Step>) = others.into_iter().partition(|step| {
            is_about(&step.message, &names) || found.iter().any(|known| known.key == step.key)
        });
        if related.is_empty() {
            return found;
        }
        let tokens = related.iter().map(|step| step.record.token.clone());
        names.transactions.extend(tokens);
        found.extend(related);
        others = rest;
    }
}

fn is_about(message: &CardMessage, names: &Names) -> bool {
    let transactions = [
        Some(&message.token),
        message.links.preceding.as_ref(),
        message.links.original.as_ref(),
    ];
    let mut transactions = transactions.into_iter().flatten();
    transactions.any(|token| names.transactions.contains(token.as_str()))
        || message
            .links
            .original_jit
            .as_ref()
            .is_some_and(|token| names.jit.contains(token.as_str()))
}

/// The customer's final money, once for each token: two states of one token have the same journal lines.
fn moved_amounts(steps: &[Step]) -> Vec<MovedView> {
    let mut tokens = BTreeSet::new();
    let mut sums: BTreeMap<Currency, Signed> = BTreeMap::new();
    for step in steps {
        let is_new = tokens.insert(step.record.token.as_str());
        let lines = step
            .record
            .entries
            .iter()
            .filter(|line| is_new && is_final(line));
        for line in lines {
            let sum = sums.entry(line.currency).or_default();
            *sum = sum.plus(line.amount).unwrap_or(*sum);
        }
    }
    let view = |(currency, sum): (Currency, Signed)| MovedView {
        amount: sum.text(currency),
        currency: currency.code(),
    };
    sums.into_iter().map(view).collect()
}

fn is_final(line: &Entry) -> bool {
    line.side == Side::Customer && line.layer == Layer::Settled
}

impl From<Step> for DisputeStepView {
    fn from(
        Step {
            record, message, ..
        }: Step,
    ) -> Self {
        Self {
            transaction: record.token,
            r#type: record.kind,
            state: record.state,
            dispute_state: message
                .notice
                .clearing
                .dispute
                .as_ref()
                .and_then(|of| of.state.clone()),
            status: record.status,
            message: MessageView::from(&message),
            received_at: moment::text(record.received),
        }
    }
}

#[cfg(test)]
mod tests;
