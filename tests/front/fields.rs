//! Requests that are none: 400, the field that is wrong, and nothing stored.

use crate::setup::Setup;
use holdfast_simulator::Json;
use holdfast_tests::HttpResponse;
use holdfast_tests::message::{with, without};

fn is_bad(response: &HttpResponse, field: &str) {
    assert_eq!(response.status, 400, "{field}: {}", response.text());
    assert_eq!(response.string("error.field"), field, "{}", response.text());
    assert!(
        !response.string("error.code").is_empty(),
        "{}",
        response.text()
    );
    assert!(
        !response.string("error.message").is_empty(),
        "{}",
        response.text()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_field_is_named() {
    let mut setup = Setup::begin().await;
    let request = setup.messages.purchase("payer", "1.00").request();
    let needed = [
        ("token", "token"),
        ("type", "type"),
        ("currency_code", "currency_code"),
        ("gpa_order", "gpa_order.jit_funding"),
        ("gpa_order.jit_funding", "gpa_order.jit_funding"),
        ("gpa_order.jit_funding.token", "gpa_order.jit_funding.token"),
        (
            "gpa_order.jit_funding.method",
            "gpa_order.jit_funding.method",
        ),
        (
            "gpa_order.jit_funding.amount",
            "gpa_order.jit_funding.amount",
        ),
        (
            "gpa_order.jit_funding.user_token",
            "gpa_order.jit_funding.user_token",
        ),
    ];
    for (path, field) in needed {
        is_bad(
            &setup.front.jit(without(&request, path).to_string()).await,
            field,
        );
        is_bad(
            &setup
                .front
                .jit(with(&request, path, Json::Null).to_string())
                .await,
            field,
        );
    }
    assert_eq!(setup.decisions().await, 0);
    assert_eq!(
        setup
            .database
            .count("select count(*) from journal where topic like 'jit%'")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_amount_that_is_no_amount_is_named() {
    let mut setup = Setup::begin().await;
    let request = setup.messages.purchase("payer", "1.00").request();
    let field = "gpa_order.jit_funding.amount";
    let no_amounts = [
        "-0.01",
        "\"\"",
        "\"abc\"",
        "\"1,00\"",
        "true",
        "[]",
        "{}",
        "\"NaN\"",
        "\"Infinity\"",
        "1.001",
        "\"1.001\"",
        "1e-3",
        "1234567890123456",
        "1e15",
        "\"+1\"",
        "\"0x10\"",
    ];
    for text in no_amounts {
        let request = with(&request, field, Json::Raw(text.to_owned()));
        is_bad(&setup.front.jit(request.to_string()).await, field);
    }
    assert_eq!(setup.decisions().await, 0);
}
