//! A front in this process, so that there is something to ask about.

use crate::fixture::ApiFixture;
use clap::Parser;
use holdfast_front::{Front, FrontSettings};
use holdfast_funding::apply::{Applier, Record, batch};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_marqeta::Marqeta;
use holdfast_runtime::health::Health;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::parse_from;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::alert::NewAlert;
use holdfast_store::relay::PositionRange;
use holdfast_store::{Store, StoreOptions};
use http::Request;
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio_util::bytes::Bytes;

/// `marqeta:secret`, as a caller sends it.
const BASIC: &str = "Basic bWFycWV0YTpzZWNyZXQ=";

#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    front: FrontSettings,
}

/// A front on a fixture's database.
pub(crate) struct TestFront {
    public: SocketAddr,
    store: Store,
    shutdown: Shutdown,
}

impl TestFront {
    pub(crate) async fn open(fixture: &ApiFixture) -> Self {
        let url = fixture.server.url();
        let flags = [
            "front",
            "--public-addr=127.0.0.1:0",
            "--private-addr=127.0.0.1:0",
            &format!("--database-url={url}"),
            "--gateway-credentials=marqeta:secret",
            "--webhook-credentials=marqeta:secret",
            "--operator-token=operators-secret-of-tests",
        ]
        .map(Into::into);
        let arguments: Arguments = parse_from(flags, &|_| None).unwrap();
        let shutdown = Shutdown::new(Health::new());
        let front = Front::start(
            Arc::new(Marqeta),
            arguments.front,
            Metrics::new(),
            &shutdown,
        );
        let public = front.await.unwrap().public;
        let store = Store::connect(&StoreOptions::new(url, "test"))
            .await
            .unwrap();
        Self {
            public,
            store,
            shutdown,
        }
    }

    async fn post(&self, path: &str, body: &Value) -> u16 {
        let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
        let request = Request::post(format!("http://{}{path}", self.public))
            .header("authorization", BASIC)
            .body(Full::from(body.to_string()))
            .unwrap();
        client.request(request).await.unwrap().status().as_u16()
    }

    /// Asks for a purchase with a card.
    pub(crate) async fn buy(&self, token: &str, amount: &str, card: &str) -> u16 {
        self.post("/jit", &purchase(token, amount, card)).await
    }

    /// Tells that a purchase was cleared, and applies it as the workers do.
    pub(crate) async fn collect(&self, token: &str, of: &str, amount: &str) {
        let mut item = purchase(token, amount, "blue");
        item["type"] = json!("authorization.clearing");
        item["state"] = json!("COMPLETION");
        item["preceding_related_transaction_token"] = json!(of);
        item["gpa_order"]["jit_funding"]["method"] = json!("pgfs.authorization.clearing");
        self.notify(&item).await;
    }

    /// Sends a notification, and applies all notifications as the workers do.
    pub(crate) async fn notify(&self, item: &Value) {
        let envelope = json!({"transactions": [item]});
        assert_eq!(self.post("/webhooks", &envelope).await, 200);
        let whole = |shard| PositionRange {
            shard: Shard(shard),
            after: 0,
            until: i64::MAX,
        };
        let journal: Vec<PositionRange> = (0..self.store.shards().get()).map(whole).collect();
        let rows = self.store.read_page(&journal, i64::MAX / 2).await.unwrap();
        let notifications = rows.into_iter().filter(|row| {
            let topics = ["jit.clearings.v1", "jit.reversals.v1", "jit.notices.v1"];
            topics.contains(&row.topic.as_str())
        });
        let records: Vec<Record> = notifications
            .map(|row| Record {
                topic: row.topic,
                partition: row.shard.0,
                offset: row.position,
                key: Some(row.account),
                value: Some(row.payload.into_bytes()),
            })
            .collect();
        batch(&Applier::new(self.store.clone()), &records)
            .await
            .unwrap();
    }
}

impl TestFront {
    /// Raises an alert of a transaction, as the workers do.
    pub(crate) async fn alert(&self, kind: AlertKind, token: &str, detail: &str) {
        let usd = Currency::parse("USD").unwrap();
        let amount = |text: &str| Amount::parse(text).unwrap().credit();
        let alert = NewAlert {
            kind,
            account: None,
            token: Some(token.to_owned()),
            transaction_type: None,
            state: None,
            amounts: Some(AlertAmounts {
                currency: usd,
                expected: Some(amount("42.10")),
                booked: Some(amount("140.00")),
            }),
            detail: detail.to_owned(),
            at: Moment(1_800_000_000_000),
        };
        let mut unit = self.store.begin().await.unwrap();
        unit.raise_alerts(&[alert]).await.unwrap();
        unit.commit().await.unwrap();
    }
}

impl Drop for TestFront {
    fn drop(&mut self) {
        self.shutdown.cut_short();
    }
}

/// An authorization of alice's as Marqeta sends it.
pub(crate) fn purchase(token: &str, amount: &str, card: &str) -> Value {
    json!({"type": "authorization", "state": "PENDING", "token": token, "card_token": card,
        "created_time": "2026-10-03T08:15:59Z",
        "amount": amount, "currency_code": "USD", "network": "VISA",
        "card_acceptor": {"mcc": "5411", "mid": "m-77"},
        "gpa_order": {"token": format!("o-{token}"), "jit_funding": {"token": format!("j-{token}"),
            "method": "pgfs.authorization", "user_token": "alice", "amount": amount}}})
}
