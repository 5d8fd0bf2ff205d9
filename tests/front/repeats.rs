//! The same request again, and the same token with something else.

use crate::setup::Setup;
use holdfast_ledger::book::AccountState;
use holdfast_simulator::Json;
use holdfast_tests::message::with;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_gets_the_first_answer_byte_for_byte_whatever_has_happened_since() {
    let mut setup = Setup::begin().await;
    let (approved, first) = setup.buy("42.10").await;
    let (declined, refusal) = setup.buy("99.00").await;
    setup.bank.set_state("payer", AccountState::Closed).await;
    for _ in 0..3 {
        assert_eq!(setup.ask(&approved).await.body, first.body);
        let again = setup.ask(&declined).await;
        assert_eq!(
            (again.status, again.body),
            (refusal.status, refusal.body.clone())
        );
    }
    assert_eq!(setup.decisions().await, 2);
    assert_eq!(setup.alerts().await, 0);
    assert_eq!(setup.balance().await, "100.00 42.10 57.90");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_content_written_otherwise_is_the_same_request() {
    let mut setup = Setup::begin().await;
    let (purchase, first) = setup.buy("42.10").await;
    let request = purchase.request();
    let amount = "gpa_order.jit_funding.amount";
    let otherwise = [
        with(&request, amount, "42.1000".into()),
        with(&request, amount, Json::Raw("42.10".to_owned())),
        with(&request, amount, Json::Raw("4.21E1".to_owned())),
        with(&request, "gpa.ledger_balance", Json::Raw("7.00".to_owned())),
        with(
            &request,
            "gpa.available_balance",
            Json::Raw("-3".to_owned()),
        ),
    ];
    for written in otherwise {
        let again = setup.front.jit(written.to_string()).await;
        assert_eq!(again.status, 200, "{written}: {}", again.text());
        assert_eq!(again.body, first.body, "{written}");
    }
    assert_eq!(setup.decisions().await, 1);
    assert_eq!(setup.alerts().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_request_fifty_times_at_once_has_one_answer() {
    let mut setup = Setup::begin().await;
    let body = setup
        .messages
        .purchase("payer", "42.10")
        .request()
        .to_string();
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let (caller, body) = ((*setup.front).clone(), body.clone());
            tokio::spawn(async move { caller.jit(body).await })
        })
        .collect();
    let mut answers = Vec::new();
    for asked in asking {
        answers.push(asked.await.unwrap());
    }
    assert_eq!(answers[0].verdict(), "200");
    assert!(
        answers
            .iter()
            .all(|response| response.body == answers[0].body)
    );
    assert_eq!(setup.balance().await, "100.00 42.10 57.90");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_token_with_another_content_is_refused_changes_nothing_and_alerts() {
    let mut setup = Setup::begin().await;
    let (purchase, first) = setup.buy("42.10").await;
    let request = purchase.request();
    let changes = [
        (
            "gpa_order.jit_funding.amount",
            Json::Raw("42.11".to_owned()),
        ),
        (
            "gpa_order.jit_funding.method",
            "pgfs.authorization.cashback".into(),
        ),
        ("gpa_order.jit_funding.token", "another-jit-token".into()),
        ("card_token", "another-card".into()),
        ("currency_code", "EUR".into()),
        ("type", "authorization.cashback".into()),
        (
            "preceding_related_transaction_token",
            "another-purchase".into(),
        ),
    ];
    for (number, (field, value)) in (1..).zip(changes) {
        let changed = with(&request, field, value);
        let response = setup.front.jit(changed.to_string()).await;
        assert_eq!(response.verdict(), "402 DUPLICATE_TRANSACTION", "{field}");
        assert_eq!(setup.alerts().await, number, "{field}");
    }
    let kind = "select count(*) from alert where kind = 'duplicate_transaction'";
    assert_eq!(setup.database.count(kind).await, 7);
    assert_eq!(setup.decisions().await, 1);
    assert_eq!(setup.balance().await, "100.00 42.10 57.90");
    assert_eq!(
        setup.ask(&purchase).await.body,
        first.body,
        "the first response still stands"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_another_account_has_used_is_refused() {
    let mut setup = Setup::begin().await;
    setup.bank.open("other", &[("USD", "100.00")]).await;
    let (purchase, _) = setup.buy("10.00").await;
    let of_other = with(
        &purchase.request(),
        "gpa_order.jit_funding.user_token",
        "other".into(),
    );
    let response = setup.front.jit(of_other.to_string()).await;
    assert_eq!(response.verdict(), "402 DUPLICATE_TRANSACTION");
    assert_eq!(
        setup.bank.balance("other", "USD").await,
        "100.00 0.00 100.00"
    );
    assert_eq!(setup.alerts().await, 1);
    assert_eq!(setup.decisions().await, 1);
}
