//! Envelopes that wait at the same moment are stored together: they share round trips, and each fails alone.

use crate::setup::Setup;
use holdfast_tests::message::{confirmed, envelope};
use holdfast_tests::{
    Caller, HttpResponse, Messages, StatementCounter, TestDatabase, TestFront, eventually,
};
use sqlx::{Connection, Executor, PgConnection};
use tokio::task::JoinSet;

const ENVELOPES: usize = 30;
/// Begin, insert, append, commit.
const STATEMENTS: usize = 4;
const POOL: &str = "holdfast-front-notifications";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_envelopes_are_stored_in_a_few_transactions_of_four_statements() {
    let database = TestDatabase::create().await;
    let counter = StatementCounter::on(database.url()).await;
    let front = TestFront::open(counter.url()).await;
    let before = counter.statements(POOL);
    let answers = all_at_once(&front, &database, &bodies()).await;
    assert!(answers.iter().all(|response| response.status == 200));
    let stored = "select count(*) from notification";
    assert_eq!(database.count(stored).await, 30);
    let transactions = "select count(distinct xmin::text) from notification";
    let transactions = usize::try_from(database.count(transactions).await).unwrap();
    // Four, unless the machine is so busy that some envelopes come later than the others are stored.
    assert!(transactions <= ENVELOPES / 2, "{transactions} transactions");
    assert_eq!(counter.statements(POOL) - before, transactions * STATEMENTS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_envelope_that_postgres_refuses_harms_none_of_those_stored_with_it() {
    let setup = Setup::begin().await;
    refuse(&mut setup.database.connect().await, "poison").await;
    let mut bodies = bodies();
    bodies[17] = bodies[17].replace(r#""user_transaction_time""#, r#""poison""#);
    assert!(bodies[17].contains("poison"));
    let answers = all_at_once(&setup.front, &setup.database, &bodies).await;
    let refused = answers.iter().map(|response| response.status == 503);
    let refused: Vec<usize> = refused
        .enumerate()
        .filter(|(_, it)| *it)
        .map(|(at, _)| at)
        .collect();
    assert_eq!(refused, [17]);
    assert_eq!(
        answers
            .iter()
            .filter(|response| response.status == 200)
            .count(),
        29
    );
    let stored = "select count(*) from notification";
    assert_eq!(setup.database.count(stored).await, 29);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_message_twice_at_once_is_stored_once_and_its_other_content_kept() {
    let setup = Setup::begin().await;
    let body = &bodies()[0];
    let other = body.replace(r#""amount":5.0,"#, r#""amount":6.0,"#);
    assert_ne!(*body, other);
    let bodies = [body.clone(), body.clone(), other];
    let answers = all_at_once(&setup.front, &setup.database, &bodies).await;
    assert!(answers.iter().all(|response| response.status == 200));
    let database = &setup.database;
    assert_eq!(database.count("select count(*) from notification").await, 1);
    assert_eq!(
        database
            .count("select count(*) from notification_variant")
            .await,
        1
    );
    assert_eq!(database.count("select count(*) from alert").await, 1);
}

fn bodies() -> Vec<String> {
    let mut messages = Messages::default();
    let mut body = |_| envelope(&[confirmed(&messages.purchase("payer", "5.00"))]);
    (0..ENVELOPES).map(&mut body).collect()
}

/// Sends all of them while nothing can be stored, so that they wait together; the responses in their order.
async fn all_at_once(
    front: &Caller,
    database: &TestDatabase,
    bodies: &[String],
) -> Vec<HttpResponse> {
    let mut blocking = database.connect().await;
    let mut blocked = blocking.begin().await.unwrap();
    blocked
        .execute("lock table notification in share row exclusive mode")
        .await
        .unwrap();
    let mut telling = JoinSet::new();
    for (number, body) in bodies.iter().cloned().enumerate() {
        let front = front.clone();
        telling.spawn(async move { (number, front.notify(body).await) });
    }
    let waits = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'";
    eventually("both takers wait", || async {
        (database.count(waits).await == 2).then_some(())
    })
    .await;
    // The other envelopes have no way but into the queue. Well below the takers' lock timeout of 5 s.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    blocked.commit().await.unwrap();
    let mut answers = telling.join_all().await;
    answers.sort_by_key(|(number, _)| *number);
    answers.into_iter().map(|(_, response)| response).collect()
}

/// From now on Postgres refuses a notification whose text contains this word.
async fn refuse(connection: &mut PgConnection, word: &'static str) {
    assert_eq!(word, "poison");
    connection
        .execute(
            "create function refuse() returns trigger language plpgsql as $$
             begin raise exception 'refused'; end $$;
             create trigger refuse before insert on notification for each row
                 when (new.raw like '%poison%') execute function refuse();",
        )
        .await
        .unwrap();
}
