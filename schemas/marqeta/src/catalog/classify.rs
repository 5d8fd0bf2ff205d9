//! What a notification is: where it goes and what it books.

use super::effect::{Effect, NothingWhy, Unbookable};
use super::particulars::Particulars;
use super::{Template, TypeEntry, find_type, is_known_method, spending};
use crate::notification::Notification;
use holdfast_events::Topic;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::{CardAndMerchant, Fact, Kind, Message, Role, Source, State};
use holdfast_ledger::money::Amount;

/// What the program has decided about messages that can be read in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// Book credits without a JIT block too. By default they are Marqeta's own balance's
    /// (`refunds_destination` GPA): alerted, not booked.
    pub credits_without_jit: bool,
}

/// What a notification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// Where it is published.
    pub topic: Topic,
    /// Its row of the table; `None` for an unknown type.
    pub entry: Option<&'static TypeEntry>,
    /// What it means for the books.
    pub effect: Effect,
    /// What a person should hear of.
    pub alert: Option<AlertKind>,
}

/// Looks a notification up in the table.
#[must_use]
pub fn classify(notification: &Notification, rules: Rules) -> Classified {
    let Some(entry) = find_type(&notification.transaction_type) else {
        return unknown_type(notification);
    };
    let effect = effect(notification, entry, rules);
    Classified {
        topic: topic(notification, entry),
        entry: Some(entry),
        alert: alert(notification, &effect),
        effect,
    }
}

/// A type that could not be read is not an unknown one: it may be money.
fn unknown_type(notification: &Notification) -> Classified {
    let unreadable = notification
        .faults
        .iter()
        .find(|fault| fault.field() == Some("type"));
    let (effect, alert) = match unreadable {
        Some(fault) => (
            Effect::Unbookable(fault.clone().into()),
            AlertKind::Unbookable,
        ),
        None => (
            Effect::Nothing(NothingWhy::UnknownType),
            AlertKind::UnknownType,
        ),
    };
    Classified {
        topic: Topic::Notices,
        entry: None,
        effect,
        alert: Some(alert),
    }
}

/// A request that failed shrinks what we had set aside for it.
fn topic(notification: &Notification, entry: &TypeEntry) -> Topic {
    if notification.is_failed() && entry.is_authorization() {
        Topic::Reversals
    } else {
        entry.topic()
    }
}

fn alert(notification: &Notification, effect: &Effect) -> Option<AlertKind> {
    let unknown_method = || {
        notification
            .method
            .as_deref()
            .is_some_and(|method| !is_known_method(method))
    };
    match effect {
        Effect::Unbookable(_) => Some(AlertKind::Unbookable),
        Effect::Nothing(NothingWhy::CreditWithoutJit) => Some(AlertKind::CreditWithoutJit),
        Effect::Nothing(NothingWhy::Elsewhere) => {
            let is_funded_here = notification.has_jit() && !notification.is_failed();
            is_funded_here.then_some(AlertKind::NotBooked)
        }
        Effect::Nothing(_) => None,
        Effect::Book(_) if matches!(notification.state, State::Other(_)) => {
            Some(AlertKind::UnknownState)
        }
        Effect::Book(_) if unknown_method() => Some(AlertKind::UnknownMethod),
        Effect::Book(_) if is_partial_cash(notification) => Some(AlertKind::CashPartiallyApproved),
        Effect::Book(_) => impact_differs(notification).then_some(AlertKind::ImpactedAmountDiffers),
    }
}

/// Cash is all or nothing: a machine that pays out a part was approved by others (reference section 4.2).
fn is_partial_cash(notification: &Notification) -> bool {
    const PARTIALLY_APPROVED: &str = "0002";
    spending::is_cash_withdrawal(&notification.transaction_type)
        && !notification.is_failed()
        && notification.response_code.as_deref() == Some(PARTIALLY_APPROVED)
}

/// A cross-check of size only (reference section 7.1): the sign is not the same in all of Marqeta's samples,
/// and an impact of nothing says nothing.
fn impact_differs(notification: &Notification) -> bool {
    let Some(impact) = notification.impacted_amount.filter(|sum| !sum.is_zero()) else {
        return false;
    };
    let told = [notification.amount, notification.jit_amount];
    !told
        .iter()
        .flatten()
        .any(|amount| amount.value() == impact.value().abs())
}

fn effect(notification: &Notification, entry: &TypeEntry, rules: Rules) -> Effect {
    let of = Particulars::of_notification(notification);
    let kind = match entry.template {
        Template::Twin => return Effect::Nothing(NothingWhy::Twin),
        Template::Elsewhere => return Effect::Nothing(NothingWhy::Elsewhere),
        template => template.kind(&of),
    };
    let Some(kind) = kind else {
        return Effect::Nothing(NothingWhy::NonFinancial);
    };
    let is_kept_by_marqeta = entry.template.is_credit()
        && !notification.has_jit()
        && !notification.is_failed()
        && !rules.credits_without_jit;
    match fact(notification, entry, &of, kind) {
        Err(unbookable) => Effect::Unbookable(unbookable),
        Ok(_) if is_kept_by_marqeta => Effect::Nothing(NothingWhy::CreditWithoutJit),
        Ok(None) => Effect::Nothing(NothingWhy::FailedInUnknownCurrency),
        Ok(Some(fact)) => Effect::Book(Box::new(Message {
            role: role(entry, &fact.kind),
            links: notification.links(),
            fact,
        })),
    }
}

fn role(entry: &TypeEntry, kind: &Kind) -> Role {
    if *kind == Kind::ForceCapture {
        Role::Alone
    } else {
        entry.role
    }
}

fn fact(
    notification: &Notification,
    entry: &TypeEntry,
    of: &Particulars<'_>,
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
    let amount = match of.booked(entry.template) {
        Some(amount) => amount,
        None if needs_amount => return Err(Unbookable::NoAmount),
        None => Amount::ZERO,
    };
    Ok(Some(Fact {
        token: notification.token.clone(),
        source: Source::Notified(notification.state.clone()),
        amount,
        currency,
        created: notification.created,
        preceding: notification.preceding.clone(),
        expiration: notification.authorization_expiration,
        days: None,
        card_and_merchant: card_and_merchant(notification, &kind),
        increase: Amount::ZERO,
        kind,
    }))
}

/// Where it happened, for what may be matched by it or counts for a limit.
fn card_and_merchant(notification: &Notification, kind: &Kind) -> Option<CardAndMerchant> {
    let card_and_merchant = || {
        let card_and_merchant = CardAndMerchant {
            card: notification.card.clone(),
            merchant: notification.merchant.mid.clone(),
            merchant_name: notification.merchant.comparable_name(),
            merchant_city: notification.merchant.comparable_city(),
            approval: notification.approval_code.clone(),
            network: notification.network_chain.clone(),
            product: notification.card_product.clone(),
            mcc: notification.merchant.mcc.clone(),
            class: spending::class(
                find_type(&notification.transaction_type),
                &notification.transaction_type,
            ),
            cash: notification.cash_back_amount.unwrap_or(Amount::ZERO),
        };
        card_and_merchant.if_known()
    };
    kind.has_card_and_merchant()
        .then(card_and_merchant)
        .flatten()
}
