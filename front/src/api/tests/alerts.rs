//! Alerts: shown with figures and advice, filtered, acknowledged once.

use super::fixture::{ApiFixture, HttpResponse};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::alert::NewAlert;
use serde_json::{Value, json};

pub(super) fn alert(kind: AlertKind, account: &str, token: &str, millis: i64) -> NewAlert {
    NewAlert {
        kind,
        account: AccountToken::parse(account).ok(),
        token: Some(token.to_owned()),
        transaction_type: None,
        state: None,
        amounts: None,
        detail: "another content".to_owned(),
        at: Moment(millis),
    }
}

pub(super) async fn raise(fixture: &ApiFixture, alerts: &[NewAlert]) {
    let mut unit = fixture.store.begin().await.unwrap();
    unit.raise_alerts(alerts).await.unwrap();
    unit.commit().await.unwrap();
}

async fn listed(fixture: &ApiFixture, query: &str) -> Vec<Value> {
    let response = fixture.get(&format!("/api/v1/alerts?{query}")).await;
    assert_eq!(response.status, 200, "{query}: {:?}", response.json);
    response.json["alerts"].as_array().unwrap().clone()
}

async fn transactions(fixture: &ApiFixture, query: &str) -> Vec<String> {
    let alerts = listed(fixture, query).await;
    let token = |alert: &Value| alert["transaction"].as_str().unwrap().to_owned();
    alerts.iter().map(token).collect()
}

async fn acknowledge(fixture: &ApiFixture, id: &str, by: &str, note: &str) -> HttpResponse {
    let path = format!("/api/v1/alerts/{id}/acknowledge");
    let body = json!({ "note": note }).to_string();
    fixture.send("POST", &path, Some(by), body).await
}

#[tokio::test]
async fn alerts_are_listed_newest_first() {
    let fixture = ApiFixture::open().await;
    // Later than whatever other tests raise.
    let kind = AlertKind::DuplicateTransaction;
    let alerts = [
        alert(kind, "al-1", "al-1-a", 4_000_000_000_000),
        alert(kind, "al-1", "al-1-b", 4_000_000_000_001),
    ];
    raise(&fixture, &alerts).await;
    let first = fixture.get("/api/v1/alerts?limit=1").await.json;
    assert_eq!(first["alerts"][0]["transaction"], "al-1-b");
    let cursor = first["cursor"].as_str().unwrap();
    let next = format!("limit=1&cursor={cursor}");
    let second = listed(&fixture, &next).await;
    assert_eq!(second[0]["transaction"], "al-1-a");
    assert_eq!(second[0]["kind"], "duplicate_transaction");
}

#[tokio::test]
async fn an_alert_shows_its_figures_and_what_to_do() {
    let fixture = ApiFixture::open().await;
    let amount = |text: &str| Signed::try_from(text.to_owned()).ok();
    let raised = NewAlert {
        transaction_type: Some("authorization.clearing".to_owned()),
        state: Some("COMPLETION".to_owned()),
        amounts: Some(AlertAmounts {
            currency: Currency::parse("USD").unwrap(),
            expected: amount("42.1"),
            booked: amount("421"),
        }),
        detail: "421.00 USD cleared of a hold of 42.10 USD".to_owned(),
        ..alert(
            AlertKind::ClearingAboveHold,
            "al-2",
            "al-2-a",
            1_800_000_000_000,
        )
    };
    raise(&fixture, &[raised]).await;
    let shown = listed(&fixture, "transaction=al-2-a").await.remove(0);
    let id = shown["id"].clone();
    let expected = json!({
        "id": id,
        "kind": "clearing_above_hold",
        "severity": "warning",
        "account": "al-2",
        "transaction": "al-2-a",
        "type": "authorization.clearing",
        "state": "COMPLETION",
        "currency": "USD",
        "expected": "42.10",
        "booked": "421.00",
        "detail": "421.00 USD cleared of a hold of 42.10 USD",
        "advice": AlertKind::ClearingAboveHold.advice(),
        "raised_at": "2027-01-15T08:00:00.000Z",
        "acknowledged_at": null,
        "acknowledged_by": null,
        "note": null,
    });
    assert_eq!(shown, expected);
    let path = format!("/api/v1/alerts/{}", id.as_str().unwrap());
    assert_eq!(fixture.get(&path).await.json, expected);
    for unknown in ["nothing", "019acb3e-0000-7000-8000-000000000000"] {
        let response = fixture.get(&format!("/api/v1/alerts/{unknown}")).await;
        assert_eq!(response.codes(), (404, "unknown_alert"));
    }
}

