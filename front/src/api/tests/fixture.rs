//! The API in this process, on a server that all tests share; every test has accounts of its own.

use crate::api::{ApiContext, routes};
use bytes::Bytes;
use holdfast_funding::settings::SettingsCache;
use holdfast_ledger::fact::{
    CardAndMerchant, Fact, Kind, Links, Message, Role as MessageRole, Source, State,
};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, HoldId, TransactionToken};
use holdfast_local::{Durability, EmbeddedPostgres};
use holdfast_runtime::settings::{OperatorRole, OperatorToken, Secret};
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

pub(in crate::api) const NOW: Moment = Moment(1_800_000_000_000);

/// The API, and the store behind it.
pub(in crate::api) struct ApiFixture {
    pub(in crate::api) store: Store,
    context: ApiContext,
}

/// A response of the API.
#[derive(Debug, Clone)]
pub(in crate::api) struct HttpResponse {
    pub(in crate::api) status: u16,
    pub(in crate::api) headers: http::HeaderMap,
    pub(in crate::api) json: Value,
}

impl ApiFixture {
    pub(in crate::api) async fn open() -> Self {
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
        let program = SettingsCache::read(store.clone()).await.unwrap();
        let token = |name: &str, role| OperatorToken {
            name: name.to_owned(),
            role,
            token: Secret::new(name),
        };
        let operators = [
            token("root", OperatorRole::Admin),
            token("audited", OperatorRole::Admin),
            token("olga", OperatorRole::Operator),
            token("vera", OperatorRole::Viewer),
        ];
        let context = ApiContext::new(
            std::sync::Arc::new(holdfast_marqeta::Marqeta),
            store.clone(),
            program,
            &operators,
        );
        Self { store, context }
    }

    /// A store of its own on the same database, as another process would have.
    pub(in crate::api) async fn another(&self) -> Store {
        let server = SERVER.get().unwrap();
        let options = StoreOptions::new(server.url(), "holdfast-api-tests");
        Store::connect(&options).await.unwrap()
    }

    /// Sends a request with whatever token, and the body as it is.
    pub(in crate::api) async fn send(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: String,
    ) -> HttpResponse {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(Full::new(Bytes::from(body))).unwrap();
        let service = warp::service(routes(self.context.clone()));
        let response = service.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        HttpResponse {
            status: parts.status.as_u16(),
            headers: parts.headers,
            json: serde_json::from_slice(&body).unwrap_or(Value::Null),
        }
    }

    pub(in crate::api) async fn get(&self, path: &str) -> HttpResponse {
        self.send("GET", path, Some("vera"), String::new()).await
    }

    pub(in crate::api) async fn put(&self, path: &str, body: Value) -> HttpResponse {
        self.send("PUT", path, Some("root"), body.to_string()).await
    }

    pub(in crate::api) async fn post(&self, path: &str, body: Value) -> HttpResponse {
        self.send("POST", path, Some("root"), body.to_string())
            .await
    }

    pub(in crate::api) async fn delete(&self, path: &str) -> HttpResponse {
        self.send("DELETE", path, Some("root"), String::new()).await
    }

    /// An account of this name with so many dollars.
    pub(in crate::api) async fn account(&self, name: &str, dollars: &str) {
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

    /// A purchase as the front would book it; returns the hold's name.
    pub(in crate::api) async fn purchase(
        &self,
        account: &str,
        token: &str,
        dollars: &str,
    ) -> String {
        let message = message(token, dollars, (Source::Decision, Kind::Original));
        self.book(account, message).await
    }

    /// The same, made at this moment.
    pub(in crate::api) async fn purchase_at(
        &self,
        account: &str,
        token: &str,
        dollars: &str,
        at: Moment,
    ) -> String {
        let mut message = message(token, dollars, (Source::Decision, Kind::Original));
        message.fact.created = Some(at);
        self.book(account, message).await
    }

    /// A force capture with the same card at the same merchant, as the workers would book it.
    pub(in crate::api) async fn capture(
        &self,
        account: &str,
        token: &str,
        dollars: &str,
    ) -> String {
        let done = Source::Notified(State::Completion);
        let message = message(token, dollars, (done, Kind::ForceCapture));
        self.book(account, message).await
    }

    /// Books a message under a hold of its own, whose name is returned.
    async fn book(&self, account: &str, message: Message) -> String {
        let account = AccountToken::parse(account).unwrap();
        let only = BTreeSet::from([account.clone()]);
        let mut unit = self.store.begin().await.unwrap();
        unit.lock_accounts(&only, Locked::Wait).await.unwrap();
        let mut known = unit
            .read_known(&Wanted {
                accounts: only,
                ..Wanted::default()
            })
            .await
            .unwrap();
        let mut book = known.accounts.remove(&account).unwrap();
        let id = HoldId::parse(&format!("h-{}", uuid::Uuid::now_v7())).unwrap();
        let at = message.fact.created.unwrap_or(NOW);
        let plan = book.plan(&message, &id, Policy::default(), at).unwrap();
        let event = Event {
            id: uuid::Uuid::now_v7(),
            account,
            topic: "jit.authorizations.v1",
            kind: "holdfast.jit.authorization.v1",
            subject: message.fact.token.as_str().to_owned(),
            payload: "{}".to_owned(),
            entries: plan.entries.clone(),
            hold: Some(id.clone()),
            token: Some(message.fact.token.as_str().to_owned()),
            at,
        };
        book.apply_plan(plan);
        unit.write_books([&book]).await.unwrap();
        unit.append_events(&[event]).await.unwrap();
        unit.commit().await.unwrap();
        id.as_str().to_owned()
    }
}

impl HttpResponse {
    /// The status, and the error's code where it is one.
    pub(in crate::api) fn codes(&self) -> (u16, &str) {
        (
            self.status,
            self.json["error"]["code"].as_str().unwrap_or(""),
        )
    }

    /// The field that an error names.
    pub(in crate::api) fn field(&self) -> Option<&str> {
        self.json["error"]["field"].as_str()
    }
}

fn message(token: &str, dollars: &str, (source, kind): (Source, Kind)) -> Message {
    let role = match kind {
        Kind::ForceCapture => MessageRole::Alone,
        _ => MessageRole::Original,
    };
    let own = TransactionToken::parse(token).unwrap();
    let fact = Fact {
        created: Some(NOW),
        card_and_merchant: Some(CardAndMerchant {
            card: CardToken::parse("blue").ok(),
            merchant: Some("m-1".to_owned()),
            ..CardAndMerchant::default()
        }),
        ..Fact::new(
            own.clone(),
            source,
            kind,
            Amount::parse(dollars).unwrap(),
            Currency::parse("USD").unwrap(),
        )
    };
    let (jit, original_jit, preceding, order, original) = (None, None, None, None, None);
    let links = Links {
        jit,
        original_jit,
        preceding,
        order,
        original,
        ..Links::new(own)
    };
    Message { fact, links, role }
}
