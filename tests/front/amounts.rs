//! Amounts in and out: as texts, with the currency's decimals, never through a float.

use crate::setup::Setup;
use holdfast_simulator::{Json, MessageKind};
use holdfast_tests::message::with;

const AMOUNT: &str = "gpa_order.jit_funding.amount";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amounts_come_in_many_forms_and_leave_with_the_currencys_decimals() {
    let mut setup = Setup::begin().await;
    let money = [
        ("USD", "1000000.00"),
        ("JPY", "1000000"),
        ("KWD", "1000000.000"),
    ];
    setup.bank.open("rich", &money).await;
    let cases = [
        ("USD", "42.1", "42.10"),
        ("USD", "\"42.10\"", "42.10"),
        ("USD", "42", "42.00"),
        ("USD", "42.1000000", "42.10"),
        ("USD", "1.0E3", "1000.00"),
        ("USD", "0", "0.00"),
        ("USD", "\" 7.50 \"", "7.50"),
        ("JPY", "500.0", "500"),
        ("JPY", "\"500\"", "500"),
        ("KWD", "1.234", "1.234"),
        ("KWD", "1.5", "1.500"),
    ];
    for (currency, sent, answered) in cases {
        let request = setup
            .messages
            .opening(MessageKind::Authorization, "rich", "1", currency)
            .request();
        let request = with(&request, AMOUNT, Json::Raw(sent.to_owned()));
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(
            response.verdict(),
            "200",
            "{currency} {sent}: {}",
            response.text()
        );
        assert_eq!(
            response.raw("jit_funding.amount").unwrap(),
            answered,
            "{currency} {sent}"
        );
    }
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_amount_with_more_decimals_than_its_currency_is_400() {
    let mut setup = Setup::begin().await;
    for (currency, sent) in [("USD", "1.001"), ("JPY", "500.5"), ("KWD", "1.0001")] {
        let request = setup
            .messages
            .opening(MessageKind::Authorization, "payer", "1", currency)
            .request();
        let request = with(&request, AMOUNT, Json::Raw(sent.to_owned()));
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(
            response.status,
            400,
            "{currency} {sent}: {}",
            response.text()
        );
        assert_eq!(response.string("error.field"), AMOUNT, "{currency} {sent}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifteen_digits_are_exact() {
    let mut setup = Setup::begin().await;
    setup
        .bank
        .open("whale", &[("USD", "999999999999999.99")])
        .await;
    let purchase = setup.messages.purchase("whale", "999999999999999.98");
    let response = setup.ask(&purchase).await;
    assert_eq!(
        response.raw("jit_funding.amount").unwrap(),
        "999999999999999.98"
    );
    let balance = setup.bank.balance("whale", "USD").await;
    assert_eq!(balance, "999999999999999.99 999999999999999.98 0.01");
}
