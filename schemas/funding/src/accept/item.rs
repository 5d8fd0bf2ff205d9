//! One item of an envelope: its account, its topic, its event.

use crate::dead_letter::{ParkedBecause, parked_notification};
use crate::journal::NewEvent;
use holdfast_events::{DeadLetterCode, Notice, Topic};
use holdfast_ledger::fact::Role;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use holdfast_marqeta::event::{transaction_notice, transition_notice};
use holdfast_marqeta::{Content, Effect, Notification, Rules, Transition, classify};
use holdfast_store::journal::Event;
use holdfast_store::notification::{NewNotification, NotificationKey, Owner, Owners, Parked};
use sha2::{Digest, Sha256};

const NO_ACCOUNT: &str =
    "its account is unknown: it names none, and no known card and no known hold leads to one";

/// An item that was read.
#[derive(Debug)]
pub struct ReadItem {
    /// Its family in the envelope.
    pub family: String,
    /// As it was sent.
    pub raw: String,
    /// What it says.
    pub content: Content,
}

/// What may tell whose the item is, when its JIT block does not (design section 2, "Whose account?").
pub(super) fn list_owner_keys(read: &ReadItem) -> Vec<Owner> {
    match &read.content {
        Content::Transaction(message) if message.jit_account.is_none() => {
            let keys = message
                .links()
                .lookup_keys(Role::FollowUp)
                .into_iter()
                .map(Owner::Key);
            let original = message.links().last_resort(Role::FollowUp).map(Owner::Key);
            keys.chain(original)
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
    read: &ReadItem,
    owners: &Owners,
    rules: Rules,
    received: Moment,
) -> NewNotification {
    match &read.content {
        Content::Transaction(message) => transaction(read, message, owners, rules, received),
        Content::Transition(change) => transition(read, change, owners, received),
        Content::Ping => unreadable(read, "a ping is no notification", received),
        Content::Unreadable(why) => unreadable(read, why, received),
    }
}

fn transaction(
    read: &ReadItem,
    message: &Notification,
    owners: &Owners,
    rules: Rules,
    received: Moment,
) -> NewNotification {
    let account = owner(message, owners);
    let classified = classify(message, rules);
    let because = match (&classified.effect, &account) {
        (Effect::Unbookable(why), _) => Some(ParkedBecause::new(DeadLetterCode::NotBookable, why)),
        (Effect::Book(_), None) if !message.is_failed() => {
            Some(ParkedBecause::new(DeadLetterCode::NoAccount, NO_ACCOUNT))
        }
        _ => None,
    };
    let key = NotificationKey {
        account: account
            .clone()
            .unwrap_or_else(|| substitute_account(message)),
        token: message.token.clone(),
        state: message.state.as_str().to_owned(),
    };
    let notice = transaction_notice(message, account.as_ref());
    let content = NotificationContent {
        kind: message.transaction_type.clone(),
        content_hash: message.content_hash(),
        topic: classified.topic,
        notice,
        because,
        received,
    };
    content.fill(key, read)
}

/// The JIT block's account; else the one it was stored under before; else the owner of a hold that a key names; else the card's; else the
/// transaction's own user or business.
fn owner(message: &Notification, owners: &Owners) -> Option<AccountToken> {
    let keys = message.links().lookup_keys(Role::FollowUp);
    let keys = keys
        .into_iter()
        .chain(message.links().last_resort(Role::FollowUp));
    let seen = Owner::Seen(message.token.clone());
    message
        .jit_account
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
        .or_else(|| message.top_account.clone())
}

/// The key of a message without an account: its card, else the user, else itself.
fn substitute_account(message: &Notification) -> AccountToken {
    let name = message
        .card
        .as_ref()
        .map_or(message.token.as_str(), CardToken::as_str);
    AccountToken::parse(name).unwrap_or_else(|_| AccountToken::numbered("item-", 0))
}

fn transition(
    read: &ReadItem,
    change: &Transition,
    owners: &Owners,
    received: Moment,
) -> NewNotification {
    let card = change
        .card
        .clone()
        .and_then(|card| owners.of(&Owner::Card(card)).cloned());
    let account = change.account.clone().or(card);
    let notice = transition_notice(change, account.as_ref());
    let token = TransactionToken::parse(&change.token).ok();
    let keyed = account.or_else(|| AccountToken::parse(&change.token).ok());
    let (Some(token), Some(account)) = (token, keyed) else {
        return unreadable(read, "its token is no token", received);
    };
    let key = NotificationKey {
        account,
        token,
        state: change.state.clone().unwrap_or_default(),
    };
    let content = NotificationContent {
        kind: change.transition_type.clone().unwrap_or_default(),
        content_hash: Sha256::digest(read.raw.as_bytes()).into(),
        topic: Topic::Notices,
        notice,
        because: None,
        received,
    };
    content.fill(key, read)
}

/// Stored under its own content, so that the same item again is a repeat.
fn unreadable(read: &ReadItem, why: &str, received: Moment) -> NewNotification {
    let hash: [u8; 32] = Sha256::digest(read.raw.as_bytes()).into();
    let number = number(&hash);
    let key = NotificationKey {
        account: AccountToken::numbered("item-", number),
        token: TransactionToken::numbered("item-", number),
        state: String::new(),
    };
    let content = NotificationContent {
        kind: String::new(),
        content_hash: hash,
        topic: Topic::Notices,
        notice: Notice::default(),
        because: Some(ParkedBecause::new(DeadLetterCode::Unreadable, why)),
        received,
    };
    content.fill(key, read)
}

/// What is stored of an item, beside its key.
struct NotificationContent {
    kind: String,
    content_hash: [u8; 32],
    topic: Topic,
    notice: Notice,
    because: Option<ParkedBecause>,
    received: Moment,
}

impl NotificationContent {
    fn fill(self, key: NotificationKey, read: &ReadItem) -> NewNotification {
        let event = self.build_event(&key);
        NewNotification {
            key,
            family: read.family.clone(),
            kind: self.kind,
            content_hash: self.content_hash,
            raw: read.raw.clone(),
            event,
            parked: self.because.map(|because| Parked {
                error: because.error,
            }),
            received: self.received,
        }
    }

    /// What is parked goes to the dead letters of its topic at once.
    fn build_event(&self, key: &NotificationKey) -> Event {
        if let Some(because) = &self.because {
            return parked_notification(key, (self.topic, None, 0), because, self.received);
        }
        let event = NewEvent {
            id: uuid::Uuid::now_v7(),
            topic: self.topic,
            account: &key.account,
            token: Some(key.token.as_str()),
            hold: None,
            payload: &self.notice,
            entries: Vec::new(),
            at: self.received,
        };
        event.build()
    }
}

/// The first half of a digest.
fn number(hash: &[u8; 32]) -> u128 {
    hash.iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte))
}
