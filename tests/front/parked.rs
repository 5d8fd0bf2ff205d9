//! Items that are no notification harm only themselves: stored, parked, and 200.

use crate::setup::Setup;
use holdfast_tests::message::{confirmed, without};

const PARKED: &str = "select count(*) from notification where status = 'parked'";
const WAITING: &str = "select count(*) from notification where status = 'waiting'";
const LETTERS: &str = "select count(*) from dead_letter where replayed_at is null";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_item_that_is_no_transaction_is_parked_and_its_neighbours_go_on() {
    let mut setup = Setup::begin().await;
    let good = confirmed(&setup.messages.purchase("payer", "1.00"));
    let tokenless = without(
        &confirmed(&setup.messages.purchase("payer", "2.00")),
        "token",
    );
    let items = [
        r#"{"anything":"at all"}"#.to_owned(),
        "42".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        tokenless.to_string(),
        good.to_string(),
    ];
    let response = setup
        .front
        .notify(format!(r#"{{"transactions":[{}]}}"#, items.join(",")))
        .await;
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(setup.database.count(PARKED).await, 5);
    assert_eq!(setup.database.count(WAITING).await, 1);
    assert_eq!(setup.database.count(LETTERS).await, 5);
    let events = "select count(*) from journal where topic like '%.dlq'";
    assert_eq!(setup.database.count(events).await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_whose_value_is_no_array_is_parked_whole() {
    let setup = Setup::begin().await;
    for body in [r#"{"transactions":{"token":"t"}}"#, r#"{"transactions":7}"#] {
        assert_eq!(setup.front.notify(body).await.status, 200, "{body}");
    }
    assert_eq!(setup.database.count(PARKED).await, 2);
    let raw = r#"select count(*) from notification where raw = '{"transactions":{"token":"t"}}'"#;
    assert_eq!(setup.database.count(raw).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_unreadable_item_again_is_parked_once() {
    let setup = Setup::begin().await;
    for _ in 0..3 {
        assert_eq!(
            setup
                .front
                .notify(r#"{"transactions":[{"what":1}]}"#)
                .await
                .status,
            200
        );
    }
    assert_eq!(setup.database.count(PARKED).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parked_item_alerts() {
    let setup = Setup::begin().await;
    assert_eq!(
        setup
            .front
            .notify(r#"{"transactions":[{"what":1}]}"#)
            .await
            .status,
        200
    );
    assert_eq!(setup.alerts().await, 1);
}
