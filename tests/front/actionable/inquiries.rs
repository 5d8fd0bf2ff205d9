//! Balance inquiries of both types, in every currency of the account; and product inquiries.

use super::ask::{Row, requests};
use crate::setup::Setup;
use http::Method;

const BOTH: [&str; 2] = [
    "balanceinquiry pgfs.balanceinquiry 0.00",
    "pindebit.balanceinquiry pgfs.pindebit.balanceinquiry 0.00",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balance_inquiry_returns_each_currency_with_its_decimals_also_below_zero() {
    let mut setup = Setup::begin().await;
    let money = [("USD", "100.00"), ("JPY", "500"), ("KWD", "1.500")];
    setup.bank.open("traveller", &money).await;
    for row in [
        "authorization pgfs.authorization 42.10",
        "refund.authorization pgfs.refund.authorization 7.00 unload",
    ] {
        let request = requests(&mut setup.messages, "traveller", &Row::read(row)).pop();
        assert_eq!(
            setup.front.jit(request.unwrap().to_string()).await.status,
            200
        );
    }
    let adjustment = r#"{"reference":"r","amount":"-620","currency":"JPY","reason":"a fee"}"#;
    let path = "/api/v1/accounts/traveller/adjustments";
    let adjusted = setup.front.api(Method::POST, path, adjustment).await;
    assert_eq!(adjusted.status, 201, "{}", adjusted.text());
    for row in BOTH {
        let request = requests(&mut setup.messages, "traveller", &Row::read(row)).pop();
        let response = setup.front.jit(request.unwrap().to_string()).await;
        assert_eq!(response.verdict(), "200", "{row}: {}", response.text());
        assert_eq!(response.raw("jit_funding.amount").unwrap(), "0.00");
        let balances = response.raw("jit_funding.balances").unwrap();
        let expected = concat!(
            r#"{"JPY":{"currency_code":"JPY","ledger_balance":-120,"available_balance":-120,"credit_balance":0,"pending_credits":0},"#,
            r#""KWD":{"currency_code":"KWD","ledger_balance":1.500,"available_balance":1.500,"credit_balance":0.000,"pending_credits":0.000},"#,
            r#""USD":{"currency_code":"USD","ledger_balance":100.00,"available_balance":57.90,"credit_balance":0.00,"pending_credits":7.00}}"#,
        );
        assert_eq!(balances, expected, "{row}");
    }
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_inquiry_chooses_no_product_and_returns_no_balance() {
    let mut setup = Setup::begin().await;
    let row = Row::read("product.inquiry pgfs.product.inquiry 0.00");
    let mut request = requests(&mut setup.messages, "payer", &row).pop().unwrap();
    request.set("flex.action", "inquiry".into());
    let response = setup.front.jit(request.to_string()).await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    assert_eq!(response.raw("flex"), None);
    assert_eq!(response.raw("jit_funding.balances"), None);
    assert_eq!(response.raw("jit_funding.amount").unwrap(), "0.00");
    let again = setup.front.jit(request.to_string()).await;
    assert_eq!(again.body, response.body, "a repeat");
    let holds = setup.database.count("select count(*) from hold").await;
    let booked = "select count(*) from journal
        where topic = 'jit.authorizations.v1' and entries::text <> '[]'";
    assert_eq!((holds, setup.database.count(booked).await), (0, 0));
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
}
