//! Time runs out: the timeout policy responds and no approval is committed.

use crate::setup::Setup;
use holdfast_tests::{TestFrontOptions, eventually};
use sqlx::{Connection, Executor, PgConnection};
use std::time::Duration;

const APPROVED: &str = "select count(*) from decision where outcome = 'approved'";

/// Takes every shard's counter, which a batch needs right before its COMMIT.
async fn lock_counters(connection: &mut PgConnection) -> sqlx::Transaction<'_, sqlx::Postgres> {
    let mut transaction = connection.begin().await.unwrap();
    transaction
        .execute("select from shard_counter for update")
        .await
        .unwrap();
    transaction
}

impl Setup {
    /// Waits until a request waits for a lock.
    async fn waits_for_a_lock(&self) {
        let waits = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        eventually("the request waits for a lock", async || {
            (self.database.count(waits).await > 0).then_some(())
        })
        .await;
    }
}

async fn lock_payer(connection: &mut PgConnection) -> sqlx::Transaction<'_, sqlx::Postgres> {
    let mut transaction = connection.begin().await.unwrap();
    let lock = "select from account where token = 'payer' for no key update";
    transaction.execute(lock).await.unwrap();
    transaction
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_whose_time_runs_out_is_not_committed() {
    let flags = vec!["--decision-deadline=1s".to_owned()];
    let mut setup = Setup::begin_with(TestFrontOptions {
        flags,
        unsigned: false,
    })
    .await;
    let mut connection = setup.database.connect().await;
    let lock = lock_payer(&mut connection).await;
    let (purchase, response) = setup.buy("10.00").await;
    assert_eq!(response.verdict(), "402 TRANSACTION_NOT_PERMITTED");
    lock.rollback().await.unwrap();
    // The decision worker may still find the request now; it must not approve it.
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(setup.database.count(APPROVED).await, 0);
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
    // Others are not harmed.
    eventually("the account decides again", || {
        let body = setup
            .messages
            .purchase("payer", "1.00")
            .request()
            .to_string();
        let caller = (*setup.front).clone();
        async move { (caller.jit(body).await.verdict() == "200").then_some(()) }
    })
    .await;
    let again = setup.ask(&purchase).await;
    assert!(["200", "402 TRANSACTION_NOT_PERMITTED"].contains(&again.verdict().as_str()));
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_is_held_up_right_before_its_commit_does_not_commit_late() {
    let flags = vec!["--decision-deadline=3s".to_owned()];
    let options = TestFrontOptions {
        flags,
        unsigned: false,
    };
    let mut setup = Setup::begin_with(options).await;
    let (mut one, mut other) = (
        setup.database.connect().await,
        setup.database.connect().await,
    );
    let account = lock_payer(&mut one).await;
    let purchase = setup.messages.purchase("payer", "10.00").request();
    let caller = (*setup.front).clone();
    let asking = tokio::spawn(async move { caller.jit(purchase.to_string()).await.verdict() });
    setup.waits_for_a_lock().await;
    // It begins so late that Postgres does not end its last statement, after 2.7 s, before the deadline.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let counters = lock_counters(&mut other).await;
    account.rollback().await.unwrap();
    assert_eq!(asking.await.unwrap(), "402 TRANSACTION_NOT_PERMITTED");
    counters.rollback().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(setup.database.count(APPROVED).await, 0);
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_goes_in_time_only_delays() {
    let mut setup = Setup::begin().await;
    let mut connection = setup.database.connect().await;
    let lock = lock_payer(&mut connection).await;
    let body = setup
        .messages
        .purchase("payer", "10.00")
        .request()
        .to_string();
    let caller = (*setup.front).clone();
    let asking = tokio::spawn(async move { caller.jit(body).await });
    setup.waits_for_a_lock().await;
    assert!(!asking.is_finished(), "a locked account is not decided on");
    lock.rollback().await.unwrap();
    assert_eq!(asking.await.unwrap().verdict(), "200");
}
