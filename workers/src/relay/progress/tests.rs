//! Where a shard begins, and where it must not go on.

use super::*;
use holdfast_ledger::time::Moment;

fn known(position: i64, event: &str) -> Known {
    Known {
        position,
        event: event.to_owned(),
    }
}

#[test]
fn a_shard_begins_after_the_later_of_kafka_and_published() {
    assert_eq!(start(7, 9, None, None), Ok(7));
    assert_eq!(start(7, 9, Some(&known(8, "e")), Some("e")), Ok(8));
    // A broker that lost its memory is not filled again.
    assert_eq!(start(7, 9, Some(&known(3, "e")), Some("e")), Ok(7));
}

#[test]
fn kafka_ahead_of_the_database_stops_the_shard() {
    let ahead = Stop::Ahead {
        kafka: 10,
        committed: 9,
    };
    assert_eq!(start(7, 9, Some(&known(10, "e")), None), Err(ahead));
}

#[test]
fn a_restored_database_that_has_caught_up_in_number_is_still_another() {
    let ended = known(8, "old");
    assert_eq!(
        start(7, 9, Some(&ended), Some("new")),
        Err(Stop::Diverged(8))
    );
    assert_eq!(start(8, 9, Some(&ended), None), Err(Stop::Diverged(8)));
}

#[test]
fn a_gap_an_unknown_topic_and_a_giant_stop_their_own_shard_only() {
    let mut progress = Progress {
        at: (0..4).map(|shard| (Shard(shard), 0)).collect(),
        stopped: BTreeMap::new(),
    };
    let giant = "x".repeat(VALUE_BYTES_MAX + 1);
    let rows = vec![
        row(0, 1, "jit.notices.v1", "{}"),
        row(1, 2, "jit.notices.v1", "{}"),
        row(2, 1, "jit.unheard.v1", "{}"),
        row(3, 1, "jit.notices.v1", &giant),
        row(0, 2, "jit.notices.v1", "{}"),
        row(2, 2, "jit.notices.v1", "{}"),
    ];
    let page = progress.accept(rows);
    let published: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.shard.0, row.position))
        .collect();
    assert_eq!(published, [(0, 1), (0, 2)]);
    assert_eq!(page.reached, Positions::from([(Shard(0), 2)]));
    assert_eq!(progress.stopped().get(&Shard(1)), Some(&Stop::Gap(0)));
    assert_eq!(progress.stopped().len(), 3);
}

fn row(shard: i32, position: i64, topic: &str, payload: &str) -> JournalRow {
    JournalRow {
        shard: Shard(shard),
        position,
        account: "a".to_owned(),
        event: uuid::Uuid::nil(),
        topic: topic.to_owned(),
        kind: "k".to_owned(),
        subject: "s".to_owned(),
        payload: payload.to_owned(),
        at: Moment(0),
    }
}
