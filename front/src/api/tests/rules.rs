//! Rules of the program, of accounts and cards; and who may change what may be spent.

use super::controls::put_new;
use super::fixture::ApiFixture;
use serde_json::json;

#[tokio::test]
async fn viewers_read_and_only_admins_change() {
    let fixture = ApiFixture::open().await;
    for path in [
        "/api/v1/velocity-controls/con-roles",
        "/api/v1/merchant-groups/con-roles",
        "/api/v1/program/rules",
        "/api/v1/accounts/con-roles/rules",
        "/api/v1/cards/con-roles/rules",
    ] {
        for method in ["PUT", "DELETE"] {
            for token in ["vera", "olga"] {
                let response = fixture
                    .send(method, path, Some(token), "{".to_owned())
                    .await;
                assert_eq!(
                    response.codes(),
                    (403, "forbidden"),
                    "{method} {path} {token}"
                );
            }
        }
        assert_eq!(
            fixture.get(path).await.codes(),
            (404, "unknown_control"),
            "{path}"
        );
        let response = fixture
            .send("POST", path, Some("root"), String::new())
            .await;
        assert_eq!(response.codes(), (405, "method_not_allowed"), "{path}");
        assert_eq!(response.headers["allow"], "DELETE, GET, PUT");
    }
    let response = fixture
        .send(
            "PUT",
            "/api/v1/velocity-controls",
            Some("root"),
            String::new(),
        )
        .await;
    assert_eq!(response.codes(), (405, "method_not_allowed"));
}

#[tokio::test]
async fn rules_are_of_the_program_an_account_or_a_card() {
    let fixture = ApiFixture::open().await;
    for path in [
        "/api/v1/accounts/con-rules/rules",
        "/api/v1/cards/con-rules/rules",
    ] {
        assert_eq!(fixture.delete(path).await.codes(), (404, "unknown_control"));
        let created = put_new(&fixture, path, json!({})).await;
        assert_eq!(fixture.put(path, json!({"risk": null})).await.status, 200);
        assert_eq!(fixture.get(path).await.json, created);
        for value in [json!(1), json!(null)] {
            let unknown = fixture.put(path, json!({"home_contry": value})).await;
            assert_eq!(
                (unknown.codes(), unknown.field()),
                ((400, "unknown_field"), Some("home_contry"))
            );
            let message = unknown.json["error"]["message"].as_str().unwrap();
            assert!(message.contains("home_country"), "{message}");
        }
        assert_eq!(
            fixture.put(path, json!([])).await.codes(),
            (400, "not_an_object")
        );
        let deleted = fixture.delete(path).await;
        assert_eq!(
            (deleted.status, deleted.headers.get("content-type")),
            (204, None)
        );
        assert_eq!(fixture.get(path).await.status, 404);
    }
}
