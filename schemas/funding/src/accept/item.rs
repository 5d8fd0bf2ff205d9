//! One item of an envelope: its account, its topic, its event.

use crate::dead_letter::{ParkedBecause, parked_notification};
use crate::journal::NewEvent;
use crate::processor::{
    CardMessage, Content, MessageEffect, Notification, TransitionMessage, render_normalised,
};
use holdfast_events::{DeadLetterCode, Notice, Topic, moment};
use holdfast_ledger::fact::Role;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use holdfast_store::journal::Event;
use holdfast_store::notification::{NewNotification, NotificationKey, Owner, Owners, Parked};
use serde::Serialize;
use std::borrow::Cow;

const NO_ACCOUNT: &str =
    "its account is unknown: it names none, and no known card and no known hold leads to one";

/// The names that may lead to the account of an item whose message does not name it (design section 2, "Whose account?").
pub(super) fn list_owner_keys(read: &Notification) -> Vec<Owner> {
    match &read.content {
        Content::CardMessage(message) if message.account.is_none() => {
            let keys = message.links.lookup_keys(Role::FollowUp).into_iter();
            let original = message.links.last_resort(Role::FollowUp);
            keys.chain(original)
                .map(Owner::Key)
                .chain([Owner::Seen(message.token.clone())])
                .chain(message.card.clone().map(Owner::Card))
                .collect()
        }
        Content::Transition(change) => change.card.clone().map(Owner::Card).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The row and the event of an item.
pub(super) fn build_notification(
    read: &Notification,
    owners: &Owners,
    books_kept_credits: bool,
    received: Moment,
) -> NewNotification {
    match &read.content {
        Content::CardMessage(message) => {
            card_message(read, message, owners, books_kept_credits, received)
        }
        Content::Transition(change) => read_transition(read, change, owners, received),
        Content::Unreadable(why) => unreadable_notification(read, why, received),
    }
}

fn card_message(
    read: &Notification,
    message: &CardMessage,
    owners: &Owners,
    books_kept_credits: bool,
    received: Moment,
) -> NewNotification {
    let account = find_owner(message, owners);
    let is_booked = message.booked_fact(books_kept_credits).is_ok();
    let because = match (&message.effect, &account) {
        (MessageEffect::Unbookable(why), _) => {
            Some(ParkedBecause::new(DeadLetterCode::NotBookable, why))
        }
        (_, None) if is_booked && !message.is_failed() => {
            Some(ParkedBecause::new(DeadLetterCode::NoAccount, NO_ACCOUNT))
        }
        _ => None,
    };
    let key = NotificationKey {
        account: account
            .clone()
            .unwrap_or_else(|| substitute_account(message)),
        token: message.token.clone(),
        state: message.version.clone(),
    };
    let notice = publish_under(&message.notice, account.as_ref());
    let content = NotificationContent {
        kind: message.transaction_type.clone(),
        notice,
        because,
        received,
    };
    content.fill(key, read)
}

/// The account that the message names; else the one it was stored under before; else the owner of a hold that a key
/// names; else the card's; else the cardholder's.
fn find_owner(message: &CardMessage, owners: &Owners) -> Option<AccountToken> {
    let keys = message.links.lookup_keys(Role::FollowUp);
    let keys = keys
        .into_iter()
        .chain(message.links.last_resort(Role::FollowUp));
    let seen = Owner::Seen(message.token.clone());
    message
        .account
        .clone()
        // The same message again is the same message, whatever has become known meanwhile.
        .or_else(|| owners.of(&seen).cloned())
        .or_else(|| {
            keys.map(Owner::Key)
                .find_map(|key| owners.of(&key).cloned())
        })
        .or_else(|| {
            message
                .card
                .clone()
                .and_then(|card| owners.of(&Owner::Card(card)).cloned())
        })
        .or_else(|| message.cardholder.clone())
}

/// What is published of a message, under the account that it is booked to where that is known.
fn publish_under<'a>(notice: &'a Notice, account: Option<&AccountToken>) -> Cow<'a, Notice> {
    let known = account.map(AccountToken::as_str);
    if known.is_none() || known == notice.origin.account.as_deref() {
        return Cow::Borrowed(notice);
    }
    let mut notice = notice.clone();
    notice.origin.account = known.map(str::to_owned);
    Cow::Owned(notice)
}

