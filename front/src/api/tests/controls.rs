//! Controls and groups in Marqeta's shape.

use super::fixture::ApiFixture;
use holdfast_ledger::token::{ControlToken, GroupToken};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::Mutex;

/// A database with merchant groups has controls: a page of them is counted.
static GROUPS: Mutex<()> = Mutex::const_new(());

const LIMITS: &str = "/api/v1/velocity-controls";

fn limit() -> Value {
    json!({"amount_limit": 500.25, "currency_code": "840", "velocity_window": "LIFETIME",
        "usage_limit": 10, "association": {"user_token": "con-ann"}})
}

pub(super) async fn put_new(fixture: &ApiFixture, path: &str, body: Value) -> Value {
    let response = fixture.put(path, body).await;
    assert_eq!(response.status, 201, "{path}: {response:?}");
    response.json
}

#[tokio::test]
async fn a_limit_is_put_shown_changed_and_deleted() {
    let fixture = ApiFixture::open().await;
    let path = &format!("{LIMITS}/con-limit");
    assert_eq!(fixture.get(path).await.codes(), (404, "unknown_control"));
    let created = put_new(&fixture, path, limit()).await;
    assert_eq!(created["currency_code"], "USD");
    assert_eq!(created["created_time"], created["last_modified_time"]);
    assert_eq!(fixture.get(path).await.json, created);
    let of_store = || fixture.store.controls().current();
    let token = ControlToken::parse("con-limit").unwrap();
    let first = of_store().velocity(&token).unwrap().control.clone();

    // What is read is put back as it is, but for one field.
    let mut wanted = created.clone();
    wanted["usage_limit"] = json!(-1);
    let changed = fixture.put(path, wanted.clone()).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    wanted["last_modified_time"] = changed.json["last_modified_time"].clone();
    assert_ne!(wanted["last_modified_time"], created["last_modified_time"]);
    assert_eq!(changed.json, wanted);
    let second = of_store().velocity(&token).unwrap().control.clone();
    assert_eq!((second.created, second.limit.uses), (first.created, None));

    let deleted = fixture.delete(path).await;
    assert_eq!((deleted.status, &deleted.json), (204, &Value::Null));
    assert!(of_store().velocity(&token).is_none());
    assert_eq!(fixture.delete(path).await.codes(), (404, "unknown_control"));
    assert_eq!(fixture.get(path).await.codes(), (404, "unknown_control"));
    put_new(&fixture, path, limit()).await;
    let third = of_store().velocity(&token).unwrap().control.clone();
    assert!(third.created > first.created);
    assert_eq!(fixture.delete(path).await.status, 204);
}

#[tokio::test]
async fn the_wrong_field_is_named() {
    let fixture = ApiFixture::open().await;
    let path = &format!("{LIMITS}/con-wrong");
    for (field, value, named) in [
        ("token", json!("other"), "token"),
        ("amount_limit", json!(-1), "amount_limit"),
        ("merchant_scope", json!({"mcc": "x"}), "merchant_scope.mcc"),
        (
            "merchant_scope",
            json!({"mcc_group": "con-none"}),
            "merchant_scope.mcc_group",
        ),
    ] {
        let mut body = limit();
        body[field] = value;
        let response = fixture.put(path, body).await;
        assert_eq!(
            (response.status, response.field()),
            (400, Some(named)),
            "{response:?}"
        );
    }
    let none = json!({"name": "n", "merchant_group_token": "con-none"});
    let response = fixture.put("/api/v1/exempt-mids/con-wrong", none).await;
    assert_eq!(
        (response.status, response.field()),
        (400, Some("merchant_group_token"))
    );
    let response = fixture
        .send("PUT", path, Some("root"), "{".to_owned())
        .await;
    assert_eq!(response.codes(), (400, "not_json"));
    assert_eq!(fixture.get(path).await.status, 404);
    let long = format!("{LIMITS}/{}", "x".repeat(129));
    assert_eq!(
        fixture.put(&long, limit()).await.codes(),
        (400, "invalid_token")
    );
}

#[tokio::test]
async fn every_kind_has_a_path_of_its_own() {
    let _ours = GROUPS.lock().await;
    let fixture = ApiFixture::open().await;
    let kinds = [
        ("velocity-controls", limit()),
        (
            "authorization-controls",
            json!({"name": "n", "merchant_scope": {"mcc": "7995"}}),
        ),
        ("exempt-mids", json!({"name": "n", "mid": "m"})),
        ("mcc-groups", json!({"name": "n", "mccs": ["7995"]})),
        ("merchant-groups", json!({"name": "n", "mids": ["m"]})),
    ];
    for (kind, body) in &kinds {
        let path = format!("/api/v1/{kind}/con-kinds");
        assert_eq!(
            fixture.get(&path).await.codes(),
            (404, "unknown_control"),
            "{kind}"
        );
        put_new(&fixture, &path, body.clone()).await;
    }
    for (kind, _) in &kinds {
        let path = format!("/api/v1/{kind}/con-kinds");
        let shown = fixture.get(&path).await;
        assert_eq!(
            (shown.status, &shown.json["token"]),
            (200, &json!("con-kinds"))
        );
        let all = fixture
            .get(&format!("/api/v1/{kind}?count=1000"))
            .await
            .json;
        let ours = |one: &Value| *one == shown.json;
        assert!(
            all["data"].as_array().unwrap().iter().any(ours),
            "{kind}: {all}"
        );
        assert_eq!(fixture.delete(&path).await.status, 204, "{kind}");
    }
}

