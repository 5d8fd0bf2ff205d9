//! Faults that the audit of one shard must find.

use super::*;
use holdfast_ledger::time::Moment;
use uuid::Uuid;

fn event(position: i64) -> Uuid {
    Uuid::from_u128(u128::from(position.unsigned_abs()))
}

fn record(topic: Topic, position: i64) -> SeenRecord {
    SeenRecord {
        topic,
        shard: Shard(3),
        offset: position * 10,
        position: Some(position),
        event: Some(event(position)),
        key: Some(b"account".to_vec()),
        value: render_published(&row(topic, position), topic, "i").into_bytes(),
    }
}

fn row(topic: Topic, position: i64) -> JournalRow {
    JournalRow {
        shard: Shard(3),
        position,
        account: "account".to_owned(),
        event: event(position),
        topic: topic.name().to_owned(),
        kind: String::new(),
        subject: String::new(),
        payload: "{}".to_owned(),
        entries: Vec::new(),
        at: Moment(0),
    }
}

/// Adds these records, in this order.
fn audit(floor: i64, records: &[(Topic, i64)]) -> (ShardAudit, Vec<String>) {
    let mut audit = ShardAudit::new(Shard(3), floor);
    let added = records
        .iter()
        .map(|(topic, position)| audit.add_record(record(*topic, *position)));
    let faults = added.filter_map(Result::err).collect();
    (audit, faults)
}

use Topic::{Authorizations as A, Clearings as C};

#[test]
fn topics_may_interleave() {
    let (mut audit, faults) = audit(4, &[(C, 6), (C, 8), (A, 5), (A, 7)]);
    assert_eq!(faults, [""; 0]);
    assert_eq!(audit.seen_without_gap(), 8);
    for (topic, position) in [(A, 5), (C, 6), (A, 7), (C, 8)] {
        audit.compare(&row(topic, position), "i").unwrap();
    }
    assert_eq!((audit.compared(), audit.faults_beyond(8).len()), (8, 0));
}

#[test]
fn a_gap_stops_the_comparison_until_it_is_closed() {
    let (mut audit, _) = audit(0, &[(A, 1), (A, 3)]);
    assert_eq!(audit.seen_without_gap(), 1);
    audit.add_record(record(C, 2)).unwrap();
    assert_eq!(audit.seen_without_gap(), 3);
}

#[test]
fn a_missing_record_is_found() {
    let (mut audit, _) = audit(0, &[(A, 1), (A, 3)]);
    audit.compare(&row(A, 1), "i").unwrap();
    let fault = audit.compare(&row(C, 2), "i").unwrap_err();
    assert_eq!(
        fault,
        "shard 3 position 2: committed for jit.clearings.v1, never seen there"
    );
    audit.compare(&row(A, 3), "i").unwrap();
}

#[test]
fn repetitions_are_found_in_one_topic_and_across_topics() {
    let (_, faults) = audit(0, &[(A, 1), (A, 1), (C, 1)]);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("position 1 came after 1"), "{faults:?}");
    assert!(
        faults[1].contains("position 1 was seen before"),
        "{faults:?}"
    );
    let (mut audit, _) = audit(0, &[(A, 1), (A, 2)]);
    audit.compare(&row(A, 1), "i").unwrap();
    assert!(
        audit.add_record(record(C, 1)).is_err(),
        "compared and seen again"
    );
}

#[test]
fn disorder_is_found_and_what_is_older_than_the_run_is_not() {
    let (audit, faults) = audit(10, &[(A, 9), (A, 12), (A, 11)]);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(
        audit.faults_beyond(11).len(),
        1,
        "position 12 was never committed"
    );
}

#[test]
fn every_difference_is_named() {
    let other = |change: fn(&mut SeenRecord)| {
        let mut audit = ShardAudit::new(Shard(3), 0);
        let mut seen = record(A, 1);
        change(&mut seen);
        audit.add_record(seen).unwrap();
        audit.compare(&row(A, 1), "i").unwrap_err()
    };
    assert!(other(|seen| seen.topic = C).contains("another topic"));
    assert!(other(|seen| seen.event = None).contains("another event id"));
    assert!(other(|seen| seen.key = None).contains("another key"));
    assert!(other(|seen| seen.value.clear()).contains("another value"));
}

#[test]
fn a_record_needs_its_position() {
    let mut audit = ShardAudit::new(Shard(3), 0);
    let fault = audit
        .add_record(SeenRecord {
            position: None,
            ..record(A, 1)
        })
        .unwrap_err();
    assert!(fault.contains("header position"), "{fault}");
}
