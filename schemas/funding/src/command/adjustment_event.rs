//! The events of commands: `ledger.adjustments.v1`, with the actor and the reason.

use super::{Actor, CommandError};
use crate::journal::NewEvent;
use holdfast_events::{Adjustment, AdjustmentKind, BalanceAfter, ByHand, Capture, Line, Topic};
use holdfast_ledger::book::Account;
use holdfast_ledger::entry::Entry;
use holdfast_ledger::money::Currency;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::journal::Event;
use std::collections::BTreeSet;

/// What the event of a command says.
#[derive(Debug)]
pub(super) struct AdjustmentEvent<'a> {
    pub(super) id: uuid::Uuid,
    pub(super) kind: AdjustmentKind,
    /// The account, or the key that stands for one.
    pub(super) key: &'a AccountToken,
    /// The account as it is after the act, where money moved.
    pub(super) account: Option<&'a Account>,
    pub(super) hold: Option<&'a HoldId>,
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

impl AdjustmentEvent<'_> {
    /// The event.
    pub(super) fn build(self) -> Result<Event, CommandError> {
        let adjustment = Adjustment {
            kind: self.kind,
            account: self.key.as_str().to_owned(),
            hold: self.hold.map(|id| id.as_str().to_owned()),
            transaction: self.transaction.clone(),
            state: self.state.clone(),
            by_hand: Some(ByHand {
                actor: self.actor.name.clone(),
                reason: self.reason.clone(),
                reference: self.reference.clone(),
            }),
            capture: self.capture.clone(),
            entries: self.entries.iter().map(Line::from).collect(),
            balances: self.balances()?,
        };
        let event = NewEvent {
            id: self.id,
            topic: Topic::Adjustments,
            account: self.key,
            token: self.transaction.as_deref(),
            hold: self.hold,
            payload: &adjustment,
            entries: self.entries,
            at: self.at,
        };
        Ok(event.build())
    }

    /// The balances that the lines touched.
    fn balances(&self) -> Result<Vec<BalanceAfter>, CommandError> {
        let currencies: BTreeSet<Currency> =
            self.entries.iter().map(|entry| entry.currency).collect();
        let Some(account) = self.account else {
            return Ok(Vec::new());
        };
        let after = |currency: Currency| {
            let balance = account.balance(currency);
            let (posted, held) = (balance.posted, balance.held);
            let available = balance.available()?;
            Ok(BalanceAfter::new(
                currency,
                posted,
                held,
                balance.pending_credit,
                available,
            ))
        };
        currencies.into_iter().map(after).collect()
    }
}
