//! What is left of spending limits.

use super::fixture::{ApiFixture, HttpResponse};
use holdfast_ledger::time::Moment;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

const LIMITS: &str = "/api/v1/velocity-controls";

fn limit(window: &str, association: Value) -> Value {
    json!({"amount_limit": 500.25, "currency_code": "USD", "velocity_window": window,
        "usage_limit": 10, "association": association})
}

async fn put(fixture: &ApiFixture, token: &str, body: Value) -> Value {
    let response = fixture.put(&format!("{LIMITS}/{token}"), body).await;
    assert_eq!(response.status, 201, "{token}: {response:?}");
    response.json
}

async fn ask(fixture: &ApiFixture, token: &str, whose: &str) -> HttpResponse {
    fixture
        .get(&format!("{LIMITS}/{token}/available{whose}"))
        .await
}

/// The amount, the uses and the days that are left.
async fn left(fixture: &ApiFixture, token: &str, whose: &str) -> (f64, i64, Option<i64>) {
    let response = ask(fixture, token, whose).await;
    assert_eq!(response.status, 200, "{token}{whose}: {response:?}");
    let left = &response.json["available"];
    let amount = left["amount"].as_f64().unwrap();
    let days = left["days_remaining"].as_i64();
    (amount, left["uses"].as_i64().unwrap(), days)
}

/// The API counts by the clock of the machine.
fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Moment(i64::try_from(since.as_millis()).unwrap())
}

#[tokio::test]
async fn an_untouched_limit_is_shown_whole() {
    let fixture = ApiFixture::open().await;
    fixture.account("av-new", "0").await;
    let of_ann = json!({"user_token": "av-new"});
    let mut wanted = put(&fixture, "av-day", limit("DAY", of_ann.clone())).await;
    wanted["available"] = json!({"amount": 500.25, "uses": 10, "days_remaining": 1});
    for whose in ["", "?account=av-new", "?account="] {
        let response = ask(&fixture, "av-day", whose).await;
        assert_eq!((response.status, &response.json), (200, &wanted), "{whose}");
    }
    let mut unlimited = limit("LIFETIME", of_ann.clone());
    unlimited["usage_limit"] = json!(-1);
    put(&fixture, "av-life", unlimited).await;
    let shown = ask(&fixture, "av-life", "").await.json;
    assert_eq!(shown["available"], json!({"amount": 500.25, "uses": -1}));

    let mut single = limit("TRANSACTION", of_ann);
    single["usage_limit"] = Value::Null;
    let wanted = put(&fixture, "av-single", single).await;
    assert_eq!(ask(&fixture, "av-single", "").await.json, wanted);
}

#[tokio::test]
async fn what_was_spent_is_gone_and_never_more_than_all() {
    let fixture = ApiFixture::open().await;
    fixture.account("av-ann", "2000").await;
    let of_ann = json!({"user_token": "av-ann"});
    put(&fixture, "av-ann-life", limit("LIFETIME", of_ann.clone())).await;
    put(&fixture, "av-ann-year", limit("YEAR", of_ann.clone())).await;
    let mut asleep = limit("LIFETIME", of_ann);
    asleep["active"] = json!(false);
    put(&fixture, "av-ann-asleep", asleep).await;

    fixture
        .purchase_at("av-ann", "av-ann-1", "42.10", now())
        .await;
    assert_eq!(left(&fixture, "av-ann-life", "").await, (458.15, 9, None));
    let (amount, uses, days) = left(&fixture, "av-ann-year", "").await;
    assert_eq!((amount, uses), (458.15, 9));
    assert!((1..=366).contains(&days.unwrap()), "{days:?}");
    assert_eq!(
        left(&fixture, "av-ann-asleep", "").await,
        (500.25, 10, None)
    );

    fixture
        .purchase_at("av-ann", "av-ann-2", "700", now())
        .await;
    assert_eq!(left(&fixture, "av-ann-life", "").await, (0.0, 8, None));
}

