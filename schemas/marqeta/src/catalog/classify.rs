//! What a notification is: where it goes, what it books, and what of it needs review.

use super::effect::{NothingWhy, Unbookable};
use super::fact::{booked_amount, build_fact};
use super::finding::{describe, find_alert};
use super::{Template, TypeEntry, find_type};
use crate::transaction::Transaction;
use holdfast_events::Topic;
use holdfast_funding::processor::{Finding, MessageEffect};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::{Fact, Kind, Role, Source};
use holdfast_ledger::money::Amount;

/// What a notification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// Where it is published.
    pub topic: Topic,
    /// Its row of the table; `None` for an unknown type.
    pub entry: Option<&'static TypeEntry>,
    /// What it means for the books.
    pub effect: MessageEffect,
    /// What needs review of the message by itself.
    pub finding: Option<Finding>,
}

/// Looks a notification up in the table.
#[must_use]
pub fn classify(notification: &Transaction) -> Classified {
    let Some(entry) = find_type(&notification.transaction_type) else {
        return unknown_type(notification);
    };
    let (effect, alert) = effect_of(notification, entry);
    Classified {
        topic: topic_of(notification, entry),
        entry: Some(entry),
        effect,
        finding: alert.map(|kind| describe(kind, notification)),
    }
}

/// A type that could not be read is not an unknown one: it may be money.
fn unknown_type(notification: &Transaction) -> Classified {
    let mut faults = notification.faults.iter();
    let unreadable = faults.find(|fault| fault.field() == Some("type"));
    let (effect, alert) = match unreadable {
        Some(fault) => explain_unbookable(&fault.clone().into()),
        None => (
            MessageEffect::Nothing(NothingWhy::UnknownType.explain(notification)),
            AlertKind::UnknownType,
        ),
    };
    Classified {
        topic: Topic::Notices,
        entry: None,
        effect,
        finding: Some(describe(alert, notification)),
    }
}

fn explain_unbookable(why: &Unbookable) -> (MessageEffect, AlertKind) {
    (
        MessageEffect::Unbookable(why.to_string()),
        AlertKind::Unbookable,
    )
}

/// A request that failed shrinks what was held for it.
fn topic_of(notification: &Transaction, entry: &TypeEntry) -> Topic {
    if notification.is_failed() && entry.is_authorization() {
        Topic::Reversals
    } else {
        entry.topic()
    }
}

/// The effect, and the kind of alert that comes with it.
fn effect_of(notification: &Transaction, entry: &TypeEntry) -> (MessageEffect, Option<AlertKind>) {
    let nothing = |why: NothingWhy| MessageEffect::Nothing(why.explain(notification));
    let kind = match entry.template {
        Template::GpaTransaction => return (nothing(NothingWhy::GpaTransaction), None),
        Template::Elsewhere => {
            let is_funded_here = notification.has_jit() && !notification.is_failed();
            let alert = is_funded_here.then_some(AlertKind::NotBooked);
            return (nothing(NothingWhy::Elsewhere), alert);
        }
        template => template.kind(notification),
    };
    let Some(kind) = kind else {
        return (nothing(NothingWhy::NonFinancial), None);
    };
    match bookable_fact(notification, entry, kind) {
        Err(why) => {
            let (effect, alert) = explain_unbookable(&why);
            (effect, Some(alert))
        }
        Ok(None) => (nothing(NothingWhy::FailedInUnknownCurrency), None),
        Ok(Some(fact)) => (
            book_fact(notification, entry, fact),
            find_alert(notification),
        ),
    }
}

/// A credit without a JIT block is Marqeta's own balance's (`refunds_destination` GPA), unless the program says
/// otherwise.
fn book_fact(notification: &Transaction, entry: &TypeEntry, fact: Fact) -> MessageEffect {
    let is_kept_by_marqeta =
        entry.template.is_credit() && !notification.has_jit() && !notification.is_failed();
    let (role, fact) = (role_of(entry, &fact.kind), Box::new(fact));
    if is_kept_by_marqeta {
        MessageEffect::KeptByProcessor {
            fact,
            role,
            because: NothingWhy::CreditWithoutJit.explain(notification),
            finding: describe(AlertKind::CreditWithoutJit, notification),
        }
    } else {
        MessageEffect::Book { fact, role }
    }
}

fn role_of(entry: &TypeEntry, kind: &Kind) -> Role {
    if *kind == Kind::ForceCapture {
        Role::Alone
    } else {
        entry.role
    }
}

fn bookable_fact(
    notification: &Transaction,
    entry: &TypeEntry,
    kind: Kind,
) -> Result<Option<Fact>, Unbookable> {
    if let Some(fault) = notification.faults.first() {
        return Err(Unbookable::Fault(fault.clone()));
    }
    let currency = match (notification.currency, &notification.currency_code) {
        (Some(currency), _) => currency,
        (None, _) if notification.is_failed() => return Ok(None),
        (None, Some(_)) => return Err(Unbookable::UnknownCurrency),
        (None, None) => return Err(Unbookable::NoCurrency),
    };
    let needs_amount =
        !notification.is_failed() && !matches!(kind, Kind::FullReversal | Kind::IssuerExpiration);
    let amount = match booked_amount(notification, entry.template) {
        Some(amount) => amount,
        None if needs_amount => return Err(Unbookable::NoAmount),
        None => Amount::ZERO,
    };
    let source = Source::Notified(notification.state.clone());
    Ok(Some(build_fact(
        notification,
        source,
        kind,
        amount,
        currency,
    )))
}
