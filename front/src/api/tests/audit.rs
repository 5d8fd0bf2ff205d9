//! The audit: who changed what, and what is never in it.

use super::fixture::ApiFixture;
use serde_json::{Value, json};

async fn audit_of(fixture: &ApiFixture, query: &str) -> Vec<Value> {
    let answer = fixture.get(&format!("/api/v1/audit?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {:?}", answer.json);
    answer.json["audit"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_change_says_who_what_before_after_and_why() {
    let fixture = ApiFixture::open().await;
    fixture.account("audit-1", "25.00").await;
    let path = "/api/v1/accounts/audit-1?reason=lost%20phone";
    let put = fixture.put(path, json!({"state": "suspended"})).await;
    assert_eq!(put.status, 200);
    let rows = audit_of(&fixture, "account=audit-1").await;
    let [suspended, transferred, created] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!(created["action"], "created");
    assert_eq!(created["before"], Value::Null);
    assert_eq!(transferred["action"], "transferred");
    assert_eq!(transferred["before"]["posted"], "0.00");
    assert_eq!(transferred["after"]["posted"], "25.00");
    assert_eq!(transferred["after"]["reference"], "opening");
    let wanted = json!({"id": suspended["id"], "at": suspended["at"], "operator": "root",
        "role": "admin", "address": null, "action": "changed", "object": "account",
        "name": "audit-1", "account": "audit-1",
        "before": {"state": "active", "marqeta_state": null, "kind": "user", "currencies": ["USD"]},
        "after": {"state": "suspended", "marqeta_state": null, "kind": "user", "currencies": ["USD"]},
        "reason": "lost phone"});
    assert_eq!(suspended, &wanted);
}

#[tokio::test]
async fn the_same_again_and_what_is_refused_leave_no_audit() {
    let fixture = ApiFixture::open().await;
    let account = json!({"state": "active", "currencies": ["USD"]});
    let limit = json!({"amount_limit": 7, "currency_code": "USD", "velocity_window": "DAY"});
    let transfer =
        json!({"reference": "r1", "direction": "credit", "amount": "5.00", "currency": "USD"});
    for _ in 0..3 {
        let path = "/api/v1/accounts/audit-2";
        fixture.put(path, account.clone()).await;
        fixture
            .post(&format!("{path}/transfers"), transfer.clone())
            .await;
        let card = json!({"account": "audit-2", "state": "suspended"});
        fixture.put("/api/v1/cards/audit-2", card).await;
        let rules = json!({"channels": {"atm": false}});
        fixture.put(&format!("{path}/rules"), rules).await;
        fixture
            .put("/api/v1/velocity-controls/audit-2", limit.clone())
            .await;
        let settings = json!({"partial_approval": null});
        fixture.put("/api/v1/program", settings).await;
    }
    let mut other = transfer.clone();
    other["amount"] = json!("6.00");
    let path = "/api/v1/accounts/audit-2/transfers";
    assert_eq!(fixture.post(path, other).await.status, 409);
    let elsewhere = json!({"account": "audit-none"});
    assert_eq!(
        fixture.put("/api/v1/cards/audit-2", elsewhere).await.status,
        422
    );
    let rows = audit_of(&fixture, "account=audit-2").await;
    let objects: Vec<&str> = rows
        .iter()
        .map(|row| row["object"].as_str().unwrap())
        .collect();
    assert_eq!(objects, ["rules", "card", "account", "account"]);
    let controls = audit_of(&fixture, "kind=velocity_control&limit=1000").await;
    let mine = controls.iter().filter(|row| row["name"] == "audit-2");
    assert_eq!(mine.count(), 1);
}

#[tokio::test]
async fn the_audit_is_filtered_and_paged() {
    let fixture = ApiFixture::open().await;
    fixture.account("audit-3", "1.00").await;
    let all = audit_of(&fixture, "account=audit-3").await;
    let first = fixture
        .get("/api/v1/audit?account=audit-3&limit=1")
        .await
        .json;
    assert_eq!(first["audit"], json!([all[0]]));
    let cursor = first["cursor"].as_str().unwrap();
    let second = format!("/api/v1/audit?account=audit-3&limit=1&cursor={cursor}");
    let second = fixture.get(&second).await.json;
    assert_eq!(
        (&second["audit"], &second["cursor"]),
        (&json!([all[1]]), &Value::Null)
    );
    let created = audit_of(&fixture, "account=audit-3&action=created&operator=root").await;
    assert_eq!(created, [all[1].clone()]);
    assert!(
        audit_of(&fixture, "account=audit-3&since=2999-01-01")
            .await
            .is_empty()
    );
    assert!(
        audit_of(&fixture, "account=audit-3&operator=olga")
            .await
            .is_empty()
    );
    for (query, field) in [
        ("action=made", "action"),
        ("kind=thing", "kind"),
        ("since=soon", "since"),
        ("cursor=x", "cursor"),
        ("who=olga", "who"),
    ] {
        let answer = fixture.get(&format!("/api/v1/audit?{query}")).await;
        assert_eq!(
            (answer.status, answer.field()),
            (400, Some(field)),
            "{query}"
        );
    }
}
