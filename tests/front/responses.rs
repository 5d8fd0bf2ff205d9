//! Approved, declined, and a balance inquiry.

use crate::setup::Setup;
use holdfast_simulator::MessageKind;
use holdfast_tests::message::with;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_repeats_the_requests_tokens_and_names_our_decision() {
    let mut setup = Setup::begin().await;
    let (purchase, response) = setup.buy("42.10").await;
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.string("jit_funding.token"), purchase.jit_token);
    assert_eq!(response.string("jit_funding.method"), "pgfs.authorization");
    assert_eq!(response.string("jit_funding.user_token"), "payer");
    assert_eq!(response.raw("jit_funding.amount").unwrap(), "42.10");
    assert_eq!(response.raw("jit_funding.decline_reason"), None);
    let decision = "select count(*) from decision where id = $1 and outcome = 'approved'";
    let memo = response.string("jit_funding.memo");
    let mut connection = setup.database.connect().await;
    let known: i64 = sqlx::query_scalar(decision)
        .bind(memo)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(known, 1);
    assert_eq!(setup.balance().await, "100.00 42.10 57.90");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_carries_the_requested_amount_and_holds_nothing() {
    let mut setup = Setup::begin().await;
    let (purchase, response) = setup.buy("100.01").await;
    assert_eq!(response.verdict(), "402 INSUFFICIENT_FUNDS");
    assert_eq!(response.string("jit_funding.token"), purchase.jit_token);
    assert_eq!(response.raw("jit_funding.amount").unwrap(), "100.01");
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_cent_may_be_spent_and_not_one_more() {
    let mut setup = Setup::begin().await;
    assert_eq!(setup.buy("99.99").await.1.verdict(), "200");
    assert_eq!(
        setup.buy("0.02").await.1.verdict(),
        "402 INSUFFICIENT_FUNDS"
    );
    assert_eq!(setup.buy("0.01").await.1.verdict(), "200");
    assert_eq!(setup.balance().await, "100.00 100.00 0.00");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_business_is_named_by_its_own_token() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "1.00").request();
    let mut of_business = with(
        &purchase,
        "gpa_order.jit_funding.business_token",
        "payer".into(),
    );
    of_business.remove("gpa_order.jit_funding.user_token");
    let response = setup.front.jit(of_business.to_string()).await;
    assert_eq!(response.verdict(), "200");
    assert_eq!(response.string("jit_funding.business_token"), "payer");
    assert_eq!(response.raw("jit_funding.user_token"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balance_inquiry_returns_every_currency_and_holds_nothing() {
    let mut setup = Setup::begin().await;
    setup
        .bank
        .open("traveller", &[("USD", "100.00"), ("JPY", "500")])
        .await;
    let purchase = setup.messages.purchase("traveller", "42.10");
    assert_eq!(setup.ask(&purchase).await.verdict(), "200");
    let inquiry = setup
        .messages
        .opening(MessageKind::PinDebit, "traveller", "0.00", "USD")
        .request();
    let inquiry = with(&inquiry, "type", "pindebit.balanceinquiry".into());
    let inquiry = with(
        &inquiry,
        "gpa_order.jit_funding.method",
        "pgfs.balanceinquiry".into(),
    );
    let response = setup.front.jit(inquiry.to_string()).await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    assert_eq!(response.raw("jit_funding.amount").unwrap(), "0.00");
    let balance = |path: &str| {
        response
            .raw(&format!("jit_funding.balances.{path}"))
            .unwrap()
    };
    assert_eq!(balance("USD.currency_code"), "\"USD\"");
    assert_eq!(balance("USD.ledger_balance"), "100.00");
    assert_eq!(balance("USD.available_balance"), "57.90");
    assert_eq!(balance("USD.pending_credits"), "0.00");
    assert_eq!(balance("JPY.available_balance"), "500");
    assert_eq!(
        setup.bank.balance("traveller", "USD").await,
        "100.00 42.10 57.90"
    );
}
