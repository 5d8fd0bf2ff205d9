//! A program through the pure books, in memory.

mod controls;
mod states;

use crate::history::History;
use crate::letter::Letters;
use crate::limits;
use crate::matching::match_booked;
use crate::model::Sums;
use crate::outcome::{differences, sums};
use crate::program::{Notified, Program, Step};
use controls::{count_from_nothing, stamp};
use holdfast_funding::processor::{Action, MessageEffect};
use holdfast_ledger::book::{Account, AccountKind, AccountState, Plan};
use holdfast_ledger::entry::{Entry, Layer, Side, entry_pair};
use holdfast_ledger::fact::{Fact, Kind, Message, Source};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_ledger::transition::Transition;
use holdfast_marqeta::Transaction;
use holdfast_marqeta::catalog::{action, request_message};
use holdfast_simulator::Random;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs the program; says where the books differ from the model.
pub(crate) fn run(program: &Program, began: i64) -> Vec<String> {
    let books = played(program, began);
    let mut wrong = books.wrong.clone();
    wrong.extend(differences(program, &books.history, &books.sums()));
    wrong.extend(books.accounts.iter().filter_map(recomputed));
    wrong.extend(books.compare_states());
    for (number, account) in books.accounts.iter().enumerate() {
        let found = limits::differences(program, &books.history, number, account, began);
        wrong.extend(found);
    }
    wrong
}

/// What became of the messages, and what each account has then.
pub(crate) fn balances(program: &Program, began: i64) -> (History, Vec<Sums>) {
    let books = played(program, began);
    let sums = books.sums();
    (books.history, sums)
}

fn played(program: &Program, began: i64) -> Books<'_> {
    let prefix = "m".to_owned();
    let mut books = Books::open(program, Letters { prefix, began });
    for step in &program.steps {
        match step {
            Step::Ask(messages) => messages.iter().for_each(|message| books.ask(*message)),
            Step::Notify(items) => items.iter().for_each(|notified| books.notify(*notified)),
            Step::Change(ids) => ids.iter().for_each(|id| books.change(*id)),
            Step::Apply => books.apply(0.8),
            Step::Expire => {
                books.expire();
            }
        }
    }
    books.apply(1.0);
    while books.expire() > 0 {}
    books
}

/// The accounts, and what has been notified and not applied.
struct Books<'a> {
    program: &'a Program,
    letters: Letters,
    random: Random,
    history: History,
    accounts: Vec<Account>,
    waiting: Vec<(usize, Message)>,
    /// State changes in the order in which they came, by account and card.
    changes: Vec<((usize, Option<u32>), Transition)>,
    holds: u128,
    /// What went wrong on the way.
    wrong: Vec<String>,
}

impl<'a> Books<'a> {
    fn open(program: &'a Program, letters: Letters) -> Self {
        let mut accounts = Vec::new();
        let controls = Arc::new(limits::control_set());
        for (number, account) in program.accounts.iter().enumerate() {
            let token = AccountToken::parse(&letters.account(number)).unwrap();
            let mut book = Account::new(token, AccountState::Active, AccountKind::User);
            count_from_nothing(&mut book, &controls);
            for (currency, amount) in &account.money {
                let code = Currency::parse(currency.code()).unwrap();
                let amount = Amount::parse_in(&currency.text(*amount), code)
                    .unwrap()
                    .credit();
                book.post_entries(&entry_pair(
                    Side::ProgramFunding,
                    Layer::Settled,
                    code,
                    amount,
                ))
                .unwrap();
            }
            accounts.push(book);
        }
        let random = Random::new(program.seed);
        let (history, waiting) = (History::default(), Vec::new());
        Self {
            program,
            letters,
            random,
            history,
            accounts,
            waiting,
            changes: Vec::new(),
            holds: 0,
            wrong: Vec::new(),
        }
    }

    fn sums(&self) -> Vec<Sums> {
        self.accounts
            .iter()
            .map(|account| sums(&account.balances))
            .collect()
    }

    fn now(&self) -> Moment {
        Moment(self.letters.began * 1000)
    }

    fn plan(&mut self, account: usize, message: &Message) -> Plan {
        self.holds += 1;
        // Names must not show the order in which holds were opened.
        let name = HoldId::numbered("h-", u128::from(self.random.bits()) << 64 | self.holds);
        let book = &self.accounts[account];
        book.plan(message, &name, Policy::default(), self.now())
            .unwrap()
    }

    fn apply_plan(&mut self, account: usize, plan: Plan) {
        if !is_balanced(&plan.entries) {
            self.wrong.push(format!("not balanced: {:?}", plan.entries));
        }
        self.accounts[account].apply_plan(plan);
    }

