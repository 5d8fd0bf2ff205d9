//! Cards.

use super::fixture::ApiFixture;
use serde_json::{Value, json};

#[tokio::test]
async fn a_card_is_registered_and_changed() {
    let fixture = ApiFixture::open().await;
    fixture.account("car-1", "0").await;
    fixture.account("car-2", "0").await;
    let path = "/api/v1/cards/car-1-blue";
    assert_eq!(fixture.get(path).await.codes(), (404, "unknown_card"));
    let created = fixture.put(path, json!({"account": "car-1"})).await;
    let mut wanted = json!({"token": "car-1-blue", "registered": true, "account": "car-1", "state": "active",
        "operator_state": "active", "marqeta_state": Value::Null});
    assert_eq!((created.status, &created.json), (201, &wanted));
    let changed = fixture
        .put(path, json!({"account": "car-1", "state": "suspended"}))
        .await;
    wanted["state"] = json!("suspended");
    wanted["operator_state"] = json!("suspended");
    assert_eq!((changed.status, &changed.json), (200, &wanted));
    assert_eq!(fixture.get(path).await.json, wanted);

    let other = fixture
        .put(path, json!({"account": "car-2", "state": "active"}))
        .await;
    assert_eq!(other.codes(), (409, "card_of_another_account"));
    let unknown = fixture
        .put("/api/v1/cards/car-9", json!({"account": "car-unknown"}))
        .await;
    assert_eq!(
        (unknown.codes(), unknown.field()),
        ((422, "unknown_account"), Some("account"))
    );
    for (body, field) in [
        (json!({"state": "active"}), "account"),
        (json!({"account": "car-1", "state": "lost"}), "state"),
        (json!({"account": "car-1", "pin": "1"}), "pin"),
    ] {
        assert_eq!(fixture.put(path, body).await.field(), Some(field));
    }
}
