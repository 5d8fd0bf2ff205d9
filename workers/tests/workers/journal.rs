//! Commits events as front and workers do, and reads the journal.

use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::Store;
use holdfast_store::journal::Event;
use holdfast_store::relay::{JournalRow, PositionRange};

/// Builds an event of an account; its number also chooses the topic.
pub(crate) fn build_event(account: usize, number: usize) -> Event {
    let topics = [
        Topic::Authorizations,
        Topic::Clearings,
        Topic::Adjustments,
        Topic::ClearingsDlq,
    ];
    let topic = topics[number % topics.len()];
    let account = AccountToken::parse(&format!("account-{account}")).unwrap();
    Event {
        id: uuid::Uuid::now_v7(),
        subject: account.to_string(),
        payload: format!(r#"{{"account":"{account}","number":{number}}}"#),
        account,
        topic: topic.name(),
        kind: topic.event_type(),
        entries: Vec::new(),
        hold: None,
        token: None,
        at: Moment(1_790_000_000_000),
    }
}

/// Commits events with these numbers over 20 accounts, seven per database transaction.
pub(crate) async fn commit_numbers(store: &Store, numbers: std::ops::Range<usize>) {
    let events: Vec<Event> = numbers
        .map(|number| build_event(number % 20, number))
        .collect();
    for events in events.chunks(7) {
        commit_events(store, events).await;
    }
}

pub(crate) async fn commit_events(store: &Store, events: &[Event]) {
    let mut unit = store.begin().await.unwrap();
    unit.append(events).await.unwrap();
    unit.commit().await.unwrap();
}

/// Reads the whole journal, by shard and position.
pub(crate) async fn read_journal(store: &Store) -> Vec<JournalRow> {
    let shards = (0..store.shards().get()).map(Shard);
    let ranges: Vec<PositionRange> = shards
        .map(|shard| PositionRange {
            shard,
            after: 0,
            until: i64::MAX,
        })
        .collect();
    let mut rows = store.read_page(&ranges, i64::MAX / 2).await.unwrap();
    rows.sort_by_key(|row| (row.shard, row.position));
    rows
}

/// Does `published` cover every committed event?
pub(crate) async fn is_published(store: &Store) -> bool {
    store
        .unpublished()
        .await
        .unwrap()
        .values()
        .all(|waiting| *waiting == 0)
}
