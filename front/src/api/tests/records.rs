//! Transactions, dead letters, and the trial balance.

use super::fixture::{ApiFixture, NOW};
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::decision::{NewDecision, StoredOutcome};
use holdfast_store::journal::Event;
use holdfast_store::notification::{NewNotification, NotificationKey, Parked};
use serde_json::{Value, json};

pub(super) fn notification(account: &str, token: &str, parked: Option<&str>) -> NewNotification {
    let account = AccountToken::parse(account).unwrap();
    NewNotification {
        key: NotificationKey {
            account: account.clone(),
            token: TransactionToken::parse(token).unwrap(),
            state: "PENDING".to_owned(),
        },
        family: "transactions".to_owned(),
        kind: "authorization".to_owned(),
        content_hash: [7; 32],
        raw: r#"{"token":"raw"}"#.to_owned(),
        message: r#"{"version":1,"content":{"unreadable":"no message"}}"#.to_owned(),
        event: Event {
            id: uuid::Uuid::now_v7(),
            account,
            topic: "jit.notices.v1",
            kind: "holdfast.jit.notice.v1",
            subject: token.to_owned(),
            payload: "{}".to_owned(),
            entries: Vec::new(),
            hold: None,
            token: Some(token.to_owned()),
            at: NOW,
        },
        parked: parked.map(|error| Parked {
            error: error.to_owned(),
        }),
        received: NOW,
    }
}

async fn decide(fixture: &ApiFixture, account: &str, token: &str) {
    let decision = NewDecision {
        id: "d-1".to_owned(),
        token: TransactionToken::parse(token).unwrap(),
        account: AccountToken::parse(account).unwrap(),
        content_hash: [0; 32],
        outcome: StoredOutcome::Declined,
        reason: Some("INSUFFICIENT_FUNDS".to_owned()),
        status: 402,
        response_body: r#"{"jit_funding":{"amount":60.00}}"#.to_owned(),
        hold: None,
        request: r#"{"amount":"60.00"}"#.to_owned(),
        why: r#"{"checks":[{"check":"funds","verdict":"refused"}]}"#.to_owned(),
        rules: 1,
        received: NOW,
        decided: NOW,
    };
    let mut unit = fixture.store.begin().await.unwrap();
    unit.write_decided([], &[decision]).await.unwrap();
    unit.commit().await.unwrap();
}

#[tokio::test]
async fn a_transaction_shows_its_history() {
    let fixture = ApiFixture::open().await;
    fixture.account("rec-1", "0").await;
    assert_eq!(
        fixture.get("/api/v1/transactions/rec-1-t1").await.codes(),
        (404, "unknown_transaction")
    );
    decide(&fixture, "rec-1", "rec-1-t1").await;
    holdfast_funding::accept::accept_items(
        &fixture.store,
        &[notification("rec-1", "rec-1-t1", None)],
    )
    .await
    .unwrap();
    let story = fixture.get("/api/v1/transactions/rec-1-t1").await.json;
    assert_eq!(
        (&story["account"], &story["request"]["amount"]),
        (&json!("rec-1"), &json!("60.00"))
    );
    assert_eq!(story["decision"]["outcome"], "declined");
    assert_eq!(story["decision"]["why"]["checks"][0]["check"], "funds");
    assert_eq!(
        story["response"],
        json!({"status": 402, "body": {"jit_funding": {"amount": 60.00}}})
    );
    assert_eq!(story["notifications"][0]["status"], "waiting");
    assert_eq!(story["events"][0]["topic"], "jit.notices.v1");
    assert_eq!(story["events"][0]["published"], false);
    assert!(story["events"][0]["position"].is_i64() && story["events"][0]["partition"].is_i64());
    assert_eq!(story["hold"], Value::Null);
}

#[tokio::test]
async fn a_dead_letter_is_brought_back_once() {
    let fixture = ApiFixture::open().await;
    fixture.account("rec-2", "0").await;
    let parked = [notification("rec-2", "rec-2-t1", Some("unreadable"))];
    holdfast_funding::accept::accept_items(&fixture.store, &parked)
        .await
        .unwrap();
    let listed = fixture.get("/api/v1/dead-letters?limit=1000").await.json;
    let letters = listed["dead_letters"].as_array().unwrap();
    let letter = letters
        .iter()
        .find(|letter| letter["transaction"] == "rec-2-t1")
        .unwrap();
    assert_eq!(
        (&letter["error"], &letter["key"]),
        (&json!("unreadable"), &json!("rec-2"))
    );
    let path = format!("/api/v1/dead-letters/{}", letter["id"].as_str().unwrap());
    let shown = fixture.get(&path).await.json;
    assert_eq!(
        (&shown["status"], &shown["item"]),
        (&json!("parked"), &json!({"token": "raw"}))
    );

    let replay = async || {
        fixture
            .send(
                "POST",
                &format!("{path}/replay"),
                Some("olga"),
                String::new(),
            )
            .await
    };
    let replayed = replay().await;
    assert_eq!(
        (replayed.status, replayed.json["replayed_at"].is_string()),
        (200, true)
    );
    assert_eq!(replay().await.codes(), (409, "not_parked"));
    assert_eq!(fixture.get(&path).await.json["status"], "waiting");
    let story = fixture.get("/api/v1/transactions/rec-2-t1").await.json;
    assert_eq!(story["notifications"][0]["status"], "waiting");
    assert_eq!(story["events"][1]["topic"], "ledger.adjustments.v1");
    let open = fixture.get("/api/v1/dead-letters?limit=1000").await.json;
    let open = open["dead_letters"].as_array().unwrap().clone();
    assert!(
        !open
            .iter()
            .any(|letter| letter["transaction"] == "rec-2-t1")
    );
    for unknown in [
        "/api/v1/dead-letters/nothing",
        "/api/v1/dead-letters/019acb3e-0000-7000-8000-000000000000",
    ] {
        assert_eq!(
            fixture.get(unknown).await.codes(),
            (404, "unknown_dead_letter")
        );
    }
}

#[tokio::test]
async fn the_trial_balance_balances() {
    let fixture = ApiFixture::open().await;
    fixture.account("rec-4", "75.00").await;
    fixture.purchase("rec-4", "rec-4-t1", "25.00").await;
    let found = fixture.get("/api/v1/trial-balance").await;
    assert_eq!(found.status, 200);
    assert_eq!(found.json["differences"], json!([]));
    assert_eq!(found.json["balanced"], true);
    let dollars = found.json["currencies"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["currency"] == "USD");
    let dollars = dollars.unwrap();
    assert_eq!(dollars["debits"], dollars["credits"]);
}
