//! Stand-in was faster: the outcome came by `/webhooks` before the request.

use crate::setup::Setup;
use holdfast_simulator::MessageOutcome;
use holdfast_tests::message::{confirmed, declined, envelope};
use rust_decimal::Decimal;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_approved_there_is_approved_here_without_looking_at_the_funds() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "250.00");
    let accepted = setup.front.notify(envelope(&[confirmed(&purchase)])).await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let response = setup.ask(&purchase).await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    assert_eq!(response.raw("jit_funding.amount").unwrap(), "250.00");
    assert_eq!(setup.database.count("select count(*) from hold").await, 1);
    assert_eq!(setup.balance().await, "100.00 250.00 -150.00");
    assert_eq!(setup.ask(&purchase).await.body, response.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_declined_there_is_blocked_by_the_issuer_here() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "1.00");
    let accepted = setup.front.notify(envelope(&[declined(&purchase)])).await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    assert_eq!(
        setup.ask(&purchase).await.verdict(),
        "402 BLOCKED_BY_ISSUER"
    );
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_smaller_of_the_two_amounts_is_approved() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "50.00");
    let outcome = MessageOutcome {
        amount: Decimal::new(2000, 2),
        ..MessageOutcome::without_request(&purchase)
    };
    let accepted = setup
        .front
        .notify(envelope(&[purchase.notification(&outcome)]))
        .await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let response = setup.ask(&purchase).await;
    assert_eq!(response.raw("jit_funding.amount").unwrap(), "20.00");
    assert_eq!(setup.balance().await, "100.00 20.00 80.00");
}
