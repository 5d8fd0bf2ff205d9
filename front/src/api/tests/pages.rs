//! The transaction page: alerts, messages, and why no money was moved.

use super::fixture::{ApiFixture, NOW};
use holdfast_funding::processor::{Processor, render_normalised};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_marqeta::Marqeta;
use holdfast_store::alert::NewAlert;
use holdfast_store::journal::Event;
use holdfast_store::notification::{NewNotification, NotificationKey};
use serde_json::{Value, json};

fn refund(account: &str, token: &str) -> NewNotification {
    let account = AccountToken::parse(account).unwrap();
    let item = json!({"token": token, "type": "refund", "state": "PENDING", "amount": 12.5,
        "currency_code": "USD", "card_token": "blue", "created_time": "2026-10-03T08:15:59Z",
        "card_acceptor": {"name": "CORNER GROCERY 12", "city": "OAKLAND", "mcc": "5411",
            "mid": "m-1", "country_code": "USA", "street_address": "500 MAIN ST"}});
    NewNotification {
        key: NotificationKey {
            account: account.clone(),
            token: TransactionToken::parse(token).unwrap(),
            state: "PENDING".to_owned(),
        },
        family: "transactions".to_owned(),
        kind: "refund".to_owned(),
        content_hash: [7; 32],
        message: render_normalised(&Marqeta.normalise("transactions", &item.to_string())),
        raw: item.to_string(),
        event: Event {
            id: uuid::Uuid::now_v7(),
            account,
            topic: "jit.clearings.v1",
            kind: "holdfast.jit.clearing.v1",
            subject: token.to_owned(),
            payload: "{}".to_owned(),
            entries: Vec::new(),
            hold: None,
            token: Some(token.to_owned()),
            at: NOW,
        },
        parked: None,
        received: NOW,
    }
}

#[tokio::test]
async fn a_message_without_a_request_is_shown_with_its_alerts_and_why_it_moved_nothing() {
    let fixture = ApiFixture::open().await;
    fixture.account("pag-1", "0").await;
    holdfast_funding::accept::accept_items(&fixture.store, &[refund("pag-1", "pag-1-t1")])
        .await
        .unwrap();
    let mut unit = fixture.store.begin().await.unwrap();
    let alert = NewAlert {
        kind: AlertKind::CreditWithoutJit,
        account: AccountToken::parse("pag-1").ok(),
        token: Some("pag-1-t1".to_owned()),
        transaction_type: Some("refund".to_owned()),
        state: Some("PENDING".to_owned()),
        amounts: None,
        detail: "the credit of 12.50 USD has no JIT block".to_owned(),
        at: NOW,
    };
    unit.raise_alerts(&[alert]).await.unwrap();
    unit.commit().await.unwrap();

    let page = fixture.get("/api/v1/transactions/pag-1-t1").await.json;
    let message = json!({"amount": "12.50", "currency": "USD", "card": "blue",
        "created": "2026-10-03T08:15:59.000Z",
        "merchant": {"name": "CORNER GROCERY 12", "city": "OAKLAND", "country": "USA",
            "mcc": "5411", "mid": "m-1"}});
    assert_eq!(page["notifications"][0]["message"], message);
    assert!(!page.to_string().contains("MAIN ST"), "{page}");
    let waits = "the notification in state PENDING waits to be applied";
    assert_eq!(page["no_money_because"], waits);
    let alert = &page["alerts"][0];
    assert_eq!(
        [
            &alert["kind"],
            &alert["severity"],
            &alert["detail"],
            &alert["advice"]
        ],
        [
            "credit_without_jit",
            "warning",
            "the credit of 12.50 USD has no JIT block",
            AlertKind::CreditWithoutJit.advice()
        ]
    );
    assert_eq!(
        (&page["disputes"], &page["hold"]),
        (&json!([]), &Value::Null)
    );

    fixture.account("pag-2", "50.00").await;
    fixture.purchase("pag-2", "pag-2-t1", "20.00").await;
    let moved = fixture.get("/api/v1/transactions/pag-2-t1").await.json;
    assert_eq!(moved["no_money_because"], Value::Null);
}
