//! Controls keep what they were given: fields without effect here are shown with a warning, unknown ones are refused.

use super::controls::put_new;
use super::fixture::ApiFixture;
use holdfast_ledger::token::ControlToken;
use serde_json::{Value, json};

const LIMITS: &str = "/api/v1/velocity-controls";

fn limit() -> Value {
    json!({"amount_limit": 500.25, "currency_code": "USD", "velocity_window": "DAY",
        "association": {"user_token": "giv-ann"}})
}

#[tokio::test]
async fn a_field_without_effect_is_kept_and_shown_wherever_the_control_is() {
    let fixture = ApiFixture::open().await;
    let path = &format!("{LIMITS}/giv-kept");
    let warning = json!(["include_transfers has no effect here"]);
    for value in [json!(false), json!(true), json!("FALSE")] {
        let mut body = limit();
        body["include_transfers"] = value.clone();
        let put = fixture.put(path, body).await;
        assert!([200, 201].contains(&put.status), "{put:?}");
        let shown = fixture.get(path).await.json;
        let all = fixture.get(&format!("{LIMITS}?count=1000")).await.json;
        let listed = all["data"].as_array().unwrap().iter();
        let listed = listed.filter(|one| one["token"] == "giv-kept");
        let listed: Vec<&Value> = listed.collect();
        assert_eq!(listed, [&shown]);
        for one in [&put.json, &shown] {
            assert_eq!(one["include_transfers"], value, "{one}");
            assert_eq!(one["warnings"], warning, "{one}");
        }
        // What is read is put back as it is, warnings and all.
        let again = fixture.put(path, shown.clone()).await;
        assert_eq!(again.json["include_transfers"], value, "{again:?}");
    }
    // Left out, it is not shown, and there is nothing to warn of.
    let plain = fixture.put(path, limit()).await.json;
    let names = ["include_transfers", "warnings"];
    assert!(
        names.iter().all(|name| plain.get(name).is_none()),
        "{plain}"
    );
    assert_eq!(fixture.delete(path).await.status, 204);
}

#[tokio::test]
async fn what_was_given_outlives_the_process() {
    let fixture = ApiFixture::open().await;
    let path = &format!("{LIMITS}/giv-later");
    let mut body = limit();
    body["include_transfers"] = json!("FALSE");
    body["velocity_window_start_day"] = json!(15);
    put_new(&fixture, path, body).await;
    let other = fixture.another().await;
    let stored = other
        .control("velocity", "giv-later")
        .await
        .unwrap()
        .unwrap();
    let given: Value = serde_json::from_str(&stored.given).unwrap();
    let wanted = json!({"include_transfers": "FALSE", "velocity_window_start_day": 15});
    assert_eq!(given, wanted);
    // It is no part of what is in force.
    let token = ControlToken::parse("giv-later").unwrap();
    other.refresh_controls().await.unwrap();
    let in_force = other.controls().current();
    let fingerprint = &in_force.velocity(&token).unwrap().fingerprint;
    put_and_compare(&fixture, path, fingerprint.as_str()).await;
    assert_eq!(fixture.delete(path).await.status, 204);
}

/// Puts the control without the fields: it counts as before.
async fn put_and_compare(fixture: &ApiFixture, path: &str, fingerprint: &str) {
    assert_eq!(fixture.put(path, limit()).await.status, 200);
    let token = ControlToken::parse("giv-later").unwrap();
    let in_force = fixture.store.controls().current();
    let now = in_force.velocity(&token).unwrap().fingerprint.as_str();
    assert_eq!(now, fingerprint);
}

#[tokio::test]
async fn an_unpublished_field_is_refused_for_each_kind() {
    let fixture = ApiFixture::open().await;
    for (kind, body, field, nearest) in [
        ("velocity-controls", limit(), "usage_limits", "usage_limit"),
        (
            "authorization-controls",
            json!({"name": "n"}),
            "merchant_scopes",
            "merchant_scope",
        ),
        (
            "exempt-mids",
            json!({"name": "n", "mid": "m"}),
            "mids",
            "mid",
        ),
        (
            "mcc-groups",
            json!({"name": "n", "mccs": ["7995"]}),
            "mcc",
            "mccs",
        ),
        (
            "merchant-groups",
            json!({"name": "n", "mids": ["m"]}),
            "mid",
            "mids",
        ),
    ] {
        let path = &format!("/api/v1/{kind}/giv-wrong");
        let mut body = body;
        body[field] = json!("x");
        let refused = fixture.put(path, body).await;
        let response = (refused.codes(), refused.field());
        assert_eq!(
            response,
            ((400, "unknown_field"), Some(field)),
            "{refused:?}"
        );
        let message = refused.json["error"]["message"].as_str().unwrap();
        assert!(
            message.ends_with(&format!("nearest is {nearest}")),
            "{message}"
        );
        assert_eq!(fixture.get(path).await.status, 404);
    }
    let mut group = limit();
    group["association"] = json!({"card_group_token": "g"});
    let refused = fixture.put(&format!("{LIMITS}/giv-wrong"), group).await;
    assert_eq!(refused.field(), Some("association.card_group_token"));
}

#[tokio::test]
async fn what_is_left_of_a_limit_is_shown_with_what_was_given() {
    let fixture = ApiFixture::open().await;
    let account = "/api/v1/accounts/giv-ann";
    fixture.put(account, json!({"currencies": ["USD"]})).await;
    let path = &format!("{LIMITS}/giv-left");
    let mut body = limit();
    body["include_transfers"] = json!(false);
    put_new(&fixture, path, body).await;
    let left = fixture.get(&format!("{path}/available")).await;
    assert_eq!(left.status, 200, "{left:?}");
    assert_eq!(left.json["include_transfers"], false);
    assert_eq!(left.json["available"]["amount"], 500.25);
    assert!(left.json["warnings"].is_array());
    // A response of Marqeta's with what is left is put as it is.
    assert_eq!(fixture.put(path, left.json).await.status, 200);
    assert_eq!(fixture.delete(path).await.status, 204);
}
