//! One account under test. Whatever is delivered, the rules of the books are checked after it.

use crate::limits;
use holdfast_ledger::book::{Account, AccountBalance, AccountKind, AccountState, Plan};
use holdfast_ledger::entry::{self, Entry, Layer, Side};
use holdfast_ledger::fact::{Fact, Key, Message};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use std::collections::{BTreeMap, BTreeSet};

/// 2026-01-01, when everything in these tests begins.
pub(crate) const START: Moment = Moment(1_767_225_600_000);

/// An act on the hold of a transaction: its expiry, an operator's release.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) on: TransactionToken,
    pub(crate) fact: Fact,
}

/// What arrives.
#[derive(Debug, Clone)]
pub(crate) enum Arrival {
    Message(Box<Message>),
    Act(Box<Act>),
}

/// Sums of the journal by currency, layer and side; zeros left out.
pub(crate) type Sums = BTreeMap<(Currency, Layer, Side), Signed>;

#[derive(Debug, Clone)]
pub(crate) struct Books {
    pub(crate) account: Account,
    journal: Vec<Entry>,
    policy: Policy,
    /// Acts whose hold is not known yet.
    waiting: Vec<Act>,
}

impl Books {
    pub(crate) fn new(policy: Policy) -> Self {
        let token = AccountToken::parse("user-1").expect("a token");
        let mut account = Account::new(token, AccountState::Active, AccountKind::User);
        limits::put(&mut account);
        Self {
            account,
            journal: Vec::new(),
            policy,
            waiting: Vec::new(),
        }
    }

    pub(crate) fn fund(&mut self, amount: Amount, currency: Currency) {
        let funding = Side::ProgramFunding;
        let entries = entry::entry_pair(funding, Layer::Settled, currency, amount.credit());
        self.account.post_entries(&entries).expect("no overflow");
        self.journal.extend(entries);
    }

    pub(crate) fn take(&mut self, arrival: &Arrival) {
        match arrival {
            Arrival::Message(message) => {
                self.deliver(message);
            }
            Arrival::Act(act) => self.waiting.push((**act).clone()),
        }
        for act in std::mem::take(&mut self.waiting) {
            self.act(act);
        }
    }

    /// Plans and enacts one message; was it new?
    pub(crate) fn deliver(&mut self, message: &Message) -> bool {
        let name = HoldId::parse(&format!("hold-{:04}", self.account.holds.len())).expect("a name");
        let plan = self
            .account
            .plan(message, &name, self.policy, START)
            .expect("no overflow");
        let is_new = plan.is_new;
        self.apply_plan(plan);
        is_new
    }

    fn act(&mut self, act: Act) {
        let key = Key::Transaction(act.on.clone());
        let hold = self.account.keys.get(&key);
        let Some(hold) = hold.and_then(|id| self.account.holds.get(id)) else {
            self.waiting.push(act);
            return;
        };
        let plan = self.account.plan_act(hold, act.fact).expect("no overflow");
        self.apply_plan(plan);
    }

    pub(crate) fn apply_plan(&mut self, plan: Plan) {
        assert!(is_balanced(&plan.entries), "unbalanced: {:?}", plan.entries);
        assert!(plan.is_new || plan.entries.is_empty(), "a duplicate booked");
        self.journal.extend(plan.entries.iter().copied());
        self.account.apply_plan(plan);
        self.check();
    }

    /// The rules: held is never negative, available is posted less held, and balances, standings and
    /// journal agree.
    fn check(&self) {
        for (currency, balance) in &self.account.balances {
            assert!(balance.held >= Signed::ZERO, "held {currency} {balance:?}");
            let available = balance.posted.minus(balance.held);
            assert_eq!(balance.available(), available);
            assert_eq!(*balance, self.standings(*currency), "{currency}");
            assert_eq!(*balance, self.journaled(*currency), "{currency}");
        }
        limits::check(&self.account, self.live());
        for hold in self.account.holds.values() {
            assert_eq!(hold.fold_standing().as_ref(), Ok(&hold.standing));
            let mut facts = hold.facts.iter().enumerate();
            let is_first = |(place, fact): (usize, &Fact)| {
                !hold.facts[..place]
                    .iter()
                    .any(|known| known.is_same_fact(fact))
            };
            assert!(facts.all(is_first), "a fact twice in {}", hold.id);
        }
    }

    fn standings(&self, currency: Currency) -> AccountBalance {
        let mut sum = AccountBalance {
            posted: self.sum(currency, Layer::Settled, Side::ProgramFunding),
            ..AccountBalance::default()
        };
        sum.posted = sum.posted.opposite();
        for line in self.live().map(|hold| hold.standing.line(currency)) {
            sum.posted = sum.posted.plus(line.posted).expect("no overflow");
            sum.held = sum.held.plus(line.held.credit()).expect("no overflow");
            let pending = sum.pending_credit.plus(line.pending_credit.credit());
            sum.pending_credit = pending.expect("no overflow");
        }
        sum
    }

    fn journaled(&self, currency: Currency) -> AccountBalance {
        AccountBalance {
            posted: self.sum(currency, Layer::Settled, Side::Customer),
            held: self.sum(currency, Layer::Held, Side::Customer).opposite(),
            pending_credit: self.sum(currency, Layer::PendingCredit, Side::Customer),
        }
    }

    fn sum(&self, currency: Currency, layer: Layer, side: Side) -> Signed {
        let key = (currency, layer, side);
        self.sums().get(&key).copied().unwrap_or_default()
    }

    /// The journal, added up.
    pub(crate) fn sums(&self) -> Sums {
        let summed = entry::sum_entries(&self.journal).expect("no overflow");
        let line = |entry: Entry| ((entry.currency, entry.layer, entry.side), entry.amount);
        summed.into_iter().map(line).collect()
    }

    /// The balances that are not nothing.
    pub(crate) fn balances(&self) -> BTreeMap<Currency, AccountBalance> {
        let mut balances = self.account.balances.clone();
        balances.retain(|_, balance| *balance != AccountBalance::default());
        balances
    }

    /// Holds that were not merged into another.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Hold> {
        let holds = self.account.holds.values();
        holds.filter(|hold| hold.merged_into.is_none())
    }

    /// Which facts share a hold, whatever the holds are called.
    pub(crate) fn partition(&self) -> BTreeSet<BTreeSet<String>> {
        let name = |fact: &Fact| format!("{} {:?}", fact.token, fact.source);
        self.live()
            .map(|hold| hold.facts.iter().map(name).collect())
            .collect()
    }
}

/// Do the lines sum to zero for each currency and layer?
fn is_balanced(entries: &[Entry]) -> bool {
    let mut sums: BTreeMap<(Currency, Layer), Signed> = BTreeMap::new();
    for entry in entries {
        let sum = sums.entry((entry.currency, entry.layer)).or_default();
        *sum = sum.plus(entry.amount).expect("no overflow");
    }
    sums.values().all(|sum| sum.is_zero())
}