#[tokio::test]
async fn usage_is_that_of_the_account_or_card_asked_for() {
    let fixture = ApiFixture::open().await;
    for account in ["av-bob", "av-eve"] {
        fixture.account(account, "100").await;
    }
    let card = json!({"account": "av-bob"});
    assert_eq!(fixture.put("/api/v1/cards/av-card", card).await.status, 201);
    // Wide enough for every other test's purchases.
    let mut wide = limit("LIFETIME", json!({}));
    wide["amount_limit"] = json!(1_000_000);
    wide["usage_limit"] = json!(1_000_000);
    put(&fixture, "av-program", wide).await;
    let of_card = json!({"card_token": "av-card"});
    put(&fixture, "av-of-card", limit("LIFETIME", of_card)).await;
    fixture.purchase_at("av-bob", "av-bob-1", "30", now()).await;

    let bobs = (999_970.0, 999_999, None);
    for whose in [
        "?account=av-bob",
        "?card=av-card",
        "?account=av-bob&card=av-card",
    ] {
        assert_eq!(left(&fixture, "av-program", whose).await, bobs, "{whose}");
    }
    let eves = left(&fixture, "av-program", "?account=av-eve").await;
    assert_eq!(eves, (1_000_000.0, 1_000_000, None));
    // Bob's purchase was with another card of his.
    for whose in ["", "?account=av-bob", "?card=av-card"] {
        let cards = left(&fixture, "av-of-card", whose).await;
        assert_eq!(cards, (500.25, 10, None), "{whose}");
    }
}

#[tokio::test]
async fn who_and_what_must_be_known_and_belong_together() {
    let fixture = ApiFixture::open().await;
    for account in ["av-one", "av-two"] {
        fixture.account(account, "0").await;
        let card = format!("/api/v1/cards/{account}-card");
        assert_eq!(
            fixture.put(&card, json!({"account": account})).await.status,
            201
        );
    }
    let mut wide = limit("LIFETIME", json!({}));
    wide["amount_limit"] = json!(1_000_000);
    wide["usage_limit"] = json!(-1);
    put(&fixture, "av-all", wide).await;
    put(
        &fixture,
        "av-own",
        limit("DAY", json!({"user_token": "av-one"})),
    )
    .await;
    put(
        &fixture,
        "av-one-card",
        limit("DAY", json!({"card_token": "av-one-card"})),
    )
    .await;
    put(
        &fixture,
        "av-ghost",
        limit("DAY", json!({"user_token": "av-absent"})),
    )
    .await;
    let wrong = "invalid_parameter";
    for (token, whose, status, code, field) in [
        ("av-none", "?account=av-one", 404, "unknown_control", None),
        ("av-all", "?account=av-absent", 404, "unknown_account", None),
        ("av-ghost", "", 404, "unknown_account", None),
        ("av-all", "?card=av-absent", 404, "unknown_card", None),
        ("av-all", "", 400, wrong, Some("account")),
        (
            "av-all",
            "?account=av-one&card=av-two-card",
            400,
            wrong,
            Some("card"),
        ),
        ("av-own", "?account=av-two", 400, wrong, Some("account")),
        ("av-own", "?card=av-two-card", 400, wrong, Some("card")),
        (
            "av-one-card",
            "?account=av-two",
            400,
            wrong,
            Some("account"),
        ),
        ("av-one-card", "?card=av-two-card", 400, wrong, Some("card")),
        (
            "av-all",
            "?acount=av-one",
            400,
            "unknown_parameter",
            Some("acount"),
        ),
        ("av-all", "?card=%20", 400, "invalid_token", Some("card")),
    ] {
        let response = ask(&fixture, token, whose).await;
        let shown = (response.codes(), response.field());
        assert_eq!(
            shown,
            ((status, code), field),
            "{token}{whose}: {response:?}"
        );
    }
    let path = format!("{LIMITS}/av-all/available");
    let response = fixture
        .send("PUT", &path, Some("root"), String::new())
        .await;
    assert_eq!(response.codes(), (405, "method_not_allowed"));
    let message = ask(&fixture, "av-own", "?account=av-two").await.json["error"]["message"].clone();
    let wanted = "velocity control av-own is for account av-one, not for account av-two";
    assert_eq!(message, wanted);
}
