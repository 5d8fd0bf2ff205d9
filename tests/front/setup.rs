//! What most tests here begin with: a database, a front, and `payer`, who has 100.00 USD.

use holdfast_events::Topic;
use holdfast_funding::apply::{Applier, Record, Summary, batch};
use holdfast_funding::journal::render_published;
use holdfast_ledger::shard::Shard;
use holdfast_simulator::{Json, Transaction};
use holdfast_store::Store;
use holdfast_store::relay::{JournalRow, PositionRange};
use holdfast_tests::message::envelope;
use holdfast_tests::{Bank, HttpResponse, Messages, TestDatabase, TestFront, TestFrontOptions};
use http::Method;
use serde_json::Value;

/// The topics that workers read.
const CONSUMED: [Topic; 3] = [Topic::Clearings, Topic::Reversals, Topic::Notices];

/// One front on a database of its own.
pub(crate) struct Setup {
    pub(crate) front: TestFront,
    pub(crate) bank: Bank,
    pub(crate) messages: Messages,
    pub(crate) database: TestDatabase,
    store: Store,
}

impl Setup {
    pub(crate) async fn begin() -> Self {
        Self::begin_with(TestFrontOptions::default()).await
    }

    pub(crate) async fn begin_with(options: TestFrontOptions) -> Self {
        let database = TestDatabase::create().await;
        let store = database.store().await;
        let bank = Bank::new(store.clone());
        bank.open("payer", &[("USD", "100.00")]).await;
        let front = TestFront::open_with(database.url(), options).await;
        let messages = Messages::default();
        Self {
            front,
            bank,
            messages,
            database,
            store,
        }
    }

    /// Asks for a purchase of `payer`.
    pub(crate) async fn buy(&mut self, amount: &str) -> (Transaction, HttpResponse) {
        let purchase = self.messages.purchase("payer", amount);
        let response = self.ask(&purchase).await;
        (purchase, response)
    }

    pub(crate) async fn ask(&self, message: &Transaction) -> HttpResponse {
        self.front.jit(message.request().to_string()).await
    }

    /// Sends Marqeta's notifications, which must be accepted, and applies them.
    pub(crate) async fn notify_and_apply(&self, items: &[Json]) {
        let response = self.front.notify(envelope(items)).await;
        assert_eq!(response.status, 200, "{}", response.text());
        self.apply().await;
    }

    /// Applies what the front has stored, as the workers do, but without a broker: the journal's rows are the
    /// records, all of them each time, for what was applied before changes nothing.
    pub(crate) async fn apply(&self) -> Summary {
        self.apply_records(&self.records().await).await
    }

    /// Applies these records, as the workers do.
    pub(crate) async fn apply_records(&self, records: &[Record]) -> Summary {
        batch(&Applier::new(self.store.clone()), records)
            .await
            .unwrap()
    }

    /// The whole journal, each shard in order.
    async fn read_journal(&self) -> Vec<JournalRow> {
        let shards = (0..self.store.shards().get()).map(Shard);
        let whole = |shard| PositionRange {
            shard,
            after: 0,
            until: i64::MAX,
        };
        let journal: Vec<PositionRange> = shards.map(whole).collect();
        self.store.read_page(&journal, i64::MAX / 2).await.unwrap()
    }

    /// What workers would read of Kafka.
    pub(crate) async fn records(&self) -> Vec<Record> {
        let rows = self.read_journal().await;
        let is_read = |row: &JournalRow| CONSUMED.iter().any(|topic| row.topic == topic.name());
        rows.into_iter().filter(is_read).map(record).collect()
    }

    /// The last change of the books as it is published, without the envelope.
    pub(crate) async fn last_adjustment(&self) -> Value {
        let rows = self.read_journal().await;
        let topic = Topic::Adjustments;
        let mut changes = rows.iter().filter(|row| row.topic == topic.name());
        let last = changes.next_back().unwrap();
        let value = render_published(last, topic, "incarnation");
        let mut value: Value = serde_json::from_str(&value).unwrap();
        for name in ["event_id", "position", "incarnation", "shard", "at"] {
            assert!(
                value.as_object_mut().unwrap().remove(name).is_some(),
                "{name}"
            );
        }
        value
    }

    /// Changes the program's settings, as an administrator does.
    pub(crate) async fn set(&self, settings: &'static str) {
        let path = "/api/v1/program";
        let changed = self.front.api(Method::PUT, path, settings).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
    }

    /// Everything that operators see of a transaction.
    pub(crate) async fn transaction(&self, token: &str) -> Value {
        let path = format!("/api/v1/transactions/{token}");
        let shown = self.front.api(Method::GET, &path, "").await;
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

fn record(row: JournalRow) -> Record {
    Record {
        topic: row.topic,
        partition: row.shard.0,
        offset: row.position,
        key: Some(row.account),
        value: Some(row.payload.into_bytes()),
    }
}
