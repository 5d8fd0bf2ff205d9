//! A field that is given has a value: null and an empty text are refused, and the message names field and rule.

use super::fixture::ApiFixture;
use serde_json::{Value, json};

#[tokio::test]
async fn null_and_an_empty_text_are_not_the_same_as_absent() {
    let fixture = ApiFixture::open().await;
    fixture.account("val-ann", "5.00").await;
    let transfer =
        json!({"reference": "v1", "direction": "credit", "amount": "1", "currency": "USD"});
    let adjustment = json!({"reference": "v2", "amount": "1", "currency": "USD", "reason": "r"});
    for (method, path, body, field) in [
        ("PUT", "/api/v1/accounts/val-ann", json!({}), "state"),
        ("PUT", "/api/v1/accounts/val-ann", json!({}), "kind"),
        ("PUT", "/api/v1/accounts/val-ann", json!({}), "currencies"),
        (
            "PUT",
            "/api/v1/cards/val-card",
            json!({"account": "val-ann"}),
            "state",
        ),
        (
            "POST",
            "/api/v1/accounts/val-ann/transfers",
            transfer,
            "memo",
        ),
        (
            "POST",
            "/api/v1/accounts/val-ann/adjustments",
            adjustment,
            "reason",
        ),
        ("PUT", "/api/v1/program", json!({}), "time_zone"),
    ] {
        for (value, rule) in [(Value::Null, "null"), (json!(" "), "empty")] {
            let mut body = body.clone();
            body[field] = value;
            let response = fixture
                .send(method, path, Some("root"), body.to_string())
                .await;
            assert_eq!(response.codes(), (400, "invalid_field"), "{path} {body}");
            assert_eq!(response.field(), Some(field), "{response:?}");
            let expected = format!(
                "reading {field}: it must not be {rule}; leave the field out, or give it a value"
            );
            assert_eq!(response.json["error"]["message"], expected);
        }
    }
}

#[tokio::test]
async fn an_unknown_field_is_refused_with_the_known_ones() {
    let fixture = ApiFixture::open().await;
    for (path, body, message) in [
        (
            "/api/v1/accounts/val-bob",
            json!({"stat": "active"}),
            "reading stat: unknown field; known are state, currencies, kind; the nearest is state",
        ),
        (
            "/api/v1/accounts/val-bob",
            json!({"state": "open"}),
            "reading state: it must be one of active, suspended, closed",
        ),
    ] {
        let response = fixture.put(path, body).await;
        assert_eq!(response.status, 400);
        assert_eq!(response.json["error"]["message"], message);
    }
    let unknown = fixture
        .put("/api/v1/program", json!({"hold_weeks": 1}))
        .await;
    let message = unknown.json["error"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("reading hold_weeks: unknown setting; known are "),
        "{message}"
    );
    assert!(message.contains("hold_days, "), "{message}");
    let wrong = fixture
        .put("/api/v1/program", json!({"timeout_policy": "maybe"}))
        .await;
    let message = wrong.json["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("expected `decline` or `error`"),
        "{message}"
    );
}

#[tokio::test]
async fn a_transfer_says_whether_it_opened_the_currency() {
    let fixture = ApiFixture::open().await;
    fixture.account("val-cyd", "5.00").await;
    let transfer = async |reference: &str, currency: &str| {
        let body = json!({"reference": reference, "direction": "credit", "amount": "1",
            "currency": currency});
        let path = "/api/v1/accounts/val-cyd/transfers";
        let response = fixture.post(path, body).await;
        (response.status, response.json["opened_currency"].clone())
    };
    assert_eq!(transfer("c1", "EUR").await, (201, json!(true)));
    assert_eq!(transfer("c2", "EUR").await, (201, json!(false)));
    // The same again gets the same response.
    assert_eq!(transfer("c1", "EUR").await, (200, json!(true)));
    assert_eq!(transfer("c3", "USD").await, (201, json!(false)));
}
