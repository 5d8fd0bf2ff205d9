//! A transaction's record on a real Postgres.

use crate::alert::NewAlert;
use crate::journal::Event;
use crate::notification::{NewNotification, NotificationKey};
use crate::{Store, StoreOptions};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_local::{Durability, EmbeddedPostgres};

const NOW: Moment = Moment(1_800_000_000_000);

fn notification(account: &str, token: &str, kind: &str) -> NewNotification {
    let account = AccountToken::parse(account).unwrap();
    NewNotification {
        key: NotificationKey {
            account: account.clone(),
            token: TransactionToken::parse(token).unwrap(),
            state: "COMPLETION".to_owned(),
        },
        family: "transactions".to_owned(),
        kind: kind.to_owned(),
        content_hash: [7; 32],
        raw: "{}".to_owned(),
        message: format!(r#"{{"token":"{token}","secret":"name"}}"#),
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

fn alert(token: &str) -> NewAlert {
    let amount = |text: &str| Some(Amount::parse(text).unwrap().credit());
    NewAlert {
        kind: AlertKind::ClearingAboveHold,
        account: None,
        token: Some(token.to_owned()),
        transaction_type: Some("authorization.clearing".to_owned()),
        state: Some("COMPLETION".to_owned()),
        amounts: Some(AlertAmounts {
            currency: Currency::parse("USD").unwrap(),
            expected: amount("42.10"),
            booked: amount("140.00"),
        }),
        detail: "the clearing is far above its hold".to_owned(),
        at: NOW,
    }
}

#[tokio::test]
async fn a_record_has_its_alerts_and_the_disputes_of_its_account() {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests);
    let server = server.await.unwrap();
    let options = StoreOptions::new(server.url(), "holdfast-transaction-tests");
    let store = Store::migrate(&options, ShardCount::DEFAULT).await.unwrap();
    let accepted = [
        notification("ann", "t-1", "authorization.clearing"),
        notification("ann", "d-1", "authorization.clearing.chargeback"),
        notification("ann", "d-2", "dispute.credit"),
        notification("ann", "d-3", "authorization.clearing.representment"),
        notification("bob", "d-4", "pindebit.chargeback"),
    ];
    let mut unit = store.begin().await.unwrap();
    unit.accept_notifications(&accepted).await.unwrap();
    unit.raise_alerts(&[alert("t-1"), alert("t-9")])
        .await
        .unwrap();
    unit.commit().await.unwrap();

    let token = TransactionToken::parse("t-1").unwrap();
    let record = store.transaction(&token).await.unwrap();
    let mut disputes: Vec<&str> = record.disputes.iter().map(|d| d.token.as_str()).collect();
    disputes.sort_unstable();
    assert_eq!(disputes, ["d-1", "d-2", "d-3"]);
    let [alert] = &record.alerts[..] else {
        panic!("one alert: {:?}", record.alerts);
    };
    let usd = Currency::parse("USD").unwrap();
    assert_eq!(
        (alert.kind.as_str(), alert.severity.as_str()),
        ("clearing_above_hold", "warning")
    );
    assert_eq!(alert.booked.unwrap().text(usd), "140.00");
    assert_eq!((alert.raised, alert.acknowledged), (NOW, None));
    let notification = &record.notifications[0];
    assert!(notification.message.0.contains("t-1"));
    assert!(
        !format!("{record:?}").contains("secret"),
        "texts are personal"
    );
    assert!(plan(&store).await.contains("notification_dispute"));
    store.close().await;
    server.stop().await.unwrap();
}

/// How Postgres reads a record where reading whole tables is no choice.
async fn plan(store: &Store) -> String {
    let statement = include_str!("../../sql/read_transaction.sql").replace("$1", "'t-1'");
    let mut tx = store.pool().begin().await.unwrap();
    sqlx::query("set local enable_seqscan = off")
        .execute(&mut *tx)
        .await
        .unwrap();
    let explain = sqlx::AssertSqlSafe(format!("explain {statement}"));
    let lines: Vec<String> = sqlx::query_scalar(explain)
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    lines.join("\n")
}
