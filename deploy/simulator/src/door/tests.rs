//! The door against a small gateway.

use std::time::Duration;

use rust_decimal::Decimal;
use time::OffsetDateTime;
use tokio::net::TcpListener;

use crate::fake::{FakeGateway, account, ok, status};
use crate::{Credentials, Door, DoorSettings, Heard, Kind, Random, Trade, Transaction, signature};

fn purchase() -> Transaction {
    let (now, amount) = (OffsetDateTime::now_utc(), Decimal::new(4210, 2));
    let merchant = &Trade::Grocery.merchants()[0];
    let kind = Kind::Authorization;
    Transaction::opening(
        kind,
        &account("USD"),
        merchant,
        amount,
        now,
        &mut Random::new(1),
    )
}

#[tokio::test]
async fn a_question_carries_the_bare_transaction_and_the_gateways_credentials() {
    let gateway = FakeGateway::approving().await;
    let header = Some(("X-Door".to_owned(), "open".to_owned()));
    let door = Door::new(DoorSettings {
        gateway_header: header,
        ..gateway.settings()
    })
    .unwrap();

    let outcome = door.ask(&purchase()).await;
    assert_eq!(
        outcome.heard,
        Heard::Approved {
            amount: Decimal::new(421, 1)
        }
    );
    assert_eq!(door.deliver(&["{}".into()]).await, Some(200));

    let seen = gateway.seen();
    assert_eq!(seen[0].path, "/jit");
    assert_eq!(seen[0].headers["authorization"], "Basic Z2F0ZTp3YXk=");
    assert_eq!(seen[0].headers["content-type"], "application/json");
    assert_eq!(seen[0].headers["x-door"], "open");
    assert_eq!(seen[0].json()["type"], "authorization");
    assert_eq!(seen[1].path, "/webhooks");
    assert_eq!(seen[1].headers["authorization"], "Basic d2ViOmhvb2s=");
    assert!(!seen[1].headers.contains_key("x-door"));
    assert!(!seen[1].headers.contains_key("x-marqeta-signature"));
}

#[tokio::test]
async fn an_envelope_is_signed_over_its_bytes() {
    let gateway = FakeGateway::approving().await;
    let settings = DoorSettings {
        webhook_secret: Some("hush".into()),
        ..gateway.settings()
    };
    let door = Door::new(settings).unwrap();
    door.deliver(&[r#"{"token":"a"}"#.into(), r#"{"token":"b"}"#.into()])
        .await;
    let seen = &gateway.seen()[0];
    assert_eq!(
        &seen.body[..],
        br#"{"transactions":[{"token":"a"},{"token":"b"}]}"#
    );
    assert_eq!(
        seen.headers["x-marqeta-signature"],
        signature("hush", &seen.body)
    );
}

#[tokio::test]
async fn connections_are_kept() {
    let gateway = FakeGateway::approving().await;
    let door = gateway.door();
    for _ in 0..5 {
        door.ask(&purchase()).await;
    }
    assert!(gateway.seen().iter().all(|seen| seen.connection == 0));
}

#[tokio::test]
async fn what_is_no_answer_is_heard_as_what_it_is() {
    let gateway = FakeGateway::start(|number, _| match number {
        0 => (
            402,
            r#"{"jit_funding":{"amount":1,"decline_reason":"X"}}"#.into(),
            Duration::ZERO,
        ),
        1 => status(503),
        2 => ok("no json".into()),
        _ => (
            200,
            r#"{"jit_funding":{"amount":1}}"#.into(),
            Duration::from_secs(600),
        ),
    })
    .await;
    let ask_limit = Duration::from_secs(2);
    let door = Door::new(DoorSettings {
        ask_limit,
        ..gateway.settings()
    })
    .unwrap();
    assert_eq!(
        door.ask(&purchase()).await.heard,
        Heard::Declined { reason: "X".into() }
    );
    assert_eq!(
        door.ask(&purchase()).await.heard,
        Heard::Error { status: 503 }
    );
    assert_eq!(
        door.ask(&purchase()).await.heard,
        Heard::Error { status: 200 }
    );
    let late = door.ask(&purchase()).await;
    assert_eq!(late.heard, Heard::Timeout);
    assert!(late.latency >= ask_limit);
    assert_eq!(late.approved(), None);
}

#[tokio::test]
async fn nobody_there_is_a_failed_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let any = || Credentials::parse("a:b").unwrap();
    let door = Door::new(DoorSettings::new(&url, any(), any())).unwrap();
    assert_eq!(door.ask(&purchase()).await.heard, Heard::ConnectionFailed);
    assert_eq!(door.deliver(&[]).await, None);
}

#[test]
fn a_door_without_a_usable_address_is_refused() {
    let any = || Credentials::parse("a:b").unwrap();
    for url in ["", "localhost", "https://localhost:1", "http://"] {
        assert!(
            Door::new(DoorSettings::new(url, any(), any())).is_err(),
            "{url}"
        );
    }
    assert!(Credentials::parse("nobody").is_err());
}
