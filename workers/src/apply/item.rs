//! A stored notification, read anew: what it means for the books.

use super::transition::read_transition;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::Message;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::Transition;
use holdfast_store::notification::{NotificationKey, StoredNotification};
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Wanted;
use holdfast_wire::{Effect, Notification, Rules, classify};

/// A notification that was read.
pub(super) struct Item {
    pub(super) key: NotificationKey,
    pub(super) effect: Doing,
    /// The topic its event went to.
    pub(super) topic: String,
    /// Did the message's own JIT block name the account?
    pub(super) names_account: bool,
    /// May an account be opened for it? Not for a name that only stands in for an account.
    pub(super) may_open: bool,
    pub(super) alert: Option<AlertKind>,
    /// Other notifications of the same transaction that say that it came to nothing, as they came.
    cancelled: Vec<String>,
}

/// What is to be done with it.
pub(super) enum Doing {
    /// A fact of a hold.
    Book(Box<Message>),
    /// A card's state changed at Marqeta.
    Card(CardToken, Transition),
    /// A user's or business's state changed at Marqeta.
    Account(AccountToken, Transition),
    /// Nothing.
    Nothing,
    /// It cannot be applied.
    Park(String),
}

pub(super) fn read(
    stored: StoredNotification,
    rules: Rules,
    program: &ProgramSettings,
    controls: &ControlSet,
) -> Item {
    let blank = |effect| Item {
        key: stored.key.clone(),
        effect,
        topic: stored.topic.clone(),
        names_account: false,
        may_open: false,
        alert: None,
        cancelled: stored.cancelled.clone(),
    };
    if stored.family != "transactions" {
        return blank(read_transition(&stored));
    }
    let message = match Notification::parse(&stored.raw) {
        Ok(message) => message,
        Err(error) => return blank(Doing::Park(error.to_string())),
    };
    let classified = classify(&message, rules);
    Item {
        names_account: message.jit_account.is_some(),
        may_open: [&message.jit_account, &message.top_account]
            .into_iter()
            .any(|named| named.as_ref() == Some(&stored.key.account)),
        alert: classified.alert,
        ..blank(match classified.effect {
            Effect::Book(mut booked) => {
                let mcc = message.merchant.mcc.as_deref();
                program.stamp(&mut booked, &message.transaction_type, mcc, controls);
                Doing::Book(booked)
            }
            Effect::Nothing(_) => Doing::Nothing,
            Effect::Unbookable(why) => Doing::Park(why.to_string()),
        })
    }
}

pub(super) fn wanted(items: &[Item]) -> Wanted {
    let mut wanted = Wanted::default();
    for item in items {
        wanted.accounts.insert(item.key.account.clone());
        if let Doing::Book(message) = &item.effect {
            let keys = message.links.registered(message.role);
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

/// What was told of the same message before its account existed: that it came to nothing. It was kept
/// and not booked then; the order of delivery must not show.
pub(super) fn cancelled_before(item: &Item, rules: Rules) -> Vec<Message> {
    let same = item.cancelled.iter();
    same.filter_map(|raw| Notification::parse(raw).ok())
        .filter(Notification::is_failed)
        .filter_map(|told| match classify(&told, rules).effect {
            Effect::Book(message) => Some(*message),
            Effect::Nothing(_) | Effect::Unbookable(_) => None,
        })
        .collect()
}
