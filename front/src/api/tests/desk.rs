//! The API in this process, on a server that all tests share; every test has accounts of its own.

use crate::api::{ApiContext, routes};
use crate::program::ProgramWatch;
use bytes::Bytes;
use holdfast_ledger::fact::{Fact, Kind, Links, Message, Role as MessageRole, Source};
use holdfast_ledger::hold::Policy;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_local::{Durability, EmbeddedPostgres};
use holdfast_runtime::settings::{OperatorToken, Role, Secret};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::journal::Event;
use holdfast_store::unit::{Locked, Wanted};
use holdfast_store::{Store, StoreOptions};
use http::Request;
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::sync::OnceCell;
use tower::ServiceExt;

static SERVER: OnceCell<EmbeddedPostgres> = OnceCell::const_new();

pub(super) const NOW: Moment = Moment(1_800_000_000_000);

/// The API, and the store behind it.
pub(super) struct Desk {
    pub(super) store: Store,
    context: ApiContext,
}

/// An answer of the API.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: http::HeaderMap,
    pub(super) json: Value,
}

impl Desk {
    pub(super) async fn open() -> Self {
        let start = || async {
            let server = EmbeddedPostgres::temporary(Durability::OffForTests)
                .await
                .unwrap();
            let options = StoreOptions::new(server.url(), "holdfast-api-tests");
            Store::migrate(&options, ShardCount::DEFAULT)
                .await
                .unwrap()
                .close()
                .await;
            server
        };
        let server = SERVER.get_or_init(start).await;
        let options = StoreOptions::new(server.url(), "holdfast-api-tests");
        let store = Store::connect(&options).await.unwrap();
        let program = ProgramWatch::follow(store.clone(), &Shutdown::default())
            .await
            .unwrap();
        let token = |name: &str, role| OperatorToken {
            name: name.to_owned(),
            role,
            token: Secret::new(name),
        };
        let operators = [
            token("root", Role::Admin),
            token("olga", Role::Operator),
            token("vera", Role::Viewer),
        ];
        let context = ApiContext::new(store.clone(), program, &operators);
        Self { store, context }
    }

    /// Sends a request with whatever token, and the body as it is.
    pub(super) async fn send(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: String,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(Full::new(Bytes::from(body))).unwrap();
        let service = warp::service(routes(self.context.clone()));
        let response = service.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            json: serde_json::from_slice(&body).unwrap_or(Value::Null),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Some("vera"), String::new()).await
    }

    pub(super) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, Some("root"), body.to_string()).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some("root"), body.to_string())
            .await
    }

    /// An account of this name with so many dollars.
    pub(super) async fn account(&self, name: &str, dollars: &str) {
        let path = format!("/api/v1/accounts/{name}");
        assert_eq!(
            self.put(&path, json!({"currencies": ["USD"]})).await.status,
            201
        );
        if dollars != "0" {
            let transfer = json!({"reference": "opening", "direction": "credit",
                "amount": dollars, "currency": "USD"});
            assert_eq!(
                self.post(&format!("{path}/transfers"), transfer)
                    .await
                    .status,
                201
            );
        }
    }

    /// A purchase as the door would book it; returns the hold's name.
    pub(super) async fn purchase(&self, account: &str, token: &str, dollars: &str) -> String {
        let account = AccountToken::parse(account).unwrap();
        let only = BTreeSet::from([account.clone()]);
        let mut unit = self.store.begin().await.unwrap();
        unit.lock(&only, Locked::Wait).await.unwrap();
        let mut known = unit
            .read(&Wanted {
                accounts: only,
                ..Wanted::default()
            })
            .await
            .unwrap();
        let mut book = known.accounts.remove(&account).unwrap();
        let id = HoldId::parse(&format!("h-{}", uuid::Uuid::now_v7())).unwrap();
        let plan = book
            .plan(&message(token, dollars), &id, Policy::default(), NOW)
            .unwrap();
        let event = Event {
            id: uuid::Uuid::now_v7(),
            account,
            topic: "jit.authorizations.v1",
            kind: "holdfast.jit.authorization.v1",
            subject: token.to_owned(),
            payload: "{}".to_owned(),
            entries: plan.entries.clone(),
            hold: Some(id.clone()),
            token: Some(token.to_owned()),
            at: NOW,
        };
        book.enact(plan);
        unit.write_books([&book]).await.unwrap();
        unit.append(&[event]).await.unwrap();
        unit.commit().await.unwrap();
        id.as_str().to_owned()
    }
}

impl Answer {
    /// The status, and the error's code where it is one.
    pub(super) fn told(&self) -> (u16, &str) {
        (
            self.status,
            self.json["error"]["code"].as_str().unwrap_or(""),
        )
    }

    /// The field that an error names.
    pub(super) fn field(&self) -> Option<&str> {
        self.json["error"]["field"].as_str()
    }
}

fn message(token: &str, dollars: &str) -> Message {
    let own = TransactionToken::parse(token).unwrap();
    let fact = Fact {
        token: own.clone(),
        source: Source::Decision,
        kind: Kind::Opener,
        amount: Amount::parse(dollars).unwrap(),
        currency: Currency::parse("USD").unwrap(),
        created: Some(NOW),
        preceding: None,
        expiration: None,
        days: None,
        scene: None,
    };
    let (jit, original_jit, preceding, order, original) = (None, None, None, None, None);
    let links = Links {
        own,
        jit,
        original_jit,
        preceding,
        order,
        original,
        dispute: None,
        network: None,
    };
    Message {
        fact,
        links,
        role: MessageRole::Opener,
    }
}
