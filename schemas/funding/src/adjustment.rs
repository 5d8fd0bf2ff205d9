//! The only builder of `ledger.adjustments.v1`: a change of the books by a fact, or by an operator's command.

use crate::hold_after::{balance_after, hold_after};
use crate::journal::NewEvent;
use holdfast_events::{
    Adjustment, AdjustmentCause, AdjustmentKind, BalanceAfter, Capture, ManualChange, Topic, moment,
};
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::entry::Entry;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::Currency;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_ledger::usage::Use;
use holdfast_store::journal::Event;
use std::collections::BTreeSet;

/// A change of the books before its event is built.
#[derive(Debug)]
pub(crate) struct BooksChange<'a> {
    /// The event's identity.
    pub(crate) id: uuid::Uuid,
    /// What happened.
    pub(crate) kind: AdjustmentKind,
    /// What caused it, with the cause's own token.
    pub(crate) cause: (AdjustmentCause, Option<String>),
    /// The account, or the key that stands for one.
    pub(crate) key: &'a AccountToken,
    /// The hold as it is after the change.
    pub(crate) hold: Option<ChangedHold>,
    /// The transaction that caused it, and its state.
    pub(crate) transaction: Option<String>,
    pub(crate) state: Option<String>,
    /// The processor's time of the cause.
    pub(crate) occurred: Option<Moment>,
    /// Who and why, when an operator did it.
    pub(crate) manual: Option<ManualChange>,
    /// The other side, where a purchase was matched or is so no more.
    pub(crate) capture: Option<Capture>,
    pub(crate) entries: Vec<Entry>,
    /// The balances that the entries touched, after them.
    pub(crate) balances: Vec<BalanceAfter>,
    pub(crate) at: Moment,
}

/// A hold after a change, as its event shows it.
#[derive(Debug, Clone)]
pub(crate) struct ChangedHold {
    /// The hold's name.
    pub(crate) id: HoldId,
    pub(crate) after: holdfast_events::HoldAfter,
    /// Holds that it has taken over.
    pub(crate) merged: Vec<String>,
}

impl ChangedHold {
    /// The hold of a plan.
    pub(crate) fn of_plan(plan: &Plan) -> Self {
        let merged = plan.merged_holds().map(|id| id.as_str().to_owned());
        Self {
            merged: merged.collect(),
            ..Self::new(&plan.hold, &plan.uses)
        }
    }

    fn new(hold: &Hold, uses: &[Use]) -> Self {
        Self {
            id: hold.id.clone(),
            after: hold_after(hold, uses),
            merged: Vec::new(),
        }
    }
}

impl BooksChange<'_> {
    /// The event.
    pub(crate) fn build(self) -> Event {
        let (cause, cause_token) = self.cause;
        let (hold, changed) = match self.hold {
            Some(changed) => (Some(changed.id), Some((changed.after, changed.merged))),
            None => (None, None),
        };
        let (hold_after, merged_holds) = changed.unzip();
        let adjustment = Adjustment {
            kind: self.kind,
            account: self.key.as_str().to_owned(),
            hold: hold.as_ref().map(|id| id.as_str().to_owned()),
            cause,
            cause_token,
            transaction: self.transaction,
            state: self.state,
            occurred_at: self.occurred.map(moment::text),
            manual: self.manual,
            capture: self.capture,
            merged_holds: merged_holds.unwrap_or_default(),
            hold_after,
            balances: self.balances,
        };
        let event = NewEvent {
            id: self.id,
            topic: Topic::Adjustments,
            account: self.key,
            token: adjustment.transaction.as_deref(),
            hold: hold.as_ref(),
            payload: &adjustment,
            entries: self.entries,
            at: self.at,
        };
        event.build()
    }
}

/// The account's balances in the currencies that these lines touched.
pub(crate) fn touched_balances(account: &Account, entries: &[Entry]) -> Vec<BalanceAfter> {
    let currencies: BTreeSet<Currency> = entries.iter().map(|entry| entry.currency).collect();
    let after = |currency| balance_after(currency, &account.balance(currency));
    currencies.into_iter().map(after).collect()
}
