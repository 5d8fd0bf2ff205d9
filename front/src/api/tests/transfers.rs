//! Transfers, adjustments, and the lines they leave.

use super::fixture::{ApiFixture, HttpResponse};
use futures_util::future::join_all;
use serde_json::{Value, json};

async fn transfer(fixture: &ApiFixture, account: &str, what: (&str, &str, &str)) -> HttpResponse {
    let (reference, direction, amount) = what;
    let body = json!({"reference": reference, "direction": direction, "amount": amount,
        "currency": "USD", "memo": "test"});
    fixture
        .post(&format!("/api/v1/accounts/{account}/transfers"), body)
        .await
}

async fn posted(fixture: &ApiFixture, account: &str) -> Value {
    let account = fixture.get(&format!("/api/v1/accounts/{account}")).await;
    account.json["balances"][0]["posted"].clone()
}

#[tokio::test]
async fn a_reference_moves_money_once() {
    let fixture = ApiFixture::open().await;
    fixture.account("tra-1", "0").await;
    let first = transfer(&fixture, "tra-1", ("r1", "credit", "20")).await;
    assert_eq!(
        (first.status, &first.json["amount"]),
        (201, &json!("20.00"))
    );
    let again = transfer(&fixture, "tra-1", ("r1", "credit", "20.00")).await;
    assert_eq!((again.status, again.json), (200, first.json));
    let other = transfer(&fixture, "tra-1", ("r1", "credit", "21.00")).await;
    assert_eq!(other.codes(), (409, "reference_used"));
    let other = transfer(&fixture, "tra-1", ("r1", "debit", "20.00")).await;
    assert_eq!(other.codes(), (409, "reference_used"));
    assert_eq!(posted(&fixture, "tra-1").await, "20.00");
}

#[tokio::test]
async fn many_at_once_move_money_once() {
    let fixture = ApiFixture::open().await;
    fixture.account("tra-2", "0").await;
    let all = (0..20).map(|_| transfer(&fixture, "tra-2", ("r1", "credit", "5.00")));
    let statuses: Vec<u16> = join_all(all)
        .await
        .iter()
        .map(|response| response.status)
        .collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        19,
        "{statuses:?}"
    );
    assert_eq!(posted(&fixture, "tra-2").await, "5.00");
}

#[tokio::test]
async fn a_debit_takes_no_more_than_is_available() {
    let fixture = ApiFixture::open().await;
    fixture.account("tra-3", "50.00").await;
    fixture.purchase("tra-3", "tra-3-t1", "20.00").await;
    let refused = transfer(&fixture, "tra-3", ("r1", "debit", "30.01")).await;
    assert_eq!(refused.codes(), (422, "insufficient_funds"));
    assert_eq!(
        transfer(&fixture, "tra-3", ("r1", "debit", "30.00"))
            .await
            .status,
        201
    );
    assert_eq!(posted(&fixture, "tra-3").await, "20.00");
}

