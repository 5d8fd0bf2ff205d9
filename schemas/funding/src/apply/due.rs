//! Which notifications a batch of records is about.

use super::Record;
use holdfast_events::Origin;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::notification::NotificationKey;
use std::collections::BTreeMap;

/// A record that is none of ours, and why.
#[derive(Debug)]
pub(super) struct UnreadableRecord<'a> {
    pub(super) record: &'a Record,
    pub(super) error: String,
}

/// Where the notifications of a batch were read.
pub(super) type Origins = BTreeMap<NotificationKey, Origin>;

/// What names the notification in a value; nothing else of it is read.
#[derive(serde::Deserialize)]
struct NoticeName {
    transaction: Option<String>,
    state: Option<String>,
}

/// The notifications, each once, and the records that name none.
pub(super) fn sort(records: &[Record]) -> (Origins, Vec<UnreadableRecord<'_>>) {
    let (mut origins, mut unreadable) = (Origins::new(), Vec::new());
    for record in records {
        match parse_key(record) {
            Ok(key) => drop(origins.insert(key, record.origin())),
            Err(error) => unreadable.push(UnreadableRecord { record, error }),
        }
    }
    (origins, unreadable)
}

fn parse_key(record: &Record) -> Result<NotificationKey, String> {
    let account = record
        .key
        .as_deref()
        .ok_or("reading a record: it has no key")?;
    let value = record
        .value
        .as_deref()
        .ok_or("reading a record: it has no value")?;
    let notice: NoticeName = serde_json::from_slice(value).map_err(|error| {
        format!(
            "reading a record: line {} column {} is no event of ours",
            error.line(),
            error.column()
        )
    })?;
    let token = notice
        .transaction
        .ok_or("reading a record: it names no transaction")?;
    let field =
        |name: &str, error: &dyn std::fmt::Display| format!("reading a record: its {name} {error}");
    Ok(NotificationKey {
        account: AccountToken::parse(account).map_err(|error| field("key", &error))?,
        token: TransactionToken::parse(&token).map_err(|error| field("transaction", &error))?,
        state: notice.state.unwrap_or_default(),
    })
}