#[tokio::test]
async fn a_list_has_pages_as_marqeta_has_them() {
    let _ours = GROUPS.lock().await;
    let fixture = ApiFixture::open().await;
    for number in 0..3 {
        let body = json!({"name": "n", "mids": []});
        put_new(
            &fixture,
            &format!("/api/v1/merchant-groups/con-page-{number}"),
            body,
        )
        .await;
    }
    let page = async |query: &str| {
        fixture
            .get(&format!("/api/v1/merchant-groups{query}"))
            .await
    };
    let all = page("").await.json;
    let shown = ["count", "start_index", "end_index", "is_more"].map(|name| &all[name]);
    assert_eq!(json!(shown), json!([3, 0, 2, false]));
    for (start, is_more) in [(1, true), (2, false)] {
        let one = page(&format!("?count=1&start_index={start}")).await.json;
        assert_eq!(one["data"], json!([all["data"][start]]));
        assert_eq!(
            (&one["is_more"], &one["end_index"]),
            (&json!(is_more), &json!(start))
        );
    }
    let beyond = page("?start_index=100000").await.json;
    assert_eq!(
        (&beyond["count"], &beyond["is_more"]),
        (&json!(0), &json!(false))
    );
    for (query, field) in [
        ("?count=0x", "count"),
        ("?count=1001", "count"),
        ("?start_index=-1", "start_index"),
        ("?limit=1", "limit"),
    ] {
        assert_eq!(page(query).await.field(), Some(field), "{query}");
    }
}

#[tokio::test]
async fn a_group_that_a_control_names_stays() {
    let _ours = GROUPS.lock().await;
    let fixture = ApiFixture::open().await;
    let (fuel, shops) = (
        "/api/v1/mcc-groups/con-fuel",
        "/api/v1/merchant-groups/con-shops",
    );
    put_new(
        &fixture,
        fuel,
        json!({"name": "Fuel", "mccs": ["5541-5542"]}),
    )
    .await;
    put_new(&fixture, shops, json!({"name": "Shops", "mids": ["1"]})).await;
    let mut of_fuel = limit();
    of_fuel["merchant_scope"] = json!({"mcc_group": "con-fuel"});
    let limit = format!("{LIMITS}/con-of-fuel");
    put_new(&fixture, &limit, of_fuel).await;
    let permit = "/api/v1/authorization-controls/con-no-fuel";
    put_new(
        &fixture,
        permit,
        json!({"name": "n", "merchant_scope": {"mcc_group": "con-fuel"}}),
    )
    .await;
    let exemption = "/api/v1/exempt-mids/con-shops";
    put_new(
        &fixture,
        exemption,
        json!({"name": "n", "merchant_group_token": "con-shops"}),
    )
    .await;

    let kept = fixture.delete(fuel).await;
    assert_eq!(kept.codes(), (409, "group_in_use"));
    let message = kept.json["error"]["message"].as_str().unwrap();
    for name in [
        "velocity control con-of-fuel",
        "authorization control con-no-fuel",
    ] {
        assert!(message.contains(name), "{message}");
    }
    assert_eq!(fixture.delete(shops).await.codes(), (409, "group_in_use"));
    let token = GroupToken::parse("con-fuel").unwrap();
    assert!(
        fixture
            .store
            .controls()
            .current()
            .mcc_group(&token)
            .is_some()
    );
    for path in [limit.as_str(), permit, exemption, fuel, shops] {
        assert_eq!(fixture.delete(path).await.status, 204, "{path}");
    }
}

#[tokio::test]
async fn another_process_follows_by_itself() {
    let fixture = ApiFixture::open().await;
    let other = fixture.another().await;
    other.refresh_controls().await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let following = other
        .clone()
        .follow_controls(async move { drop(stopped.await) });
    let following = tokio::spawn(following);
    let path = &format!("{LIMITS}/con-follow");
    put_new(&fixture, path, limit()).await;
    let token = ControlToken::parse("con-follow").unwrap();
    for is_there in [true, false] {
        let learned = async {
            while other.controls().current().velocity(&token).is_some() != is_there {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), learned)
            .await
            .unwrap();
        fixture.delete(path).await;
    }
    drop(stop);
    tokio::time::timeout(Duration::from_secs(60), following)
        .await
        .unwrap()
        .unwrap();
}
