//! Many at once: money is never spent twice, and one slow account does not slow the others.

use holdfast_tests::{Bank, Caller, Messages, Process, TestDatabase};
use sqlx::{Connection, Executor};
use tokio::task::JoinSet;

/// Accounts beside the one that is locked; all shards, so every worker has some.
const NEIGHBOURS: usize = 20;
/// Purchases of each while it is locked.
const ROUNDS: usize = 20;

/// Asks all at once, in turn at each front; counts the verdicts.
async fn ask_all(callers: &[Caller], bodies: Vec<String>) -> Vec<String> {
    let mut asking = JoinSet::new();
    for (number, body) in bodies.into_iter().enumerate() {
        let caller = callers[number % callers.len()].clone();
        asking.spawn(async move { caller.jit(body).await.verdict() });
    }
    asking.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_purchases_at_two_fronts_exactly_the_affordable_are_approved() {
    let database = TestDatabase::create().await;
    let bank = Bank::new(database.store().await);
    bank.open("payer", &[("USD", "375.00")]).await;
    let (_first, one) = Process::front(database.url()).await;
    let (_second, other) = Process::front(database.url()).await;
    let mut messages = Messages::default();
    let bodies = (0..200).map(|_| messages.purchase("payer", "10.00").request().to_string());
    let verdicts = ask_all(&[one, other], bodies.collect()).await;
    let count = |wanted: &str| verdicts.iter().filter(|verdict| *verdict == wanted).count();
    assert_eq!(
        (count("200"), count("402 INSUFFICIENT_FUNDS")),
        (37, 163),
        "{verdicts:?}"
    );
    assert_eq!(bank.balance("payer", "USD").await, "375.00 370.00 5.00");
    bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_account_delays_only_its_own_requests() {
    let mut setup = crate::setup::Setup::begin().await;
    for number in 0..NEIGHBOURS {
        let neighbour = format!("neighbour-{number}");
        setup.bank.open(&neighbour, &[("USD", "100.00")]).await;
    }
    let mut connection = setup.database.connect().await;
    let mut lock = connection.begin().await.unwrap();
    lock.execute("select from account where token = 'payer' for no key update")
        .await
        .unwrap();
    let purchase = setup.messages.purchase("payer", "1.00").request();
    let caller = (*setup.front).clone();
    let slow = tokio::spawn(async move { caller.jit(purchase.to_string()).await.verdict() });
    for _ in 0..ROUNDS {
        let bodies = (0..NEIGHBOURS).map(|number| {
            let neighbour = format!("neighbour-{number}");
            let purchase = setup.messages.purchase(&neighbour, "0.01");
            purchase.request().to_string()
        });
        let verdicts = ask_all(&[(*setup.front).clone()], bodies.collect()).await;
        assert!(
            verdicts.iter().all(|verdict| verdict == "200"),
            "a neighbour waited for the lock: {verdicts:?}"
        );
    }
    assert!(!slow.is_finished(), "its own requests wait");
    lock.rollback().await.unwrap();
    assert_eq!(slow.await.unwrap(), "200");
    setup.bank.verify().await;
}
