//! Who may ask, and for what at all.

use super::fixture::ApiFixture;
use serde_json::json;

#[tokio::test]
async fn without_a_valid_token_nothing_is_shown() {
    let fixture = ApiFixture::open().await;
    for path in [
        "/api/v1/accounts/x",
        "/api/v1/program",
        "/api/v1/nothing",
        "/api/v1/trial-balance",
    ] {
        for token in [None, Some("wrong"), Some("")] {
            let response = fixture.send("GET", path, token, String::new()).await;
            assert_eq!(response.codes(), (401, "unauthorized"), "{path} {token:?}");
            let realm = response.headers["www-authenticate"].to_str().unwrap();
            assert!(realm.starts_with("Bearer"), "{realm}");
        }
    }
}

#[tokio::test]
async fn the_token_comes_before_the_body() {
    let fixture = ApiFixture::open().await;
    let long = "x".repeat(70_000);
    let path = "/api/v1/accounts/access-long";
    assert_eq!(
        fixture.send("PUT", path, None, long.clone()).await.codes(),
        (401, "unauthorized")
    );
    assert_eq!(
        fixture
            .send("PUT", path, Some("vera"), long.clone())
            .await
            .codes(),
        (403, "forbidden")
    );
    assert_eq!(
        fixture.send("PUT", path, Some("root"), long).await.codes(),
        (413, "too_large")
    );
}

#[tokio::test]
async fn roles_bound_what_may_be_done() {
    let fixture = ApiFixture::open().await;
    let acts = [
        ("PUT", "/api/v1/accounts/access-roles", 403),
        ("PUT", "/api/v1/program", 403),
        ("POST", "/api/v1/accounts/access-roles/transfers", 403),
        ("POST", "/api/v1/accounts/access-roles/adjustments", 400),
        ("PUT", "/api/v1/cards/access-roles", 400),
        ("POST", "/api/v1/holds/access-roles/release", 400),
        ("POST", "/api/v1/holds/access-roles/match", 400),
        ("POST", "/api/v1/holds/access-roles/unmatch", 400),
        ("POST", "/api/v1/dead-letters/access-roles/replay", 404),
        ("POST", "/api/v1/alerts/access-roles/acknowledge", 400),
    ];
    for (method, path, operator) in acts {
        let by = async |token| {
            fixture
                .send(method, path, Some(token), "{".to_owned())
                .await
                .status
        };
        assert_eq!(by("vera").await, 403, "{method} {path}");
        assert_eq!(by("olga").await, operator, "{method} {path}");
        assert_ne!(by("root").await, 403, "{method} {path}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_distinguished() {
    let fixture = ApiFixture::open().await;
    for path in [
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v1/velocity-controls/x/y",
        "/api/v1/accounts/x/y",
    ] {
        assert_eq!(
            fixture.get(path).await.codes(),
            (404, "not_found"),
            "{path}"
        );
    }
    for (method, path, allowed) in [
        ("DELETE", "/api/v1/accounts/x", "GET, PUT"),
        ("GET", "/api/v1/accounts/x/transfers", "POST"),
        ("PUT", "/api/v1/accounts/x/entries", "GET"),
        ("POST", "/api/v1/program", "GET, PUT"),
        ("GET", "/api/v1/holds/x/release", "POST"),
        ("GET", "/api/v1/holds/x/match", "POST"),
        ("PUT", "/api/v1/holds/x/unmatch", "POST"),
        ("POST", "/api/v1/holds/unmatched", "GET"),
        ("POST", "/api/v1/alerts", "GET"),
        ("PUT", "/api/v1/alerts/x", "GET"),
        ("GET", "/api/v1/alerts/x/acknowledge", "POST"),
    ] {
        let response = fixture
            .send(method, path, Some("root"), String::new())
            .await;
        assert_eq!(
            response.codes(),
            (405, "method_not_allowed"),
            "{method} {path}"
        );
        assert_eq!(response.headers["allow"], allowed);
    }
}

#[tokio::test]
async fn settings_change_in_part_and_are_in_force_at_once() {
    let fixture = ApiFixture::open().await;
    let before = fixture.get("/api/v1/program").await.json;
    assert_eq!(before["hold_days"], 7);
    let response = fixture
        .put("/api/v1/program", json!({"hold_days": 9}))
        .await;
    assert_eq!(
        (response.status, &response.json["hold_days"]),
        (200, &json!(9))
    );
    assert_eq!(response.json["timeout_policy"], before["timeout_policy"]);
    let wrong = fixture
        .put("/api/v1/program", json!({"hold_days": "soon"}))
        .await;
    assert_eq!((wrong.status, wrong.field()), (400, Some("hold_days")));
    assert_eq!(fixture.get("/api/v1/program").await.json["hold_days"], 9);
    assert_eq!(
        fixture.put("/api/v1/program", before.clone()).await.json,
        before
    );
}
