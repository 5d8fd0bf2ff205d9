//! A stored notification, read again: what it means for the books.

use super::effect::AppliedEffect;
use super::transition::read_transition;
use crate::dead_letter::ParkedBecause;
use crate::processor::{CardMessage, Content, Finding, MessageEffect, parse_normalised};
use holdfast_events::DeadLetterCode;
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::{Kind, Message};
use holdfast_ledger::time::Moment;
use holdfast_store::notification::{NotificationKey, StoredNotification};
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Wanted;

/// A notification that was read.
pub(super) struct Item {
    pub(super) key: NotificationKey,
    pub(super) effect: AppliedEffect,
    /// The topic its event went to.
    pub(super) topic: String,
    /// Marqeta's transaction type.
    pub(super) transaction_type: Option<String>,
    /// Did the message's own JIT block name the account?
    pub(super) names_account: bool,
    /// May an account be opened for it? Not for a name that only stands in for an account.
    pub(super) may_open: bool,
    pub(super) finding: Option<Finding>,
    /// Other notifications of the same transaction that say that it came to nothing, as they came.
    cancelled: Vec<String>,
}

/// What a stored notification does under the program's settings, which are stamped into its fact.
pub(super) fn read(
    stored: StoredNotification,
    program: &ProgramSettings,
    controls: &ControlSet,
) -> Item {
    let content = parse_normalised(&stored.message);
    let blank = |effect| Item {
        key: stored.key,
        effect,
        topic: stored.topic,
        transaction_type: None,
        names_account: false,
        may_open: false,
        finding: None,
        cancelled: stored.cancelled,
    };
    match content {
        Content::Transition(message) => blank(read_transition(*message)),
        Content::Unreadable(error) => blank(AppliedEffect::Park(ParkedBecause::new(
            DeadLetterCode::Unreadable,
            error,
        ))),
        Content::CardMessage(message) => {
            let effect = read_effect(&message, program, controls);
            let mut item = blank(effect);
            item.names_account = message.account.is_some();
            item.may_open = [&message.account, &message.cardholder]
                .into_iter()
                .any(|named| named.as_ref() == Some(&item.key.account));
            item.finding = message.finding(program.book_credits_without_jit).cloned();
            item.transaction_type = Some(message.transaction_type);
            item
        }
    }
}

fn read_effect(
    message: &CardMessage,
    program: &ProgramSettings,
    controls: &ControlSet,
) -> AppliedEffect {
    if let MessageEffect::Unbookable(why) = &message.effect {
        return AppliedEffect::Park(ParkedBecause::new(DeadLetterCode::NotBookable, why));
    }
    let Ok(mut booked) = message.booked_message(program.book_credits_without_jit) else {
        return AppliedEffect::Nothing;
    };
    let mcc = message.merchant.mcc.as_deref();
    program.stamp(&mut booked, &message.transaction_type, mcc, controls);
    AppliedEffect::Book(Box::new(booked))
}

impl Item {
    /// When Marqeta created the message; what has no time comes last. Applying in this order raises no alert for
    /// what the next message of the same batch explains.
    pub(super) fn created(&self) -> (bool, Option<Moment>) {
        let created = match &self.effect {
            AppliedEffect::Book(message) => message.fact.created,
            AppliedEffect::Card(_, transition) | AppliedEffect::Account(_, transition) => {
                transition.created
            }
            AppliedEffect::Nothing | AppliedEffect::Park(_) => None,
        };
        (created.is_none(), created)
    }

    /// May it open a purchase that a clearing has been waiting for? All may but a clearing: it only takes from one.
    pub(super) fn may_open_purchase(&self) -> bool {
        matches!(&self.effect, AppliedEffect::Book(message)
            if !matches!(message.fact.kind, Kind::Clearing { .. } | Kind::ForceCapture) || !message.fact.stands())
    }
}

pub(super) fn wanted(items: &[Item]) -> Wanted {
    let mut wanted = Wanted::default();
    for item in items {
        wanted.accounts.insert(item.key.account.clone());
        if let AppliedEffect::Book(message) = &item.effect {
            // Was the authorization that a clearing names declined by us? Then nothing leads to a hold.
            if matches!(message.fact.kind, Kind::Clearing { .. }) {
                wanted.tokens.extend(message.links.preceding.clone());
            }
            let keys = message.links.registered_keys(message.role);
            let keys = keys
                .into_iter()
                .chain(message.links.last_resort(message.role));
            wanted
                .keys
                .extend(keys.map(|key| (item.key.account.clone(), key)));
        }
    }
    wanted
}

/// Declines and failures of the same transaction that came before its account existed: they were kept and not
/// booked then; the order of delivery must not show.
pub(super) fn cancelled_before(item: &Item, books_kept_credits: bool) -> Vec<Message> {
    let messages = item.cancelled.iter().map(|stored| parse_normalised(stored));
    let cancelled = messages.filter_map(|content| match content {
        Content::CardMessage(message) => message.is_failed().then_some(message),
        Content::Transition(_) | Content::Unreadable(_) => None,
    });
    cancelled
        .filter_map(|message| message.booked_message(books_kept_credits).ok())
        .collect()
}