/// The key of a message without an account: its card, else the user, else itself.
fn substitute_account(message: &CardMessage) -> AccountToken {
    let name = message
        .card
        .as_ref()
        .map_or(message.token.as_str(), CardToken::as_str);
    AccountToken::parse(name).unwrap_or_else(|_| AccountToken::numbered("item-", 0))
}

fn read_transition(
    read: &Notification,
    change: &TransitionMessage,
    owners: &Owners,
    received: Moment,
) -> NewNotification {
    let card = change
        .card
        .clone()
        .and_then(|card| owners.of(&Owner::Card(card)).cloned());
    let account = change.account.clone().or(card);
    let notice = publish_under(&change.notice, account.as_ref());
    let token = TransactionToken::parse(&change.token).ok();
    let keyed = account.or_else(|| AccountToken::parse(&change.token).ok());
    let (Some(token), Some(account)) = (token, keyed) else {
        return unreadable_notification(read, "its token is no token", received);
    };
    let key = NotificationKey {
        account,
        token,
        state: change.state.clone().unwrap_or_default(),
    };
    let content = NotificationContent {
        kind: change.notice.transaction_type.clone().unwrap_or_default(),
        notice,
        because: None,
        received,
    };
    content.fill(key, read)
}

/// Stored under its own content, so that the same item again is a repeat.
fn unreadable_notification(read: &Notification, why: &str, received: Moment) -> NewNotification {
    let number = number_of_hash(&read.content_hash);
    let key = NotificationKey {
        account: AccountToken::numbered("item-", number),
        token: TransactionToken::numbered("item-", number),
        state: String::new(),
    };
    let content = NotificationContent {
        kind: String::new(),
        notice: Cow::default(),
        because: Some(ParkedBecause::new(DeadLetterCode::Unreadable, why)),
        received,
    };
    content.fill(key, read)
}

/// What is stored of an item, beside its key.
struct NotificationContent<'a> {
    kind: String,
    notice: Cow<'a, Notice>,
    because: Option<ParkedBecause>,
    received: Moment,
}

impl NotificationContent<'_> {
    fn fill(self, key: NotificationKey, read: &Notification) -> NewNotification {
        let event = self.build_event(&key, read.topic);
        NewNotification {
            key,
            family: read.family.clone(),
            kind: self.kind,
            content_hash: read.content_hash,
            raw: read.raw.0.to_string(),
            message: render_normalised(&read.content),
            event,
            parked: self.because.map(|because| Parked {
                error: because.error,
            }),
            received: self.received,
        }
    }

    /// What is parked goes to the dead letters of its topic at once.
    fn build_event(&self, key: &NotificationKey, topic: Topic) -> Event {
        if let Some(because) = &self.because {
            return parked_notification(key, (topic, None, 0), because, self.received);
        }
        let accepted = moment::text(self.received);
        match topic {
            Topic::Clearings => self.publish(key, topic, &self.notice.to_clearing(&accepted)),
            Topic::Reversals => self.publish(key, topic, &self.notice.to_reversal(&accepted)),
            _ => self.publish(key, topic, &self.notice.to_other_notice(&accepted)),
        }
    }

    fn publish(&self, key: &NotificationKey, topic: Topic, payload: &impl Serialize) -> Event {
        let event = NewEvent {
            id: uuid::Uuid::now_v7(),
            topic,
            account: &key.account,
            token: Some(key.token.as_str()),
            hold: None,
            payload,
            entries: Vec::new(),
            at: self.received,
        };
        event.build()
    }
}

/// The first half of a digest.
fn number_of_hash(hash: &[u8; 32]) -> u128 {
    hash.iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte))
}
