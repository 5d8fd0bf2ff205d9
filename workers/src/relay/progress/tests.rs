//! The start position of a shard, and the reasons that stop it.

use super::*;
use holdfast_ledger::time::Moment;

fn last_record(position: i64, event: &str) -> LastRecord {
    LastRecord {
        position,
        event: event.to_owned(),
    }
}

#[test]
fn a_shard_starts_after_the_later_of_kafka_and_published() {
    assert_eq!(start_position(7, 9, None, None), Ok(7));
    assert_eq!(
        start_position(7, 9, Some(&last_record(8, "e")), Some("e")),
        Ok(8)
    );
    // A broker that lost its records is not filled again.
    assert_eq!(
        start_position(7, 9, Some(&last_record(3, "e")), Some("e")),
        Ok(7)
    );
}

#[test]
fn kafka_ahead_of_the_database_stops_the_shard() {
    let ahead = StopReason::Ahead {
        kafka: 10,
        committed: 9,
    };
    assert_eq!(
        start_position(7, 9, Some(&last_record(10, "e")), None),
        Err(ahead)
    );
}

#[test]
fn a_restored_database_with_as_many_events_is_still_detected() {
    let last = last_record(8, "old");
    assert_eq!(
        start_position(7, 9, Some(&last), Some("new")),
        Err(StopReason::Diverged(8))
    );
    assert_eq!(
        start_position(8, 9, Some(&last), None),
        Err(StopReason::Diverged(8))
    );
}

#[test]
fn a_gap_an_unknown_topic_and_a_large_event_stop_their_own_shard_only() {
    let mut progress = SlotProgress {
        at: (0..4).map(|shard| (Shard(shard), 0)).collect(),
        stopped: BTreeMap::new(),
    };
    let large = "x".repeat(VALUE_BYTES_MAX + 1);
    let rows = vec![
        journal_row(0, 1, "jit.notices.v1", "{}"),
        journal_row(1, 2, "jit.notices.v1", "{}"),
        journal_row(2, 1, "jit.unknown.v1", "{}"),
        journal_row(3, 1, "jit.notices.v1", &large),
        journal_row(0, 2, "jit.notices.v1", "{}"),
        journal_row(2, 2, "jit.notices.v1", "{}"),
    ];
    let page = progress.accept_rows(rows);
    let published: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.shard.0, row.position))
        .collect();
    assert_eq!(published, [(0, 1), (0, 2)]);
    assert_eq!(page.reached, Positions::from([(Shard(0), 2)]));
    assert_eq!(progress.stopped().get(&Shard(1)), Some(&StopReason::Gap(0)));
    assert_eq!(progress.stopped().len(), 3);
}

fn journal_row(shard: i32, position: i64, topic: &str, payload: &str) -> JournalRow {
    JournalRow {
        shard: Shard(shard),
        position,
        account: "a".to_owned(),
        event: uuid::Uuid::nil(),
        topic: topic.to_owned(),
        kind: "k".to_owned(),
        subject: "s".to_owned(),
        payload: payload.to_owned(),
        entries: Vec::new(),
        at: Moment(0),
    }
}
