//! A program through the real thing: front, Postgres, and what workers do. Only Kafka is left out: its
//! records are read from the journal, and shuffled.

mod compare;

use crate::changes;
use crate::history::History;
use crate::letter::Letters;
use crate::limits;
use crate::program::{Account, Notified, Program, Step};
use bytes::Bytes;
use holdfast_funding::apply::{self, Applier, Record};
use holdfast_ledger::book::AccountKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_simulator::Random;
use holdfast_store::{Plans, Store, StoreOptions};
use holdfast_tests::{Bank, Caller, TestDatabase, TestFront};
use http::Method;
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgConnection, PgPool};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// Records that workers take at once.
const BATCH: usize = 64;
/// A unit of work that meets an unregistered account's purchase reads on a second connection.
const CONNECTIONS: u32 = 20;
/// Holds that expire at once: more than there can be.
const DUE_MAX: i64 = 10_000;
const NEWS: &str = "select shard, position, account, topic, payload from journal \
     where account = any($1) and topic in ('jit.clearings.v1', 'jit.reversals.v1', 'jit.notices.v1')";

/// A database with everything that works on it.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) store: Store,
    pub(crate) bank: Bank,
    front: TestFront,
    applier: Applier,
    journal: PgPool,
    began: i64,
    runs: AtomicU64,
    /// Programs whose notifications and requests were played so often.
    pub(crate) messages: AtomicU64,
    database: TestDatabase,
}

impl Scenario {
    pub(crate) async fn begin() -> Arc<Self> {
        let database = TestDatabase::create().await;
        let options = StoreOptions {
            connections: CONNECTIONS,
            plans: Plans::ByKey,
            ..StoreOptions::new(database.url().to_owned(), "holdfast-model")
        };
        let store = Store::connect(&options).await.unwrap();
        let journal = PgPoolOptions::new().max_connections(8);
        let front = TestFront::open(database.url()).await;
        for (path, body) in limits::requests() {
            let response = front.api(Method::PUT, &path, body).await;
            assert_eq!(response.status, 201, "{path}: {}", response.text());
        }
        store.refresh_controls().await.unwrap();
        Arc::new(Self {
            bank: Bank::new(store.clone()),
            front,
            applier: Applier::new(store.clone()),
            journal: journal.connect(database.url()).await.unwrap(),
            began: time::OffsetDateTime::now_utc().unix_timestamp(),
            runs: AtomicU64::new(0),
            messages: AtomicU64::new(0),
            store,
            database,
        })
    }

    /// A connection that the books know nothing of.
    pub(crate) async fn connect(&self) -> PgConnection {
        self.database.connect().await
    }

    /// Runs the program with names that no other run has; says where the books differ from the model.
    pub(crate) async fn run(&self, program: &Program) -> Vec<String> {
        let (mut run, history) = self.play(program).await;
        run.finish().await;
        run.compare(program, &history).await
    }

    /// The steps as they stand, and nothing after them.
    pub(crate) async fn play<'a>(&'a self, program: &'a Program) -> (Run<'a>, History) {
        let number = self.runs.fetch_add(1, Ordering::Relaxed);
        let letters = Letters {
            prefix: format!("r{number}"),
            began: self.began,
        };
        let accounts: Vec<String> = (0..program.accounts.len())
            .map(|number| letters.account(number))
            .collect();
        let mut run = Run {
            scenario: self,
            stored_under: accounts.iter().cloned().collect(),
            accounts,
            letters,
            random: Random::new(program.seed),
            applied: BTreeSet::new(),
            answers: BTreeMap::new(),
            wrong: Vec::new(),
        };
        for (account, name) in program.accounts.iter().zip(&run.accounts) {
            self.open(account, name).await;
        }
        let mut history = History::default();
        for step in &program.steps {
            run.step(program, &mut history, step).await;
        }
        (run, history)
    }

    async fn open(&self, account: &Account, name: &str) {
        if account.money.is_empty() {
            return;
        }
        let money: Vec<(&str, String)> = account
            .money
            .iter()
            .map(|(currency, amount)| (currency.code(), currency.text(*amount)))
            .collect();
        let money: Vec<(&str, &str)> = money.iter().map(|(c, a)| (*c, a.as_str())).collect();
        self.bank.open(name, &money).await;
        if account.is_business {
            let change = holdfast_store::account::AccountChange {
                kind: Some(AccountKind::Business),
                ..Default::default()
            };
            let token = AccountToken::parse(name).unwrap();
            self.store.put_account(&token, &change).await.unwrap();
        }
    }

    /// What is due on these accounts expires. An account that is busy elsewhere is left for another round.
    async fn expire(&self, accounts: &[String]) {
        let now = Moment(time::OffsetDateTime::now_utc().unix_timestamp() * 1000);
        loop {
            apply::expire_due(&self.applier, DUE_MAX).await.unwrap();
            let due = self.store.due_holds(now, DUE_MAX).await.unwrap();
            let is_mine = |token: &AccountToken| accounts.iter().any(|own| own == token.as_str());
            if !due.iter().any(|(account, _)| is_mine(account)) {
                return;
            }
        }
    }
}