#[tokio::test]
async fn the_account_must_be_there_and_not_closed() {
    let fixture = ApiFixture::open().await;
    let unknown = transfer(&fixture, "tra-unknown", ("r1", "credit", "1.00")).await;
    assert_eq!(unknown.codes(), (404, "unknown_account"));
    fixture.account("tra-4", "10.00").await;
    fixture
        .put("/api/v1/accounts/tra-4", json!({"state": "suspended"}))
        .await;
    assert_eq!(
        transfer(&fixture, "tra-4", ("r1", "debit", "4.00"))
            .await
            .status,
        201
    );
    fixture
        .put("/api/v1/accounts/tra-4", json!({"state": "closed"}))
        .await;
    // A closed account may have money, and the program must be able to pay it out.
    let paid = transfer(&fixture, "tra-4", ("r2", "debit", "6.00")).await;
    assert_eq!(paid.status, 201);
    // What was done stays done, and may be asked for again.
    assert_eq!(
        transfer(&fixture, "tra-4", ("r1", "debit", "4.00"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let fixture = ApiFixture::open().await;
    fixture.account("tra-5", "0").await;
    let good = json!({"reference": "r", "direction": "credit", "amount": "1", "currency": "USD"});
    for (field, value) in [
        ("amount", json!("1.005")),
        ("amount", json!("0")),
        ("amount", json!("-1")),
        ("amount", json!("a lot")),
        ("amount", Value::Null),
        ("currency", json!("XQQ")),
        ("direction", json!("sideways")),
        ("direction", Value::Null),
        ("reference", json!("")),
        ("fee", json!("1")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let response = fixture
            .post("/api/v1/accounts/tra-5/transfers", body.clone())
            .await;
        assert_eq!(
            (response.status, response.field()),
            (400, Some(field)),
            "{body}"
        );
    }
    let yen =
        r#"{"reference":"r","direction":"credit","amount":500.5,"currency":"JPY"}"#.to_owned();
    let path = "/api/v1/accounts/tra-5/transfers";
    assert_eq!(
        fixture.send("POST", path, Some("root"), yen).await.field(),
        Some("amount")
    );
    let yen =
        r#"{"reference":"r","direction":"credit","amount":500.0,"currency":"JPY"}"#.to_owned();
    assert_eq!(
        fixture.send("POST", path, Some("root"), yen).await.json["amount"],
        "500"
    );
}

#[tokio::test]
async fn an_adjustment_may_go_below_zero() {
    let fixture = ApiFixture::open().await;
    fixture.account("tra-6", "5.00").await;
    let path = "/api/v1/accounts/tra-6/adjustments";
    let body =
        json!({"reference": "a1", "amount": "-7.50", "currency": "USD", "reason": "mistake"});
    let first = fixture
        .send("POST", path, Some("olga"), body.to_string())
        .await;
    assert_eq!(
        (first.status, &first.json["amount"]),
        (201, &json!("-7.50"))
    );
    assert_eq!(fixture.post(path, body.clone()).await.status, 200);
    let mut other = body.clone();
    other["amount"] = json!("-7.51");
    assert_eq!(
        fixture.post(path, other).await.codes(),
        (409, "reference_used")
    );
    let mut silent = body;
    silent["reason"] = Value::Null;
    assert_eq!(fixture.post(path, silent).await.field(), Some("reason"));
    assert_eq!(posted(&fixture, "tra-6").await, "-2.50");
}

#[tokio::test]
async fn entries_are_listed_newest_first_in_pages() {
    let fixture = ApiFixture::open().await;
    fixture.account("tra-7", "50.00").await;
    fixture.purchase("tra-7", "tra-7-t1", "20.00").await;
    transfer(&fixture, "tra-7", ("r1", "debit", "10.00")).await;
    let path = "/api/v1/accounts/tra-7/entries";
    let all = fixture.get(path).await.json;
    let line = |n: usize| {
        let entry = &all["entries"][n];
        let text = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
        [
            text("kind"),
            text("layer"),
            text("amount"),
            text("transaction"),
        ]
        .join(" ")
    };
    assert_eq!(all["entries"].as_array().unwrap().len(), 3);
    assert_eq!(all["cursor"], Value::Null);
    assert_eq!(line(0), "transferred settled -10.00 -");
    assert_eq!(line(1), "authorized pending -20.00 tra-7-t1");
    assert_eq!(line(2), "transferred settled 50.00 -");

    let first = fixture.get(&format!("{path}?limit=2")).await.json;
    assert_eq!(
        first["entries"],
        json!([all["entries"][0], all["entries"][1]])
    );
    let cursor = first["cursor"].as_str().unwrap();
    let second = fixture
        .get(&format!("{path}?limit=2&cursor={cursor}"))
        .await
        .json;
    assert_eq!(second["entries"], json!([all["entries"][2]]));
    for (query, field) in [
        ("limit=0", "limit"),
        ("cursor=x", "cursor"),
        ("page=2", "page"),
    ] {
        let response = fixture.get(&format!("{path}?{query}")).await;
        assert_eq!(
            (response.status, response.field()),
            (400, Some(field)),
            "{query}"
        );
    }
}
