//! Accounts.

use super::fixture::ApiFixture;
use holdfast_ledger::token::AccountToken;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn take_position(account: &mut Value) -> Value {
    account.as_object_mut().unwrap().remove("position").unwrap()
}

#[tokio::test]
async fn an_account_is_created_and_changed() {
    let fixture = ApiFixture::open().await;
    let path = "/api/v1/accounts/acc-1";
    assert_eq!(fixture.get(path).await.codes(), (404, "unknown_account"));
    let mut created = fixture
        .put(
            path,
            json!({"currencies": ["USD", "JPY"], "kind": "business"}),
        )
        .await;
    let balance = |currency: &str, nothing: &str| {
        json!({"currency": currency, "posted": nothing, "held": nothing,
            "pending_credit": nothing, "available": nothing})
    };
    let balances = json!([balance("JPY", "0"), balance("USD", "0.00")]);
    let wanted = json!({"token": "acc-1", "state": "active", "marqeta_state": null, "kind": "business",
            "balances": balances});
    // The position is one of the shard, which other tests move.
    assert!(take_position(&mut created.json).is_i64());
    assert_eq!((created.status, created.json), (201, wanted.clone()));
    let mut shown = fixture.get(path).await.json;
    take_position(&mut shown);
    assert_eq!(shown, wanted);

    let changed = fixture
        .put(path, json!({"state": "suspended", "currencies": ["EUR"]}))
        .await;
    assert_eq!(changed.status, 200);
    assert_eq!(changed.json["state"], "suspended");
    assert_eq!(changed.json["kind"], "business");
    assert_eq!(changed.json["balances"].as_array().unwrap().len(), 3);
    assert_eq!(
        fixture.put(path, json!({})).await.json["state"],
        "suspended"
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let fixture = ApiFixture::open().await;
    for (body, field) in [
        (json!({"state": "unregistered"}), Some("state")),
        (json!({"state": 1}), Some("state")),
        (json!({"kind": "robot"}), Some("kind")),
        (json!({"currencies": ["XQQ"]}), Some("currencies")),
        (json!({"currencies": "USD"}), Some("currencies")),
        (json!({"colour": "blue"}), Some("colour")),
        (json!([]), None),
    ] {
        let response = fixture.put("/api/v1/accounts/acc-2", body.clone()).await;
        assert_eq!((response.status, response.field()), (400, field), "{body}");
        assert!(response.json["error"]["message"].is_string());
    }
    let long = format!("/api/v1/accounts/{}", "x".repeat(129));
    assert_eq!(
        fixture.put(&long, json!({})).await.codes(),
        (400, "invalid_token")
    );
    assert_eq!(fixture.get("/api/v1/accounts/acc-2").await.status, 404);
}

#[tokio::test]
async fn a_token_may_hold_anything_printable() {
    let fixture = ApiFixture::open().await;
    let path = "/api/v1/accounts/a%2Fb%20%C3%A9";
    assert_eq!(fixture.put(path, json!({})).await.status, 201);
    assert_eq!(fixture.get(path).await.json["token"], "a/b é");
}

#[tokio::test]
async fn an_account_that_money_opened_is_registered() {
    let fixture = ApiFixture::open().await;
    let token = AccountToken::parse("acc-3").unwrap();
    let mut unit = fixture.store.begin().await.unwrap();
    unit.open_unregistered(&BTreeSet::from([token]))
        .await
        .unwrap();
    unit.commit().await.unwrap();
    let path = "/api/v1/accounts/acc-3";
    assert_eq!(fixture.get(path).await.json["state"], "unregistered");
    let registered = fixture.put(path, json!({"currencies": ["USD"]})).await;
    assert_eq!(
        (registered.status, &registered.json["state"]),
        (201, &json!("active"))
    );
    assert_eq!(fixture.put(path, json!({})).await.status, 200);
}
