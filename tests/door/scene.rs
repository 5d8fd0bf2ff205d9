//! What most tests here begin with: a database, a door, and `payer`, who has 100.00 USD.

use holdfast_simulator::Transaction;
use holdfast_tests::{Answer, Bank, Door, DoorOptions, Messages, TestDatabase};
use http::Method;
use serde_json::Value;

/// One front on a database of its own.
pub(crate) struct Scene {
    pub(crate) door: Door,
    pub(crate) bank: Bank,
    pub(crate) messages: Messages,
    pub(crate) database: TestDatabase,
}

impl Scene {
    pub(crate) async fn begin() -> Self {
        Self::begin_with(DoorOptions::default()).await
    }

    pub(crate) async fn begin_with(options: DoorOptions) -> Self {
        let database = TestDatabase::create().await;
        let bank = Bank::new(database.store().await);
        bank.open("payer", &[("USD", "100.00")]).await;
        let door = Door::open_with(database.url(), options).await;
        let messages = Messages::default();
        Self {
            door,
            bank,
            messages,
            database,
        }
    }

    /// Asks for a purchase of `payer`.
    pub(crate) async fn buy(&mut self, amount: &str) -> (Transaction, Answer) {
        let purchase = self.messages.purchase("payer", amount);
        let answer = self.ask(&purchase).await;
        (purchase, answer)
    }

    pub(crate) async fn ask(&self, message: &Transaction) -> Answer {
        self.door.jit(message.request().to_string()).await
    }

    /// Changes the program's settings, as an administrator does.
    pub(crate) async fn set(&self, settings: &'static str) {
        let path = "/api/v1/program";
        let changed = self.door.api(Method::PUT, path, settings).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
    }

    /// Everything that operators see of a transaction.
    pub(crate) async fn transaction(&self, token: &str) -> Value {
        let path = format!("/api/v1/transactions/{token}");
        let shown = self.door.api(Method::GET, &path, "").await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        shown.json()
    }

    /// `posted held available` of `payer`.
    pub(crate) async fn balance(&self) -> String {
        self.bank.balance("payer", "USD").await
    }

    pub(crate) async fn decisions(&self) -> i64 {
        self.database.count("select count(*) from decision").await
    }

    pub(crate) async fn alerts(&self) -> i64 {
        self.database.count("select count(*) from alert").await
    }
}