#[tokio::test]
async fn filters_narrow_the_list_and_a_wrong_value_names_its_parameter() {
    let fixture = ApiFixture::open().await;
    let alerts = [
        alert(AlertKind::AdviceDelta, "al-3", "al-3-a", 1_800_000_000_000),
        alert(
            AlertKind::PostingUndone,
            "al-3",
            "al-3-b",
            1_800_000_000_001,
        ),
        alert(
            AlertKind::PostingUndone,
            "al-3",
            "al-3-c",
            1_900_000_000_000,
        ),
    ];
    raise(&fixture, &alerts).await;
    for (query, expected) in [
        ("account=al-3", &["al-3-c", "al-3-b", "al-3-a"][..]),
        ("account=al-3&kind=posting_undone", &["al-3-c", "al-3-b"]),
        (
            "account=al-3&since=2027-01-15T08:00:00.001Z",
            &["al-3-c", "al-3-b"],
        ),
        ("account=al-3&since=2027-01-16", &["al-3-c"]),
        ("account=al-3&transaction=al-3-b", &["al-3-b"]),
        ("account=al-other&transaction=al-3-b", &[]),
    ] {
        assert_eq!(transactions(&fixture, query).await, expected, "{query}");
    }
    let long = "x".repeat(300);
    for (name, value) in [
        ("kind", "no_such_kind"),
        ("account", long.as_str()),
        ("transaction", long.as_str()),
        ("since", "yesterday"),
        ("acknowledged", "maybe"),
        ("limit", "0"),
        ("cursor", "x"),
    ] {
        let response = fixture.get(&format!("/api/v1/alerts?{name}={value}")).await;
        assert_eq!(response.codes(), (400, "invalid_parameter"), "{name}");
        assert_eq!(response.field(), Some(name));
    }
    let response = fixture.get("/api/v1/alerts?acount=al-3").await;
    assert_eq!(response.codes(), (400, "unknown_parameter"));
}

#[tokio::test]
async fn an_alert_is_acknowledged_by_one_person_with_a_note() {
    let fixture = ApiFixture::open().await;
    let raised = alert(
        AlertKind::PostingUndone,
        "al-4",
        "al-4-a",
        1_800_000_000_000,
    );
    raise(&fixture, &[raised]).await;
    let found = listed(&fixture, "account=al-4").await;
    let id = found[0]["id"].as_str().unwrap();
    assert_eq!(
        acknowledge(&fixture, id, "vera", "x").await.codes(),
        (403, "forbidden")
    );
    let long = "x".repeat(1_001);
    for (note, code) in [(" ", "invalid_field"), (&long, "invalid_field")] {
        let refused = acknowledge(&fixture, id, "olga", note).await;
        assert_eq!(refused.codes(), (400, code));
        assert_eq!(refused.field(), Some("note"));
    }
    let first = acknowledge(&fixture, id, "olga", "asked Marqeta").await;
    assert_eq!(first.status, 200, "{:?}", first.json);
    assert_eq!(first.json["acknowledged_by"], "olga");
    assert_eq!(first.json["note"], "asked Marqeta");
    assert!(first.json["acknowledged_at"].is_string());
    let again = acknowledge(&fixture, id, "olga", "asked Marqeta").await;
    assert_eq!((again.status, again.json), (200, first.json.clone()));
    for (by, note) in [("root", "asked Marqeta"), ("olga", "something else")] {
        let other = acknowledge(&fixture, id, by, note).await;
        assert_eq!(other.codes(), (409, "already_acknowledged"), "{by}");
        let message = other.json["error"]["message"].as_str().unwrap();
        assert!(message.contains("by olga: asked Marqeta"), "{message}");
    }
    assert_eq!(listed(&fixture, "account=al-4").await, Vec::<Value>::new());
    assert_eq!(
        listed(&fixture, "account=al-4&acknowledged=all").await,
        [first.json]
    );
    let unknown = acknowledge(
        &fixture,
        "019acb3e-0000-7000-8000-000000000000",
        "olga",
        "x",
    )
    .await;
    assert_eq!(unknown.codes(), (404, "unknown_alert"));
}
