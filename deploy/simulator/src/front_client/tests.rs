//! The client against a fake gateway.

use std::time::Duration;

use rust_decimal::Decimal;
use time::OffsetDateTime;
use tokio::net::TcpListener;

use crate::tests::fake_gateway::{FakeGateway, account, ok, status};
use crate::{
    Credentials, FrontClient, FrontClientSettings, JitResponse, MessageKind, Random, Trade,
    Transaction, signature,
};

fn purchase() -> Transaction {
    let (now, amount) = (OffsetDateTime::now_utc(), Decimal::new(4210, 2));
    let merchant = &Trade::Grocery.merchants()[0];
    let kind = MessageKind::Authorization;
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
async fn a_jit_request_carries_the_bare_transaction_and_the_gateways_credentials() {
    let gateway = FakeGateway::approving().await;
    let header = Some(("X-Route".to_owned(), "open".to_owned()));
    let client = FrontClient::new(FrontClientSettings {
        gateway_header: header,
        ..gateway.settings()
    })
    .unwrap();

    let exchange = client.request_authorization(&purchase()).await;
    assert_eq!(
        exchange.response,
        JitResponse::Approved {
            amount: Decimal::new(421, 1)
        }
    );
    assert_eq!(client.deliver(&["{}".into()]).await, Some(200));

    let seen = gateway.seen();
    assert_eq!(seen[0].path, "/jit");
    assert_eq!(seen[0].headers["authorization"], "Basic Z2F0ZTp3YXk=");
    assert_eq!(seen[0].headers["content-type"], "application/json");
    assert_eq!(seen[0].headers["x-route"], "open");
    assert_eq!(seen[0].json()["type"], "authorization");
    assert_eq!(seen[1].path, "/webhooks");
    assert_eq!(seen[1].headers["authorization"], "Basic d2ViOmhvb2s=");
    assert!(!seen[1].headers.contains_key("x-route"));
    assert!(!seen[1].headers.contains_key("x-marqeta-signature"));
}

#[tokio::test]
async fn an_envelope_is_signed_over_its_bytes() {
    let gateway = FakeGateway::approving().await;
    let settings = FrontClientSettings {
        webhook_secret: Some("hush".into()),
        ..gateway.settings()
    };
    let client = FrontClient::new(settings).unwrap();
    client
        .deliver(&[r#"{"token":"a"}"#.into(), r#"{"token":"b"}"#.into()])
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
    let client = gateway.client();
    for _ in 0..5 {
        client.request_authorization(&purchase()).await;
    }
    assert!(gateway.seen().iter().all(|seen| seen.connection == 0));
}

#[tokio::test]
async fn each_failure_has_its_own_response() {
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
    let response_limit = Duration::from_secs(2);
    let client = FrontClient::new(FrontClientSettings {
        response_limit,
        ..gateway.settings()
    })
    .unwrap();
    assert_eq!(
        client.request_authorization(&purchase()).await.response,
        JitResponse::Declined { reason: "X".into() }
    );
    assert_eq!(
        client.request_authorization(&purchase()).await.response,
        JitResponse::Error { status: 503 }
    );
    assert_eq!(
        client.request_authorization(&purchase()).await.response,
        JitResponse::Error { status: 200 }
    );
    let late = client.request_authorization(&purchase()).await;
    assert_eq!(late.response, JitResponse::Timeout);
    assert!(late.latency >= response_limit);
    assert_eq!(late.approved_amount(), None);
}

#[tokio::test]
async fn a_closed_port_is_a_failed_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let any = || Credentials::parse("a:b").unwrap();
    let client = FrontClient::new(FrontClientSettings::new(&url, any(), any())).unwrap();
    assert_eq!(
        client.request_authorization(&purchase()).await.response,
        JitResponse::ConnectionFailed
    );
    assert_eq!(client.deliver(&[]).await, None);
}

#[test]
fn a_client_without_a_usable_address_is_refused() {
    let any = || Credentials::parse("a:b").unwrap();
    for url in ["", "localhost", "https://localhost:1", "http://"] {
        assert!(
            FrontClient::new(FrontClientSettings::new(url, any(), any())).is_err(),
            "{url}"
        );
    }
    assert!(Credentials::parse("no-colon").is_err());
}
