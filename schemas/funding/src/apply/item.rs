//! A stored notification, read again: what it means for the books.

use super::anomalies::{self, Finding};
use super::transition::read_transition;
use crate::dead_letter::ParkedBecause;
use holdfast_events::DeadLetterCode;
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::{Kind, Message};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::Transition;
use holdfast_marqeta::{Effect, Notification, Rules, classify};
use holdfast_store::notification::{NotificationKey, StoredNotification};
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Wanted;

/// A notification that was read.
pub(super) struct Item {
    pub(super) key: NotificationKey,
    pub(super) effect: Doing,
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
    Park(ParkedBecause),
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
        transaction_type: None,
        names_account: false,
        may_open: false,
        finding: None,
        cancelled: stored.cancelled.clone(),
    };
    if stored.family != "transactions" {
        return blank(read_transition(&stored));
    }
    let message = match Notification::parse(&stored.raw) {
        Ok(message) => message,
        Err(error) => {
            let because = ParkedBecause::new(DeadLetterCode::Unreadable, error);
            return blank(Doing::Park(because));
        }
    };
    let classified = classify(&message, rules);
    Item {
        transaction_type: Some(message.transaction_type.clone()),
        names_account: message.jit_account.is_some(),
        may_open: [&message.jit_account, &message.top_account]
            .into_iter()
            .any(|named| named.as_ref() == Some(&stored.key.account)),
        finding: classified
            .alert
            .map(|kind| anomalies::classified(kind, &message)),
        ..blank(match classified.effect {
            Effect::Book(mut booked) => {
                let mcc = message.merchant.mcc.as_deref();
                program.stamp(&mut booked, &message.transaction_type, mcc, controls);
                Doing::Book(booked)
            }
            Effect::Nothing(_) => Doing::Nothing,
            Effect::Unbookable(why) => {
                Doing::Park(ParkedBecause::new(DeadLetterCode::NotBookable, why))
            }
        })
    }
}

impl Item {
    /// When Marqeta created the message; what has no time comes last. Applying in this order raises no alert for
    /// what the next message of the same batch explains.
    pub(super) fn created(&self) -> (bool, Option<Moment>) {
        let created = match &self.effect {
            Doing::Book(message) => message.fact.created,
            Doing::Card(_, transition) | Doing::Account(_, transition) => transition.created,
            Doing::Nothing | Doing::Park(_) => None,
        };
        (created.is_none(), created)
    }

    /// May it open a purchase that a clearing has been waiting for? All may but a clearing: it only takes from one.
    pub(super) fn may_open_purchase(&self) -> bool {
        matches!(&self.effect, Doing::Book(message)
            if !matches!(message.fact.kind, Kind::Clearing { .. } | Kind::ForceCapture) || !message.fact.stands())
    }
}

pub(super) fn wanted(items: &[Item]) -> Wanted {
    let mut wanted = Wanted::default();
    for item in items {
        wanted.accounts.insert(item.key.account.clone());
        if let Doing::Book(message) = &item.effect {
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