/// One program on its way.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    scenario: &'a Scenario,
    letters: Letters,
    pub(crate) accounts: Vec<String>,
    random: Random,
    applied: BTreeSet<(i32, i64)>,
    /// The accounts, and the tokens of changes that name none.
    stored_under: BTreeSet<String>,
    answers: BTreeMap<u32, Bytes>,
    /// What went wrong on the way.
    wrong: Vec<String>,
}

impl Run<'_> {
    async fn step(&mut self, program: &Program, history: &mut History, step: &Step) {
        match step {
            Step::Ask(messages) => self.ask(program, history, messages).await,
            Step::Notify(items) => self.notify(program, history, items).await,
            Step::Change(ids) => self.change(program, history, ids).await,
            Step::Apply => self.apply(0.8).await,
            Step::Expire => {
                apply::expire_due(&self.scenario.applier, 20).await.unwrap();
            }
        }
    }

    /// Asks all at once. Some callers hang up before the response, and ask again.
    async fn ask(&mut self, program: &Program, history: &mut History, messages: &[u32]) {
        let mut asking = JoinSet::new();
        for message in messages {
            let body = self.letters.request(program, *message);
            let (caller, message): (Caller, u32) = ((*self.scenario.front).clone(), *message);
            let within = self.random.chance(0.1).then(|| self.random.below(20));
            asking.spawn(async move {
                if let Some(millis) = within {
                    let first = caller.jit(body.clone());
                    drop(tokio::time::timeout(Duration::from_millis(millis), first).await);
                }
                (message, caller.jit(body).await)
            });
        }
        for (message, response) in asking.join_all().await {
            let is_answer = response.status == 200 || response.status == 402;
            if !is_answer {
                let (status, text) = (response.status, response.text());
                self.wrong
                    .push(format!("message {message} is answered {status} {text}"));
            }
            history.response(message, response.status == 200);
            let first = self
                .answers
                .entry(message)
                .or_insert_with(|| response.body.clone());
            if *first != response.body {
                self.wrong.push(format!(
                    "message {message} is answered otherwise than before"
                ));
            }
        }
        self.count(messages.len());
    }

    async fn notify(&self, program: &Program, history: &mut History, items: &[Notified]) {
        let items: Vec<String> = items
            .iter()
            .filter_map(|notified| Some((notified.message, history.notify(*notified)?)))
            .map(|(message, ending)| self.letters.notification(program, message, ending))
            .collect();
        let body = format!(r#"{{"transactions":[{}]}}"#, items.join(","));
        let response = self.scenario.front.notify(body).await;
        assert_eq!(response.status, 200, "{}", response.text());
        self.count(items.len());
    }

    async fn change(&mut self, program: &Program, history: &mut History, ids: &[u32]) {
        for id in ids {
            history.change(*id);
            // A card that is not registered has its changes stored under their own tokens.
            self.stored_under.insert(changes::token(&self.letters, *id));
        }
        let body = changes::envelope(&self.letters, program, ids);
        let response = self.scenario.front.notify(body).await;
        assert_eq!(response.status, 200, "{}", response.text());
        self.count(ids.len());
    }

    fn count(&self, messages: usize) {
        self.scenario
            .messages
            .fetch_add(messages as u64, Ordering::Relaxed);
    }

    /// Workers get this share of the records, in any order.
    async fn apply(&mut self, share: f64) {
        let rows: Vec<(i32, i64, String, String, String)> = sqlx::query_as(NEWS)
            .bind(Vec::from_iter(&self.stored_under))
            .fetch_all(&self.scenario.journal)
            .await
            .unwrap();
        let mut rows: Vec<_> = rows
            .into_iter()
            .filter(|(shard, position, ..)| !self.applied.contains(&(*shard, *position)))
            .collect();
        let mut records = Vec::new();
        while !rows.is_empty() {
            let next = self.random.below(rows.len() as u64) as usize;
            let (partition, offset, key, topic, payload) = rows.swap_remove(next);
            if self.random.chance(share) {
                self.applied.insert((partition, offset));
                let (key, value) = (Some(key), Some(payload.into_bytes()));
                records.push(Record {
                    topic,
                    partition,
                    offset,
                    key,
                    value,
                });
            }
        }
        let mut rest = records.as_slice();
        while !rest.is_empty() {
            let size = (self.random.between(1, BATCH as u64) as usize).min(rest.len());
            let (batch, after) = rest.split_at(size);
            let summary = apply::batch(&self.scenario.applier, batch).await.unwrap();
            if summary.parked > 0 {
                self.wrong
                    .push(format!("{} notifications are parked", summary.parked));
            }
            rest = after;
        }
    }

    /// Everything arrives in the end.
    pub(crate) async fn finish(&mut self) {
        self.apply(1.0).await;
        self.scenario.expire(&self.accounts).await;
    }
}
