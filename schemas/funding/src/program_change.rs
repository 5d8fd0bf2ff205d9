//! The events of `program.changes.v1`: each says the whole state of what changed, because the topic is compacted.

use crate::journal::NewEvent;
use holdfast_events::{ChangedBy, ProgramChange, Topic};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, TOKEN_CHARS_MAX};
use holdfast_store::account::StoredAccount;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::card::CardRow;
use holdfast_store::journal::Event;
use serde_json::{Value, json};

/// A change of something that readers join with.
#[derive(Debug)]
pub(crate) struct ChangedObject<'a> {
    pub(crate) object: AuditObject,
    pub(crate) name: &'a str,
    pub(crate) account: Option<&'a AccountToken>,
    pub(crate) action: AuditAction,
    /// The operator; `None` where a notification changed it.
    pub(crate) by: Option<ChangedBy>,
    pub(crate) reason: Option<&'a str>,
    /// The state after the change; `None` for what is deleted.
    pub(crate) state: Option<&'a Value>,
    pub(crate) at: Moment,
}

impl ChangedObject<'_> {
    /// The event; `None` for what is no state of the program, such as money that moved.
    pub(crate) fn event(self) -> Option<Event> {
        let key = self.record_key()?;
        let change = ProgramChange {
            object: self.object.as_str().to_owned(),
            name: self.name.to_owned(),
            account: self.account.map(|token| token.as_str().to_owned()),
            action: self.action.as_str().to_owned(),
            by: self.by,
            reason: self.reason.map(str::to_owned),
            state: self.state.and_then(Value::as_object).cloned(),
        };
        let event = NewEvent {
            id: uuid::Uuid::now_v7(),
            topic: Topic::ProgramChanges,
            account: &key,
            token: None,
            hold: None,
            payload: &change,
            entries: Vec::new(),
            at: self.at,
        };
        Some(event.build())
    }

    /// The record's key, one for each object: with the account's token alone a card's state would replace that of
    /// its account when Kafka compacts.
    fn record_key(&self) -> Option<AccountToken> {
        match (self.object, self.action) {
            (AuditObject::Account, AuditAction::Created | AuditAction::Changed) => {
                self.account.cloned()
            }
            (
                AuditObject::Account
                | AuditObject::Hold
                | AuditObject::Alert
                | AuditObject::DeadLetter,
                _,
            ) => None,
            (object, _) => {
                let key = format!("{}/{}", object.as_str(), self.name);
                // Names have been parsed: only their length could be too much, and none of Marqeta's is.
                let key: String = key.chars().take(TOKEN_CHARS_MAX).collect();
                AccountToken::parse(&key).ok()
            }
        }
    }
}

/// The event of an account whose state a notification changed, or that one opened.
pub(crate) fn account_event(
    account: &StoredAccount,
    action: AuditAction,
    at: Moment,
) -> Option<Event> {
    let changed = ChangedObject {
        object: AuditObject::Account,
        name: account.token.as_str(),
        account: Some(&account.token),
        action,
        by: None,
        reason: None,
        state: Some(&describe_account(account)),
        at,
    };
    changed.event()
}

/// The event of a card whose state a notification changed.
pub(crate) fn card_event(card: &CardRow, at: Moment) -> Option<Event> {
    let changed = ChangedObject {
        object: AuditObject::Card,
        name: card.token.as_str(),
        account: card.account.as_ref(),
        action: AuditAction::Changed,
        by: None,
        reason: None,
        state: Some(&describe_card(card)),
        at,
    };
    changed.event()
}

/// The state of an account; its money is in other topics.
pub(crate) fn describe_account(account: &StoredAccount) -> Value {
    let currencies: Vec<&str> = account.balances.keys().map(|one| one.code()).collect();
    json!({"state": account.state, "marqeta_state": account.marqeta_state, "kind": account.kind,
        "currencies": currencies})
}

/// The state of a card.
pub(crate) fn describe_card(card: &CardRow) -> Value {
    json!({"account": card.account, "state": card.effective(),
        "operator_state": card.operator_state, "marqeta_state": card.marqeta_state})
}
