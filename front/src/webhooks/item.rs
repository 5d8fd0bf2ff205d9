//! One item: its account, its topic, its event.

use holdfast_events::moment;
use holdfast_events::{DeadLetter, Topic};
use holdfast_ledger::fact::Role;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use holdfast_marqeta::{Content, Effect, Notification, Rules, Transition, classify};
use holdfast_store::journal::Event;
use holdfast_store::notification::{NewNotification, NotificationKey, Owner, Owners, Parked};
use sha2::{Digest, Sha256};

/// An item that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) family: String,
    pub(super) raw: String,
    pub(super) content: Content,
}

/// What may tell whose the item is, when its JIT block does not (design section 2, "Whose account?").
pub(super) fn sought_owners(read: &Read) -> Vec<Owner> {
    match &read.content {
        Content::Transaction(message) if message.jit_account.is_none() => {
            let keys = message
                .links()
                .sought(Role::FollowUp)
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
pub(super) fn notification(
    read: &Read,
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
    read: &Read,
    message: &Notification,
    owners: &Owners,
    rules: Rules,
    received: Moment,
) -> NewNotification {
    let account = owner(message, owners);
    let classified = classify(message, rules);
    let error = match (&classified.effect, &account) {
        (Effect::Unbookable(why), _) => Some(why.to_string()),
        (Effect::Book(_), None) if !message.is_failed() => Some(
            "nobody knows whose it is: it names no account, no known card and no known hold"
                .to_owned(),
        ),
        _ => None,
    };
    let key = NotificationKey {
        account: account.clone().unwrap_or_else(|| nobody(message)),
        token: message.token.clone(),
        state: message.state.as_str().to_owned(),
    };
    let notice = holdfast_marqeta::event::transaction_notice(message, account.as_ref());
    let row = Row {
        kind: message.transaction_type.clone(),
        content_hash: message.content_hash(),
        topic: classified.topic,
        payload: serde_json::to_string(&notice).unwrap_or_default(),
        error,
        received,
    };
    row.fill(key, read)
}

/// The JIT block's account; else the one it was stored under before; else the owner of a hold that a key names; else the card's; else the
/// transaction's own user or business.
fn owner(message: &Notification, owners: &Owners) -> Option<AccountToken> {
    let keys = message.links().sought(Role::FollowUp);
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

/// What a message without an account is keyed by: its card, else the user, else itself.
fn nobody(message: &Notification) -> AccountToken {
    let name = message
        .card
        .as_ref()
        .map_or(message.token.as_str(), CardToken::as_str);
    AccountToken::parse(name).unwrap_or_else(|_| AccountToken::numbered("item-", 0))
}

fn transition(
    read: &Read,
    change: &Transition,
    owners: &Owners,
    received: Moment,
) -> NewNotification {
    let card = change
        .card
        .clone()
        .and_then(|card| owners.of(&Owner::Card(card)).cloned());
    let account = change.account.clone().or(card);
    let notice = holdfast_marqeta::event::transition_notice(change, account.as_ref());
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
    let row = Row {
        kind: change.transition_type.clone().unwrap_or_default(),
        content_hash: Sha256::digest(read.raw.as_bytes()).into(),
        topic: Topic::Notices,
        payload: serde_json::to_string(&notice).unwrap_or_default(),
        error: None,
        received,
    };
    row.fill(key, read)
}

/// Stored under its own content, so that the same item again is a repeat.
fn unreadable(read: &Read, why: &str, received: Moment) -> NewNotification {
    let hash: [u8; 32] = Sha256::digest(read.raw.as_bytes()).into();
    let number = number(&hash);
    let key = NotificationKey {
        account: AccountToken::numbered("item-", number),
        token: TransactionToken::numbered("item-", number),
        state: String::new(),
    };
    let row = Row {
        kind: String::new(),
        content_hash: hash,
        topic: Topic::Notices,
        payload: String::new(),
        error: Some(why.to_owned()),
        received,
    };
    row.fill(key, read)
}

struct Row {
    kind: String,
    content_hash: [u8; 32],
    topic: Topic,
    payload: String,
    error: Option<String>,
    received: Moment,
}

impl Row {
    fn fill(self, key: NotificationKey, read: &Read) -> NewNotification {
        let parked = self.error.clone().map(|error| Parked { error });
        let event = self.event(&key);
        NewNotification {
            key,
            family: read.family.clone(),
            kind: self.kind,
            content_hash: self.content_hash,
            raw: read.raw.clone(),
            event,
            parked,
            received: self.received,
        }
    }

    /// What is parked goes to the dead letters of its topic at once.
    fn event(&self, key: &NotificationKey) -> Event {
        let (topic, payload) = match &self.error {
            None => (self.topic, self.payload.clone()),
            Some(error) => {
                let letter = letter(key, error, self.received);
                (self.topic.dlq().unwrap_or(Topic::NoticesDlq), letter)
            }
        };
        Event {
            id: uuid::Uuid::now_v7(),
            account: key.account.clone(),
            topic: topic.name(),
            kind: topic.event_type(),
            subject: key.token.as_str().to_owned(),
            payload,
            entries: Vec::new(),
            hold: None,
            token: Some(key.token.as_str().to_owned()),
            at: self.received,
        }
    }
}

fn letter(key: &NotificationKey, error: &str, at: Moment) -> String {
    let letter = DeadLetter {
        origin: None,
        code: "unreadable".to_owned(),
        error: error.to_owned(),
        key: key.account.as_str().to_owned(),
        attempts: 0,
        transaction: Some(key.token.as_str().to_owned()),
        state: Some(key.state.clone()),
        parked: moment::text(at),
        value: None,
    };
    serde_json::to_string(&letter).unwrap_or_default()
}

/// The first half of a digest.
fn number(hash: &[u8; 32]) -> u128 {
    hash.iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte))
}
