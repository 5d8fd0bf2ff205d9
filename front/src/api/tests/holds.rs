//! Holds, and letting them go by hand.

use super::fixture::ApiFixture;
use serde_json::{Value, json};

#[tokio::test]
async fn holds_are_listed_newest_first() {
    let fixture = ApiFixture::open().await;
    fixture.account("hol-1", "100.00").await;
    let older = fixture.purchase("hol-1", "hol-1-t1", "20.00").await;
    let newer = fixture.purchase("hol-1", "hol-1-t2", "30.50").await;
    let path = "/api/v1/accounts/hol-1/holds";
    let listed = fixture.get(path).await.json;
    let wanted = json!({"id": newer, "state": "open", "currency": "USD", "authorized": "30.50",
        "released": "0.00", "cleared": "0.00", "held": "30.50",
        "expires_at": "2027-01-22T08:00:00.000Z", "transactions": ["hol-1-t2"]});
    assert_eq!(listed["holds"][0], wanted);
    assert_eq!(listed["holds"][1]["id"], older);
    assert_eq!(listed["cursor"], Value::Null);
    let first = fixture.get(&format!("{path}?limit=1")).await.json;
    let cursor = first["cursor"].as_str().unwrap();
    let second = fixture
        .get(&format!("{path}?limit=1&cursor={cursor}"))
        .await
        .json;
    assert_eq!(second["holds"], json!([listed["holds"][1]]));

    let reason = json!({"reason": "test"});
    let released = fixture
        .post(&format!("/api/v1/holds/{older}/release"), reason)
        .await;
    assert_eq!(released.status, 200);
    let ids = async |state: &str| {
        let page = fixture.get(&format!("{path}?state={state}")).await.json;
        let holds = page["holds"].as_array().unwrap().clone();
        holds
            .iter()
            .map(|hold| hold["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (ids("open").await, ids("closed").await),
        (vec![newer], vec![older])
    );
    assert_eq!(
        fixture.get(&format!("{path}?state=odd")).await.field(),
        Some("state")
    );
    assert_eq!(
        fixture
            .get("/api/v1/accounts/hol-unknown/holds")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_released_hold_gives_its_money_back_once() {
    let fixture = ApiFixture::open().await;
    fixture.account("hol-2", "100.00").await;
    let id = fixture.purchase("hol-2", "hol-2-t1", "60.00").await;
    let path = format!("/api/v1/holds/{id}/release");
    assert_eq!(fixture.post(&path, json!({})).await.field(), Some("reason"));
    let body = json!({"reason": "the shop is gone"});
    let released = fixture
        .send("POST", &path, Some("olga"), body.to_string())
        .await;
    let hold = released.json;
    assert_eq!(
        (hold["state"].as_str(), hold["held"].as_str()),
        (Some("closed"), Some("0.00"))
    );
    assert_eq!(
        (hold["authorized"].as_str(), hold["released"].as_str()),
        (Some("60.00"), Some("0.00"))
    );
    assert_eq!(hold["transactions"], json!(["hol-2-t1"]));
    assert_eq!(
        fixture.post(&path, body.clone()).await.codes(),
        (409, "hold_closed")
    );
    let unknown = fixture
        .post("/api/v1/holds/hol-nothing/release", body)
        .await;
    assert_eq!(unknown.codes(), (404, "unknown_hold"));
    let account = fixture.get("/api/v1/accounts/hol-2").await.json;
    assert_eq!(account["balances"][0]["available"], "100.00");

    // The purchase names the operator who released it.
    let story = fixture.get("/api/v1/transactions/hol-2-t1").await.json;
    assert_eq!(story["entries"].as_array().unwrap().len(), 2);
    assert_eq!(story["entries"][1]["kind"], "released");
    assert_eq!(story["events"][1]["topic"], "ledger.adjustments.v1");
    assert_eq!(story["hold"]["id"], json!(id));
}
