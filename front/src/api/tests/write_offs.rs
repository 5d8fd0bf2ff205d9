//! Debts that the program gives up.

use super::fixture::{ApiFixture, HttpResponse};
use futures_util::future::join_all;
use serde_json::{Value, json};

/// An account that owes so many dollars.
async fn debtor(fixture: &ApiFixture, account: &str, dollars: &str) {
    fixture.account(account, "0").await;
    let debt = json!({"reference": "debt", "amount": format!("-{dollars}"), "currency": "USD",
        "reason": "spent abroad"});
    let path = format!("/api/v1/accounts/{account}/adjustments");
    assert_eq!(fixture.post(&path, debt).await.status, 201);
}

fn order(reference: &str, amount: &str) -> Value {
    json!({"reference": reference, "amount": amount, "currency": "USD", "reason": "cannot be found"})
}

async fn write_off(fixture: &ApiFixture, account: &str, order: Value) -> HttpResponse {
    let path = format!("/api/v1/accounts/{account}/write-offs");
    let body = order.to_string();
    fixture.send("POST", &path, Some("olga"), body).await
}

async fn posted(fixture: &ApiFixture, account: &str) -> Value {
    let account = fixture.get(&format!("/api/v1/accounts/{account}")).await;
    account.json["balances"][0]["posted"].clone()
}

#[tokio::test]
async fn no_more_is_given_up_than_is_owed() {
    let fixture = ApiFixture::open().await;
    debtor(&fixture, "wri-1", "8.75").await;
    for (reference, amount, expected, left) in [
        ("w1", "8.76", (422, "nothing_owed"), "-8.75"),
        ("w2", "8.00", (201, ""), "-0.75"),
        ("w3", "0.76", (422, "nothing_owed"), "-0.75"),
        ("w4", "0.75", (201, ""), "0.00"),
        ("w5", "0.01", (422, "nothing_owed"), "0.00"),
    ] {
        let response = write_off(&fixture, "wri-1", order(reference, amount)).await;
        assert_eq!(response.codes(), expected, "{amount}");
        assert_eq!(posted(&fixture, "wri-1").await, left, "{amount}");
    }
    let mut yen = order("w6", "1");
    yen["currency"] = json!("JPY");
    let other = write_off(&fixture, "wri-1", yen).await;
    assert_eq!(other.codes(), (422, "nothing_owed"));
    let account = fixture.get("/api/v1/accounts/wri-1").await;
    assert_eq!(account.json["balances"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_held_is_not_owed() {
    let fixture = ApiFixture::open().await;
    fixture.account("wri-2", "5.00").await;
    fixture.purchase("wri-2", "wri-2-t1", "20.00").await;
    let response = write_off(&fixture, "wri-2", order("w1", "1.00")).await;
    assert_eq!(response.codes(), (422, "nothing_owed"));
}

#[tokio::test]
async fn a_reference_gives_up_a_debt_once() {
    let fixture = ApiFixture::open().await;
    debtor(&fixture, "wri-3", "20.00").await;
    let first = write_off(&fixture, "wri-3", order("w1", "5")).await;
    let shown = ["amount", "reason"].map(|name| first.json[name].clone());
    assert_eq!(
        (first.status, shown),
        (201, [json!("5.00"), json!("cannot be found")])
    );
    let again = write_off(&fixture, "wri-3", order("w1", "5.00")).await;
    assert_eq!((again.status, again.json), (200, first.json));
    let other = write_off(&fixture, "wri-3", order("w1", "6.00")).await;
    assert_eq!(other.codes(), (409, "reference_used"));
    let adjustment = fixture
        .post("/api/v1/accounts/wri-3/adjustments", order("w1", "5.00"))
        .await;
    assert_eq!(
        adjustment.codes(),
        (409, "reference_used"),
        "another kind of act"
    );
    assert_eq!(posted(&fixture, "wri-3").await, "-15.00");
}

#[tokio::test]
async fn many_at_once_give_up_the_debt_once() {
    let fixture = ApiFixture::open().await;
    debtor(&fixture, "wri-4", "20.00").await;
    let references: Vec<String> = (0..10).map(|number| format!("w{number}")).collect();
    let all = references
        .iter()
        .map(|reference| write_off(&fixture, "wri-4", order(reference, "20.00")));
    let answers = join_all(all).await;
    let count = |status| answers.iter().filter(|a| a.status == status).count();
    assert_eq!((count(201), count(422)), (1, 9));
    assert_eq!(posted(&fixture, "wri-4").await, "0.00");
}

#[tokio::test]
async fn what_makes_no_sense_is_named_and_only_operators_may() {
    let fixture = ApiFixture::open().await;
    debtor(&fixture, "wri-5", "20.00").await;
    for (field, value) in [
        ("amount", json!("0")),
        ("amount", json!("-1")),
        ("amount", json!("1.005")),
        ("amount", Value::Null),
        ("currency", json!("XQQ")),
        ("reason", Value::Null),
        ("reference", json!("")),
        ("memo", json!("none")),
    ] {
        let mut wrong = order("w1", "1.00");
        wrong[field] = value;
        let response = write_off(&fixture, "wri-5", wrong.clone()).await;
        assert_eq!(
            (response.status, response.field()),
            (400, Some(field)),
            "{wrong}"
        );
    }
    let path = "/api/v1/accounts/wri-5/write-offs";
    let body = || order("w1", "1.00").to_string();
    assert_eq!(
        fixture
            .send("POST", path, Some("vera"), body())
            .await
            .status,
        403
    );
    assert_eq!(fixture.send("POST", path, None, body()).await.status, 401);
    assert_eq!(fixture.get(path).await.status, 405);
    let unknown = write_off(&fixture, "wri-unknown", order("w1", "1.00")).await;
    assert_eq!(unknown.codes(), (404, "unknown_account"));
    assert_eq!(posted(&fixture, "wri-5").await, "-20.00");
}
