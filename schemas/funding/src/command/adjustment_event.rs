//! The events of commands: `ledger.adjustments.v1`, with the actor and the reason.

use super::Actor;
use crate::adjustment::{BooksChange, ChangedHold, touched_balances};
use holdfast_events::{AdjustmentCause, AdjustmentKind, Capture, ManualChange};
use holdfast_ledger::book::Account;
use holdfast_ledger::entry::Entry;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::journal::Event;

/// What the event of a command says.
#[derive(Debug)]
pub(super) struct CommandChange<'a> {
    pub(super) id: uuid::Uuid,
    pub(super) kind: AdjustmentKind,
    /// The account, or the key that stands for one.
    pub(super) key: &'a AccountToken,
    /// The account as it is after the command, where money moved.
    pub(super) account: Option<&'a Account>,
    /// The hold as it is after the command.
    pub(super) hold: Option<ChangedHold>,
    pub(super) transaction: Option<String>,
    pub(super) state: Option<String>,
    pub(super) actor: &'a Actor,
    pub(super) reason: String,
    pub(super) reference: Option<String>,
    /// The other side, where a purchase was matched or is so no more.
    pub(super) capture: Option<Capture>,
    pub(super) entries: Vec<Entry>,
    pub(super) at: Moment,
}

impl CommandChange<'_> {
    /// The event.
    pub(super) fn build(self) -> Event {
        let account = self.account;
        let balances = account.map(|account| touched_balances(account, &self.entries));
        let manual = ManualChange {
            actor: self.actor.name.clone(),
            reason: self.reason,
            reference: self.reference.clone(),
        };
        let change = BooksChange {
            id: self.id,
            kind: self.kind,
            cause: (AdjustmentCause::Operator, self.reference),
            key: self.key,
            hold: self.hold,
            transaction: self.transaction,
            state: self.state,
            occurred: None,
            manual: Some(manual),
            capture: self.capture,
            entries: self.entries,
            balances: balances.unwrap_or_default(),
            at: self.at,
        };
        change.build()
    }
}
