//! Partial approval: less than was asked for, where program and terminal allow it and money alone refuses.

use crate::setup::Setup;
use holdfast_simulator::{Json, MessageKind, Transaction};
use holdfast_tests::message::with;
use holdfast_tests::{HttpResponse, TestFront};
use serde_json::Value;
use tokio::task::JoinSet;

const ON: &str = r#"{"partial_approval":true}"#;

/// The request at a terminal that takes a part.
fn capable(purchase: &Transaction) -> Json {
    with(
        &purchase.request(),
        "pos.partial_approval_capable",
        true.into(),
    )
}

/// Asks, and says what came of it: `200 30.00`, or `402 INSUFFICIENT_FUNDS`.
async fn outcome(setup: &Setup, request: &Json) -> String {
    let response = setup.front.jit(request.to_string()).await;
    match response.status {
        200 => format!("200 {}", approved(&response)),
        _ => response.verdict(),
    }
}

fn approved(response: &HttpResponse) -> String {
    response.raw("jit_funding.amount").unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_available_is_approved_held_and_explained() {
    let mut setup = Setup::begin().await;
    setup.set(ON).await;
    let purchase = setup.messages.purchase("payer", "142.10");
    let request = capable(&purchase).to_string();
    let response = setup.front.jit(request.clone()).await;
    assert_eq!(
        (response.verdict().as_str(), approved(&response).as_str()),
        ("200", "100.00")
    );
    assert_eq!(setup.balance().await, "100.00 100.00 0.00");
    assert_eq!(
        setup.front.jit(request).await.body,
        response.body,
        "a repeat"
    );

    let shown = setup.transaction(&purchase.token).await;
    let funds = funds(&shown);
    assert_eq!(funds["verdict"], "reduced");
    let inputs = &funds["inputs"];
    let amounts = ["asked", "available", "approved"].map(|name| inputs[name].as_str().unwrap());
    assert_eq!(amounts, ["142.10", "100.00", "100.00"]);
    assert_eq!(shown["hold"]["authorized"], "100.00");
    assert_eq!(event(&setup, "requested_amount").await, "142.10");
    assert_eq!(event(&setup, "approved_amount").await, "100.00");
    assert_eq!(event(&setup, "outcome").await, "approved");
    setup.bank.verify().await;
}

fn funds(shown: &Value) -> Value {
    let checks = shown["decision"]["why"]["checks"].as_array().unwrap();
    let funds = checks.iter().find(|check| check["check"] == "funds");
    funds.unwrap().clone()
}

/// A field of the only event of `jit.authorizations.v1`.
async fn event(setup: &Setup, field: &str) -> String {
    let query = "select payload::jsonb ->> $1 from journal where topic = 'jit.authorizations.v1'";
    let mut connection = setup.database.connect().await;
    let value = sqlx::query_scalar(query).bind(field);
    value.fetch_one(&mut connection).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_condition_that_is_missing_declines() {
    let mut setup = Setup::begin().await;
    setup.bank.open("broke", &[("USD", "0.00")]).await;
    let refused = "402 INSUFFICIENT_FUNDS";
    let request = capable(&setup.messages.purchase("payer", "100.01"));
    assert_eq!(outcome(&setup, &request).await, refused, "not wanted");
    setup.set(ON).await;
    let request = setup.messages.purchase("payer", "100.01").request();
    assert_eq!(outcome(&setup, &request).await, refused, "not capable");
    let request = capable(&setup.messages.purchase("broke", "0.01"));
    assert_eq!(outcome(&setup, &request).await, refused, "nothing is there");
    let request = with(
        &capable(&setup.messages.purchase("payer", "100.01")),
        "currency_code",
        "EUR".into(),
    );
    let other = "402 TRANSACTION_NOT_PERMITTED";
    assert_eq!(outcome(&setup, &request).await, other, "another reason");
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");

    let (first, _) = setup.buy("60.00").await;
    let more = setup
        .messages
        .following(&first, MessageKind::Increment, "40.01");
    assert_eq!(outcome(&setup, &capable(&more)).await, refused, "increment");
    let request = capable(&setup.messages.purchase("payer", "40.00"));
    assert_eq!(outcome(&setup, &request).await, "200 40.00", "the whole");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn yen_have_no_decimals_and_a_pin_debit_takes_the_part_at_once() {
    let mut setup = Setup::begin().await;
    setup.set(ON).await;
    setup.bank.open("tokyo", &[("JPY", "499")]).await;
    let yen = setup
        .messages
        .opening(MessageKind::Authorization, "tokyo", "500", "JPY");
    assert_eq!(outcome(&setup, &capable(&yen)).await, "200 499");
    assert_eq!(setup.bank.balance("tokyo", "JPY").await, "499 499 0");
    let debit = setup
        .messages
        .opening(MessageKind::PinDebit, "payer", "100.01", "USD");
    assert_eq!(outcome(&setup, &capable(&debit)).await, "200 100.00");
    assert_eq!(setup.balance().await, "0.00 0.00 0.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_cash_back_the_goods_alone_are_approved_if_the_terminal_says_so() {
    let mut setup = Setup::begin().await;
    setup.set(ON).await;
    let mut cash_back = |cash: &'static str, goods_alone: bool| {
        let debit = setup
            .messages
            .opening(MessageKind::PinDebitCashBack, "payer", "120.00", "USD");
        let request = with(&capable(&debit), "cash_back_amount", cash.into());
        with(&request, "pos.purchase_amount_only", goods_alone.into())
    };
    let cases = [
        (cash_back("40.00", false), "402 INSUFFICIENT_FUNDS"),
        (cash_back("19.99", true), "402 INSUFFICIENT_FUNDS"),
        (cash_back("40.00", true), "200 80.00"),
    ];
    for (request, expected) in cases {
        assert_eq!(outcome(&setup, &request).await, expected);
    }
    assert_eq!(setup.balance().await, "20.00 0.00 20.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_never_get_more_than_there_is() {
    let mut setup = Setup::begin().await;
    let other = TestFront::open(setup.database.url()).await;
    setup.set(ON).await;
    let changed = other.api(http::Method::PUT, "/api/v1/program", ON).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let callers = [(*setup.front).clone(), (*other).clone()];
    let mut asking = JoinSet::new();
    for number in 0..20 {
        let request = capable(&setup.messages.purchase("payer", "30.00")).to_string();
        let caller = callers[number % 2].clone();
        asking.spawn(async move { caller.jit(request).await });
    }
    let answers = asking.join_all().await;
    let given = answers.iter().filter(|response| response.status == 200);
    let mut given: Vec<String> = given.map(approved).collect();
    given.sort();
    assert_eq!(given, ["10.00", "30.00", "30.00", "30.00"]);
    assert_eq!(setup.balance().await, "100.00 100.00 0.00");
    setup.bank.verify().await;
}
