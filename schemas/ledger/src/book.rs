//! The accounts that one unit of work has locked, as far as it has read them: balances, the holds that
//! its messages may concern, and the keys that lead to them. A change is planned first, looked at
//! (does the money suffice?), and then applied; the store writes down what is marked as changed.

mod changed;
mod matching;
mod plan;
mod route;

pub use changed::{Changed, RowStatus};
pub use matching::MatchPlan;
pub use plan::Plan;
pub use route::Route;

use crate::control::ControlSet;
use crate::entry::{Entry, Layer, Side};
use crate::fact::Key;
use crate::hold::Hold;
use crate::money::{Currency, Overflow, Signed};
use crate::token::{AccountToken, HoldId};
use crate::usage::{Moved, VelocityCounters};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// May spend.
    Active,
    /// May not spend for now.
    Suspended,
    /// Will not spend again; what is final is still booked.
    Closed,
    /// Not created by an operator: a final message opened it so that no money is lost. It never approves.
    Unregistered,
}

/// Who owns an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A person: Marqeta's `user_token`.
    #[default]
    User,
    /// A business: Marqeta's `business_token`.
    Business,
}

/// Money of one account in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountBalance {
    /// The customer's, finally.
    pub posted: Signed,
    /// Held for purchases; never below zero.
    pub held: Signed,
    /// Promised to the customer.
    pub pending_credit: Signed,
}

impl AccountBalance {
    /// What may be spent: posted less held.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn available(&self) -> Result<Signed, Overflow> {
        self.posted.minus(self.held)
    }

    /// The balance after a customer's line of the journal.
    fn after_entry(self, entry: &Entry) -> Result<Self, Overflow> {
        let amount = entry.amount;
        Ok(match entry.layer {
            Layer::Settled => Self {
                posted: self.posted.plus(amount)?,
                ..self
            },
            Layer::Held => Self {
                held: self.held.minus(amount)?,
                ..self
            },
            Layer::PendingCredit => Self {
                pending_credit: self.pending_credit.plus(amount)?,
                ..self
            },
        })
    }
}

/// One locked account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its name.
    pub token: AccountToken,
    /// What it may do.
    pub state: AccountState,
    /// Who owns it.
    pub kind: AccountKind,
    /// Marqeta's state in force (see [`crate::transition`]); `None` without a transition.
    pub marqeta_state: Option<String>,
    /// By currency; a currency without a row has no balance and cannot be spent.
    pub balances: BTreeMap<Currency, AccountBalance>,
    /// The holds that were read.
    pub holds: BTreeMap<HoldId, Hold>,
    /// The keys that were read, and where they lead.
    pub keys: BTreeMap<Key, HoldId>,
    /// What it has used of spending limits.
    pub counters: VelocityCounters,
    /// The store has a row of them.
    pub has_counters: bool,
    /// It has no hold at all yet, so that nothing of any limit is used.
    pub is_fresh: bool,
    /// The controls by which its counters are kept.
    pub controls: Arc<ControlSet>,
    /// The keys that were looked for, in order: one that is here and not in `keys` leads nowhere yet.
    pub sought: Vec<Key>,
    changed: Changed,
}

impl Account {
    /// An account of which nothing but itself has been read.
    #[must_use]
    pub fn new(token: AccountToken, state: AccountState, kind: AccountKind) -> Self {
        Self {
            token,
            state,
            kind,
            marqeta_state: None,
            balances: BTreeMap::new(),
            holds: BTreeMap::new(),
            keys: BTreeMap::new(),
            counters: VelocityCounters::default(),
            has_counters: false,
            is_fresh: false,
            controls: Arc::default(),
            sought: Vec::new(),
            changed: Changed::default(),
        }
    }

    /// What must be written down.
    #[must_use]
    pub fn changed(&self) -> &Changed {
        &self.changed
    }

    /// The balance in a currency; nothing where there is none.
    #[must_use]
    pub fn balance(&self, currency: Currency) -> AccountBalance {
        self.balances.get(&currency).copied().unwrap_or_default()
    }

    /// Gives the account a balance in this currency, if it has none.
    pub fn open_balance(&mut self, currency: Currency) {
        if let std::collections::btree_map::Entry::Vacant(balance) = self.balances.entry(currency) {
            balance.insert(AccountBalance::default());
            self.changed.balances.insert(currency, RowStatus::New);
        }
    }

    /// Keeps the counters: every change of a hold passes here.
    fn count_usage(&mut self, moved: &[Moved]) {
        self.changed.counters |= self
            .counters
            .count_moves(moved, &self.controls, &self.token);
    }

    /// Takes counters that were filled again; they are to be written down.
    pub fn replace_counters(&mut self, counters: VelocityCounters) {
        self.counters = counters;
        self.changed.counters = true;
    }

    /// Books the customer's lines. A currency that the account did not have opens a balance.
    ///
    /// # Errors
    /// [`Overflow`]; then nothing is changed.
    pub fn post_entries(&mut self, entries: &[Entry]) -> Result<(), Overflow> {
        self.set_balances(self.balances_after(entries)?);
        Ok(())
    }

    fn set_balances(&mut self, balances: BTreeMap<Currency, AccountBalance>) {
        for (currency, balance) in balances {
            let was = self.balances.insert(currency, balance);
            self.changed.mark_balance(currency, was.is_none());
        }
    }

    /// The balances as they would be after these lines.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn balances_after(
        &self,
        entries: &[Entry],
    ) -> Result<BTreeMap<Currency, AccountBalance>, Overflow> {
        let mut after = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.side == Side::Customer) {
            let balance = after
                .entry(entry.currency)
                .or_insert(self.balance(entry.currency));
            *balance = balance.after_entry(entry)?;
        }
        Ok(after)
    }
}