    fn ask(&mut self, message: u32) {
        // What Marqeta has decided is not decided again, and what was approved stays approved.
        if self.history.is_ended(message) || self.history.approved(message) {
            return;
        }
        let account = self.program.message(message).account;
        let body = self.letters.request(self.program, message);
        let request = Transaction::parse_request(body.as_bytes()).unwrap();
        let code = request.currency.unwrap();
        let is_known = !self.program.accounts[account].money.is_empty();
        let may = is_known && self.accounts[account].balances.contains_key(&code);
        if action(&request) == Action::Unknown || !may {
            return self.history.response(message, false);
        }
        let Some(mut fact) = request_message(&request) else {
            return self.history.response(message, true);
        };
        self.stamp(message, &mut fact);
        let plan = self.plan(account, &fact);
        let is_covered = plan.is_covered(&self.accounts[account]).unwrap();
        let is_approved = is_covered || !action(&request).needs_funds();
        self.history.response(message, is_approved);
        if is_approved {
            self.apply_plan(account, plan);
        }
    }

    fn notify(&mut self, notified: Notified) {
        let Some(ending) = self.history.notify(notified) else {
            return;
        };
        let account = self.program.message(notified.message).account;
        let body = self
            .letters
            .notification(self.program, notified.message, ending);
        let (_, notification) = Transaction::parse_notification(&body).unwrap().normalise();
        if let MessageEffect::Unbookable(why) = &notification.effect {
            self.wrong.push(format!("{why}: {body}"));
        }
        if let Ok(mut message) = notification.booked_message(false) {
            self.stamp(notified.message, &mut message);
            self.waiting.push((account, message));
        }
    }

    /// Applies this share of what is waiting, in any order.
    fn apply(&mut self, share: f64) {
        let mut later = Vec::new();
        while !self.waiting.is_empty() {
            let next = self.random.below(self.waiting.len() as u64) as usize;
            let (account, message) = self.waiting.swap_remove(next);
            if self.random.chance(share) {
                let plan = self.plan(account, &message);
                let hold = plan.hold.id.clone();
                self.apply_plan(account, plan);
                self.match_booked(account, &hold, &message.fact);
            } else {
                later.push((account, message));
            }
        }
        self.waiting = later;
    }

    fn stamp(&self, number: u32, message: &mut Message) {
        let mcc = self.program.message(number).mcc;
        stamp(&mut message.fact, mcc, &self.accounts[0].controls);
    }

    fn match_booked(&mut self, account: usize, hold: &HoldId, fact: &Fact) {
        self.holds += 1;
        let plans = match_booked(&mut self.accounts[account], hold, fact, self.holds);
        let changes = plans
            .iter()
            .flat_map(|plan| [&plan.purchase, &plan.clearing]);
        let unbalanced = changes.filter(|plan| !is_balanced(&plan.entries));
        let wrong = unbalanced.map(|plan| format!("not balanced: {:?}", plan.entries));
        self.wrong.extend(wrong);
    }

    fn expire(&mut self) -> usize {
        let mut expired = 0;
        for account in 0..self.accounts.len() {
            let book = &self.accounts[account];
            let due = book
                .holds
                .values()
                .filter_map(|hold| lapsed(hold, self.now()));
            let due: Vec<(Hold, Fact)> = due.collect();
            expired += due.len();
            for (hold, fact) in due {
                let plan = self.accounts[account].plan_act(&hold, fact).unwrap();
                self.apply_plan(account, plan);
            }
        }
        expired
    }
}

/// The fact that a hold's time has run out.
fn lapsed(hold: &Hold, now: Moment) -> Option<(Hold, Fact)> {
    let deadline = hold.standing.expires.filter(|deadline| *deadline <= now)?;
    let fact = Fact {
        created: Some(deadline),
        ..Fact::new(
            TransactionToken::parse(&format!("expiry-{}-{}", hold.id, deadline.0)).unwrap(),
            Source::Expiry,
            Kind::Expiry { deadline },
            Amount::ZERO,
            *hold.standing.lines.keys().next()?,
        )
    };
    Some((hold.clone(), fact))
}

fn is_balanced(entries: &[Entry]) -> bool {
    let mut sums: BTreeMap<(Currency, Layer), Signed> = BTreeMap::new();
    for entry in entries {
        let sum = sums.entry((entry.currency, entry.layer)).or_default();
        *sum = sum.plus(entry.amount).unwrap();
    }
    sums.values().all(|sum| sum.is_zero())
}

/// A hold whose standing is not what its facts amount to.
fn recomputed(account: &Account) -> Option<String> {
    let stale = |hold: &&Hold| hold.fold_standing().unwrap() != hold.standing;
    let hold = account.holds.values().find(stale)?;
    Some(format!(
        "the hold {} of {} is not what its facts say",
        hold.id, account.token
    ))
}
