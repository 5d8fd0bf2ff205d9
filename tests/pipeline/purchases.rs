//! Single purchases from approval to settlement.

use holdfast_simulator::{MessageKind, MessageOutcome, TransactionState};
use holdfast_tests::message::{confirmed, declined, envelope};
use holdfast_tests::{Messages, System, eventually};
use http::Method;
use serde_json::json;

async fn balance_becomes(system: &System, account: &str, wanted: &str) {
    let seen = std::cell::RefCell::new(String::new());
    let within = eventually("the balance changes", || async {
        let found = system.balance(account, "USD").await;
        let is_there = found == wanted;
        *seen.borrow_mut() = found;
        is_there.then_some(())
    });
    let outcome = tokio::time::timeout(std::time::Duration::from_secs(100), within).await;
    assert!(
        outcome.is_ok(),
        "{account}: {} instead of {wanted}",
        seen.borrow()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_held_confirmed_and_cleared() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("payer", "42.10");
    let response = system.front.jit(purchase.request().to_string()).await;
    assert_eq!(response.verdict(), "200");
    assert_eq!(system.balance("payer", "USD").await, "100.00 42.10 57.90");
    let clearing = messages.following(&purchase, MessageKind::Clearing, "42.10");
    // The clearing first, and everything twice.
    let items = [
        confirmed(&clearing),
        confirmed(&purchase),
        confirmed(&clearing),
    ];
    assert_eq!(system.front.notify(envelope(&items)).await.status, 200);
    balance_becomes(&system, "payer", "57.90 0.00 57.90").await;
    system.settles().await;
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_that_marqeta_did_not_hear_is_let_go() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let purchase = Messages::default().purchase("payer", "42.10");
    assert_eq!(
        system
            .front
            .jit(purchase.request().to_string())
            .await
            .verdict(),
        "200"
    );
    assert_eq!(
        system
            .front
            .notify(envelope(&[declined(&purchase)]))
            .await
            .status,
        200
    );
    balance_becomes(&system, "payer", "100.00 0.00 100.00").await;
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stand_in_approval_without_a_request_is_taken_over() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let mut purchase = Messages::default().purchase("payer", "42.10");
    purchase.marks.stand_in = true;
    assert_eq!(
        system
            .front
            .notify(envelope(&[confirmed(&purchase)]))
            .await
            .status,
        200
    );
    balance_becomes(&system, "payer", "100.00 42.10 57.90").await;
    // The question comes late: the response follows, and nothing is held twice.
    assert_eq!(
        system
            .front
            .jit(purchase.request().to_string())
            .await
            .verdict(),
        "200"
    );
    balance_becomes(&system, "payer", "100.00 42.10 57.90").await;
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_for_an_unregistered_account_is_booked_and_never_spent() {
    let system = System::start().await;
    let mut messages = Messages::default();
    let capture = messages.opening(MessageKind::ForceCapture, "unregistered", "12.00", "USD");
    assert_eq!(
        system
            .front
            .notify(envelope(&[confirmed(&capture)]))
            .await
            .status,
        200
    );
    system.settles().await;
    let path = "/api/v1/accounts/unregistered";
    let account = system.order(Method::GET, path, json!({})).await;
    assert_eq!(account.string("state"), "unregistered");
    assert_eq!(
        system.balance("unregistered", "USD").await,
        "-12.00 0.00 -12.00"
    );
    let purchase = messages.purchase("unregistered", "0.01");
    let response = system.front.jit(purchase.request().to_string()).await;
    assert_eq!(response.verdict(), "402 NO_CHECKING_ACCOUNT");
    system.balances_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_known_of_a_transaction_can_be_asked_for() {
    let system = System::start().await;
    system.open("payer", "USD", "100.00").await;
    let purchase = Messages::default().purchase("payer", "42.10");
    let sent = system.front.jit(purchase.request().to_string()).await;
    let outcome = MessageOutcome {
        state: TransactionState::Pending,
        amount: purchase.amount,
        exchange: None,
    };
    let item = purchase.notification(&outcome);
    assert_eq!(system.front.notify(envelope(&[item])).await.status, 200);
    system.settles().await;
    let path = format!("/api/v1/transactions/{}", purchase.token);
    let known = system.order(Method::GET, &path, json!({})).await;
    let memo = sent.string("jit_funding.memo");
    for part in [
        "decision",
        "notifications",
        "hold",
        "entries",
        "events",
        "checks",
        memo.as_str(),
    ] {
        assert!(known.text().contains(part), "{part}: {}", known.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_to_nothing_before_its_account_existed_is_booked_when_it_does() {
    let system = System::start().await;
    let mut messages = Messages::default();
    let purchase = messages.purchase("latecomer", "42.10");
    let notification = envelope(&[declined(&purchase)]);
    assert_eq!(system.front.notify(notification).await.status, 200);
    system.settles().await;
    assert_eq!(system.database.count("select count(*) from hold").await, 0);
    system.open("latecomer", "USD", "100.00").await;
    let revived = "select count(*) from notification where status = 'waiting'";
    assert_eq!(system.database.count(revived).await, 1);
    let holds = "select count(*) from hold where id in (select hold from notification)";
    eventually("the reconciler books it", || async {
        (system.database.count(holds).await == 1).then_some(())
    })
    .await;
    assert_eq!(
        system.balance("latecomer", "USD").await,
        "100.00 0.00 100.00"
    );
}
