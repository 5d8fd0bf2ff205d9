//! What a decision may cost in the database (the tables in `holdfast_store::unit`): round trips of a batch,
//! and rows that are written. A change that adds one changes the number here, and says why.

use crate::limits::{limit, put};
use holdfast_tests::{
    Bank, Messages, StatementCounter, TestDatabase, TestFront, TestFrontOptions, eventually,
};
use serde_json::Value;
use std::collections::BTreeMap;
use tokio::task::JoinSet;

/// BEGIN, lock, read, books with answers, journal, COMMIT.
const ROUND_TRIPS: usize = 6;
/// Of a decision worker that has more to do: COMMIT begins the next transaction.
const BUSY_ROUND_TRIPS: usize = 5;
const DECISIONS: &str = "holdfast-front-decisions";
/// Purchases that are counted.
const PURCHASES: u64 = 10;
/// Times that they are made at once before chance is ruled out.
const TRIALS: usize = 20;

struct Till {
    front: TestFront,
    counter: StatementCounter,
    database: TestDatabase,
    messages: Messages,
}

impl Till {
    async fn open(flags: &[&str]) -> Self {
        let database = TestDatabase::create().await;
        let bank = Bank::new(database.store().await);
        bank.open("payer", &[("USD", "1000.00")]).await;
        let counter = StatementCounter::on(database.url()).await;
        let options = TestFrontOptions {
            flags: flags.iter().copied().map(str::to_owned).collect(),
            unsigned: false,
        };
        let front = TestFront::open_with(counter.url(), options).await;
        let mut till = Self {
            front,
            counter,
            database,
            messages: Messages::default(),
        };
        put(&till.front, "month", &limit("900.00", "")).await;
        // The first purchase registers the card, and each decision worker's connections prepare their statements.
        for _ in 0..40 {
            till.buy().await;
        }
        till
    }

    async fn buy(&mut self) {
        let purchase = self.messages.purchase("payer", "1.00");
        let response = self.front.jit(purchase.request().to_string()).await;
        assert_eq!(response.verdict(), "200");
    }

    /// All purchases at once; returns the round trips.
    async fn buy_at_once(&mut self) -> usize {
        let before = self.counter.statements(DECISIONS);
        let mut callers = JoinSet::new();
        for _ in 0..PURCHASES {
            let purchase = self.messages.purchase("payer", "1.00").request();
            let caller = (*self.front).clone();
            callers.spawn(async move { caller.jit(purchase.to_string()).await.verdict() });
        }
        let verdicts = callers.join_all().await;
        assert!(
            verdicts.iter().all(|verdict| verdict == "200"),
            "{verdicts:?}"
        );
        self.counter.statements(DECISIONS) - before
    }

    /// Rows inserted and updated so far, by table, once Postgres has counted so many decisions.
    async fn rows(&self, decisions: u64) -> BTreeMap<String, (u64, u64)> {
        eventually("the rows that were written", async || {
            let text = self
                .database
                .text(
                    "select json_object_agg(relname, json_build_array(n_tup_ins, n_tup_upd))::text
                     from pg_stat_user_tables where n_tup_ins + n_tup_upd > 0",
                )
                .await;
            let rows: Value = serde_json::from_str(&text).unwrap();
            let pair = |(name, row): (&String, &Value)| {
                let number = |at: usize| row[at].as_u64().unwrap();
                (name.clone(), (number(0), number(1)))
            };
            let rows: BTreeMap<_, _> = rows.as_object().unwrap().iter().map(pair).collect();
            (rows.get("decision").map(|row| row.0) == Some(decisions)).then_some(rows)
        })
        .await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_keeps_its_budget_of_round_trips_and_rows() {
    let mut till = Till::open(&[]).await;
    let before = till.rows(40).await;
    let waited = till.counter.statements(DECISIONS);
    for _ in 0..PURCHASES {
        till.buy().await;
    }
    let waited =
        (till.counter.statements(DECISIONS) - waited) / usize::try_from(PURCHASES).unwrap();
    assert_eq!(waited, ROUND_TRIPS, "round trips of a purchase");
    let after = till.rows(40 + PURCHASES).await;
    let written: BTreeMap<&str, (u64, u64)> = after
        .iter()
        .map(|(table, (inserted, updated))| {
            let was = before.get(table).copied().unwrap_or_default();
            (
                table.as_str(),
                (
                    (inserted - was.0) / PURCHASES,
                    (updated - was.1) / PURCHASES,
                ),
            )
        })
        .filter(|(_, written)| *written != (0, 0))
        .collect();
    let budget = BTreeMap::from([
        ("balance", (0, 1)),
        ("decision", (1, 0)),
        ("hold", (1, 0)),
        // The purchase's own token, its JIT token, its order's.
        ("hold_key", (3, 0)),
        ("journal", (1, 0)),
        ("shard_counter", (0, 1)),
        ("usage", (0, 1)),
    ]);
    assert_eq!(written, budget);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_decision_worker_begins_its_next_transaction_with_its_commit() {
    let mut till = Till::open(&["--decision-workers=1", "--decision-batch=1"]).await;
    let purchases = usize::try_from(PURCHASES).unwrap();
    // The first begins by itself; how many come before the first is committed is left to chance, and to how
    // busy the machine is.
    let most = purchases * BUSY_ROUND_TRIPS + purchases / 2;
    let mut waited = Vec::new();
    while waited.iter().all(|waited| *waited > most) {
        assert!(waited.len() < TRIALS, "{waited:?} round trips");
        waited.push(till.buy_at_once().await);
    }
}
