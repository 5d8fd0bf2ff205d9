//! Which notifications a batch of records is about.

use super::Record;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::notification::NotificationKey;
use holdfast_wire::event::Notice;

/// A record that is none of ours, and why.
#[derive(Debug)]
pub(super) struct Stranger<'a> {
    pub(super) record: &'a Record,
    pub(super) error: String,
}

/// The notifications, each once, and the records that name none.
pub(super) fn sort(records: &[Record]) -> (Vec<NotificationKey>, Vec<Stranger<'_>>) {
    let (mut keys, mut strangers) = (Vec::new(), Vec::new());
    for record in records {
        match key(record) {
            Ok(key) => keys.push(key),
            Err(error) => strangers.push(Stranger { record, error }),
        }
    }
    keys.sort();
    keys.dedup();
    (keys, strangers)
}

fn key(record: &Record) -> Result<NotificationKey, String> {
    let account = record
        .key
        .as_deref()
        .ok_or("reading a record: it has no key")?;
    let value = record
        .value
        .as_deref()
        .ok_or("reading a record: it has no value")?;
    let notice: Notice = serde_json::from_slice(value).map_err(|error| {
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
