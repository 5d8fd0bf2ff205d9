//! A stored notification, read anew: what it means for the books.

use holdfast_ledger::fact::Message;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::CardToken;
use holdfast_store::notification::{NotificationKey, StoredNotification};
use holdfast_store::unit::Wanted;
use holdfast_wire::{Effect, Notification, Rules, Transition, classify};

/// A notification that was read.
pub(super) struct Item {
    pub(super) key: NotificationKey,
    pub(super) effect: Doing,
    pub(super) mcc: Option<String>,
    /// Did the message's own JIT block name the account?
    pub(super) names_account: bool,
    pub(super) alert: Option<&'static str>,
}

/// What is to be done with it.
pub(super) enum Doing {
    /// A fact of a hold.
    Book(Box<Message>),
    /// Marqeta changed a card's state.
    Card(CardToken, String, Option<Moment>),
    /// Nothing.
    Nothing,
    /// It cannot be applied.
    Park(String),
}

pub(super) fn read(stored: StoredNotification, rules: Rules) -> Item {
    let blank = |effect| Item {
        key: stored.key.clone(),
        effect,
        mcc: None,
        names_account: false,
        alert: None,
    };
    if stored.family != "transactions" {
        return blank(transition(&stored));
    }
    let message = match Notification::parse(&stored.raw) {
        Ok(message) => message,
        Err(error) => return blank(Doing::Park(error.to_string())),
    };
    let classified = classify(&message, rules);
    Item {
        mcc: message.merchant.mcc.clone(),
        names_account: message.jit_account.is_some(),
        alert: classified.alert.map(holdfast_wire::AlertKind::as_str),
        ..blank(match classified.effect {
            Effect::Book(message) => Doing::Book(message),
            Effect::Nothing(_) => Doing::Nothing,
            Effect::Unbookable(why) => Doing::Park(why.to_string()),
        })
    }
}

fn transition(stored: &StoredNotification) -> Doing {
    if stored.family != "cardtransitions" {
        return Doing::Nothing;
    }
    match Transition::parse(&stored.family, &stored.raw) {
        Ok(Transition {
            card: Some(card),
            state: Some(state),
            created,
            ..
        }) => Doing::Card(card, state, created),
        Ok(_) => Doing::Nothing,
        Err(error) => Doing::Park(error.to_string()),
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
