//! What Kafka's readers see: exactly the journal, valid by the schemas, without personal data.

use crate::schemas;
use holdfast_simulator::MessageKind;
use holdfast_tests::message::{confirmed, envelope};
use holdfast_tests::reader::Record;
use holdfast_tests::{Messages, Reader, System};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the messages carry and no event may: street, postal code, last four digits, names of the cardholder.
const PRIVATE: [&str; 8] = [
    "500 MAIN ST",
    "94607",
    "last_four",
    "street_address",
    "postal_code",
    "first_name",
    "cardholder_name",
    "\"pan\"",
];

/// A bit of everything: approved, declined, confirmed, cleared, reversed, unknown, unreadable.
async fn play(system: &System) {
    system.open("payer", "USD", "100.00").await;
    let mut messages = Messages::default();
    let kept = messages.purchase("payer", "42.10");
    let dropped = messages.purchase("payer", "10.00");
    let refused = messages.purchase("payer", "999.00");
    for purchase in [&kept, &dropped, &refused] {
        system.front.jit(purchase.request().to_string()).await;
    }
    let clearing = messages.following(&kept, MessageKind::Clearing, "40.00");
    let reversal = messages.following(&dropped, MessageKind::Reversal, "10.00");
    let refund = messages.opening(MessageKind::Refund, "payer", "5.00", "USD");
    let items = [&kept, &dropped, &clearing, &reversal, &refund].map(confirmed);
    assert_eq!(system.front.notify(envelope(&items)).await.status, 200);
    let others = r#"{"transactions":[{"what":1}],"cardtransitions":[{"token":"t","card_token":"c",
        "user_token":"payer","state":"ACTIVE"}]}"#;
    assert_eq!(system.front.notify(others).await.status, 200);
    system.settles().await;
}

pub(crate) async fn read_all(system: &System) -> Vec<Record> {
    let journal = system.database.count("select count(*) from journal").await;
    let servers = system.broker.servers().to_owned();
    let count = usize::try_from(journal).unwrap();
    tokio::task::spawn_blocking(move || Reader::read(&servers, count))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kafka_shows_exactly_the_journal_and_every_value_is_valid() {
    let system = System::start().await;
    play(&system).await;
    let records = read_all(&system).await;
    let topics: BTreeMap<&str, usize> =
        records.iter().fold(BTreeMap::new(), |mut topics, record| {
            *topics.entry(record.topic.as_str()).or_default() += 1;
            topics
        });
    let expected = [
        ("jit.authorizations.v1", 3),
        ("jit.clearings.v1", 2),
        ("jit.notices.v1", 3),
        ("jit.notices.v1.dlq", 1),
        ("jit.reversals.v1", 1),
        ("program.changes.v1", 2),
    ];
    for (topic, count) in expected {
        assert_eq!(topics.get(topic), Some(&count), "{topic}: {topics:?}");
    }
    assert!(
        topics
            .get("ledger.adjustments.v1")
            .is_some_and(|count| *count >= 4),
        "{topics:?}"
    );
    is_the_journal(&system, &records).await;
    for record in &records {
        is_an_event(record);
        let value = serde_json::from_str(&record.value).unwrap();
        let errors = schemas::find_errors(&record.topic, &value);
        let none = Vec::<String>::new();
        assert_eq!(errors, none, "{}: {}", record.topic, record.value);
        for private in PRIVATE {
            assert!(
                !record.value.contains(private),
                "{private}: {}",
                record.value
            );
        }
    }
}

/// Binary mode of CloudEvents 1.0: attributes in headers, the bare value as content.
fn is_an_event(record: &Record) {
    let header = |name: &str| {
        record
            .headers
            .get(name)
            .map(String::as_str)
            .unwrap_or_default()
    };
    assert_eq!(header("ce_specversion"), "1.0", "{record:?}");
    assert_eq!(header("content-type"), "application/json", "{record:?}");
    for name in ["ce_id", "ce_type", "ce_source", "ce_subject", "position"] {
        assert!(!header(name).is_empty(), "{name}: {record:?}");
    }
    let format = &time::format_description::well_known::Rfc3339;
    assert!(
        time::OffsetDateTime::parse(header("ce_time"), format).is_ok(),
        "{record:?}"
    );
}

/// One row of the journal.
#[derive(sqlx::FromRow)]
struct Row {
    shard: i32,
    position: i64,
    event: uuid::Uuid,
    topic: String,
    account: String,
    payload: String,
    lines: i32,
}

async fn is_the_journal(system: &System, records: &[Record]) {
    let rows = "select shard, position, event, topic, account, payload, jsonb_array_length(entries) as lines
        from journal";
    let rows: Vec<Row> = sqlx::query_as(rows)
        .fetch_all(&mut system.database.connect().await)
        .await
        .unwrap();
    let journal: BTreeMap<(i32, i64), Row> = rows
        .into_iter()
        .map(|row| ((row.shard, row.position), row))
        .collect();
    let incarnation = system
        .database
        .text("select incarnation::text from program")
        .await;
    let mut last: BTreeMap<(&str, i32), i64> = BTreeMap::new();
    for record in records {
        let position: i64 = record.headers["position"].parse().unwrap();
        let row = &journal[&(record.partition, position)];
        assert_eq!((&record.topic, &record.key), (&row.topic, &row.account));
        is_the_row(record, row, &incarnation);
        let before = last.insert((&record.topic, record.partition), position);
        assert!(
            before.is_none_or(|before| before < position),
            "order in {record:?}"
        );
    }
    assert_eq!(records.len(), journal.len());
}

/// The value is the row's payload behind its envelope; headers and envelope say the same.
fn is_the_row(record: &Record, row: &Row, incarnation: &str) {
    let mut value: Value = serde_json::from_str(&record.value).unwrap();
    let fields = value.as_object_mut().unwrap();
    let mut take = |name: &str| fields.remove(name).unwrap_or_default();
    assert_eq!(take("event_id"), json!(row.event), "{record:?}");
    assert_eq!(take("position"), json!(row.position), "{record:?}");
    assert_eq!(take("incarnation"), json!(incarnation), "{record:?}");
    assert_eq!(take("shard"), json!(row.shard), "{record:?}");
    assert_eq!(take("at"), json!(record.headers["ce_time"]), "{record:?}");
    let entries = take("entries");
    let lines = entries.as_array().map(Vec::len);
    let lines_of_topic = (["jit.authorizations.v1", "ledger.adjustments.v1"])
        .contains(&row.topic.as_str())
        .then(|| usize::try_from(row.lines).unwrap());
    assert_eq!(lines, lines_of_topic, "{record:?}");
    assert_eq!(value, serde_json::from_str::<Value>(&row.payload).unwrap());
    let header = |name: &str| record.headers.get(name).cloned().unwrap_or_default();
    assert_eq!(header("ce_id"), row.event.to_string());
    assert_eq!(header("ce_position"), row.position.to_string());
    assert_eq!(header("ce_incarnation"), incarnation);
    assert_eq!(header("incarnation"), incarnation);
}
