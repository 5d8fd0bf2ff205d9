//! The whole system: a front, all workers and a broker, on a database of their own. Accounts are opened
//! through the private API, as operators open them.

use crate::{HttpResponse, TestBroker, TestDatabase, TestFront, eventually};
use holdfast_funding::processor::Processor;
use holdfast_marqeta::Marqeta;
use holdfast_runtime::health::Health;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_simulator::{AccountKind, Credentials, FrontClientSettings, SimAccount};
use holdfast_workers::{Role, Workers, WorkersOptions};
use http::Method;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// A running system. It stops when dropped.
#[derive(Debug)]
pub struct System {
    /// Its front.
    pub front: TestFront,
    /// Its database.
    pub database: TestDatabase,
    /// Its broker.
    pub broker: TestBroker,
    /// What its workers count.
    pub metrics: Metrics,
    workers: Shutdown,
}

impl System {
    /// Starts everything.
    ///
    /// # Panics
    /// When something does not start.
    pub async fn start() -> Self {
        Self::start_for(Arc::new(Marqeta)).await
    }

    /// Starts everything, with a front for this processor.
    ///
    /// # Panics
    /// When something does not start.
    pub async fn start_for(processor: Arc<dyn Processor>) -> Self {
        let (database, broker) = (TestDatabase::create().await, TestBroker::start().await);
        let front = TestFront::open_for(processor, database.url()).await;
        let workers = Shutdown::new(Health::new());
        let metrics = Metrics::new();
        let mut options = WorkersOptions::new(broker.servers(), metrics.clone());
        options.expiry_every = Duration::from_millis(500);
        let store = database.store().await;
        Workers::start(options, store, &[Role::All], workers.clone())
            .await
            .unwrap();
        Self {
            front,
            database,
            broker,
            metrics,
            workers,
        }
    }

    /// A request to the private API that must succeed.
    ///
    /// # Panics
    /// When it does not.
    pub async fn order(&self, method: Method, path: &str, body: serde_json::Value) -> HttpResponse {
        let response = self.front.api(method, path, body.to_string()).await;
        assert!(
            response.status < 300,
            "{path}: {} {}",
            response.status,
            response.text()
        );
        response
    }

    /// An active account with so much money, and a card to it.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self, token: &str, currency: &str, amount: &str) -> SimAccount {
        let account = format!("/api/v1/accounts/{token}");
        let body = json!({"state": "active", "currencies": [currency], "kind": "user"});
        self.order(Method::PUT, &account, body).await;
        let body = json!({
            "reference": "opening", "direction": "credit", "amount": amount, "currency": currency,
        });
        self.order(Method::POST, &format!("{account}/transfers"), body)
            .await;
        let card = format!("card-of-{token}");
        SimAccount::new(token, AccountKind::User, &card, currency).unwrap()
    }

    /// The simulator's way in.
    ///
    /// # Panics
    /// Never, with the credentials of a [`TestFront`].
    #[must_use]
    pub fn simulated_client(&self) -> holdfast_simulator::FrontClient {
        let secrets = &self.front.secrets;
        let parse = |text: &str| Credentials::parse(text).unwrap();
        let url = format!("http://{}", self.front.public);
        let (gateway, webhook) = (parse(&secrets.gateway), parse(&secrets.webhook));
        let mut settings = FrontClientSettings::new(&url, gateway, webhook);
        settings.webhook_secret = Some(secrets.signing.clone());
        // A busy machine is slow; no test here is about it.
        settings.response_limit = Duration::from_secs(60);
        settings.delivery_limit = Duration::from_secs(60);
        holdfast_simulator::FrontClient::new(settings).unwrap()
    }

    /// Waits until every notification has been applied or parked.
    pub async fn settles(&self) {
        let waiting = "select count(*) from notification where status = 'waiting'";
        eventually("every notification is applied or parked", || async {
            (self.database.count(waiting).await == 0).then_some(())
        })
        .await;
    }

    /// `posted held available` of an account, from the private API.
    pub async fn balance(&self, token: &str, currency: &str) -> String {
        let path = format!("/api/v1/accounts/{token}");
        let account = self.order(Method::GET, &path, json!({})).await.json();
        let balances = account["balances"].as_array().cloned().unwrap_or_default();
        let found = balances
            .iter()
            .find(|balance| balance["currency"] == currency);
        let text = |name: &str| {
            found
                .and_then(|b| b[name].as_str())
                .unwrap_or("none")
                .to_owned()
        };
        format!("{} {} {}", text("posted"), text("held"), text("available"))
    }

    /// Asserts that the journal agrees with every balance and hold.
    ///
    /// # Panics
    /// When it does not.
    pub async fn balances_out(&self) {
        let books = self
            .order(Method::GET, "/api/v1/trial-balance", json!({}))
            .await;
        assert_eq!(
            books.raw("balanced").as_deref(),
            Some("true"),
            "{}",
            books.text()
        );
        assert_eq!(
            books.raw("differences").as_deref(),
            Some("[]"),
            "{}",
            books.text()
        );
    }
}

impl Drop for System {
    fn drop(&mut self) {
        self.workers.cut_short();
    }
}
