//! Counters.

use std::time::Duration;

use rust_decimal::Decimal;

use crate::{Fate, Heard, JitOutcome, TrafficStats};

fn heard(heard: Heard, millis: u64) -> JitOutcome {
    let (latency, asked) = (Duration::from_millis(millis), Decimal::ONE);
    JitOutcome {
        heard,
        latency,
        asked,
        answer: None,
    }
}

#[test]
fn each_answer_is_counted_as_what_it_was() {
    let stats = TrafficStats::default();
    let declined = |reason: &str| Heard::Declined {
        reason: reason.to_owned(),
    };
    stats.heard(&heard(
        Heard::Approved {
            amount: Decimal::ONE,
        },
        4,
    ));
    stats.heard(&heard(declined("INSUFFICIENT_FUNDS"), 5));
    stats.heard(&heard(declined("INSUFFICIENT_FUNDS"), 6));
    stats.heard(&heard(declined("INVALID_CARD"), 7));
    stats.heard(&heard(Heard::Error { status: 503 }, 8));
    stats.heard(&heard(Heard::Timeout, 3000));
    stats.heard(&heard(Heard::ConnectionFailed, 1));
    let now = stats.snapshot();
    assert_eq!((now.asked, now.approved, now.declined), (7, 1, 3));
    assert_eq!(
        (now.errors, now.timeouts, now.connection_failures),
        (1, 1, 1)
    );
    assert_eq!(now.declined_by_reason["INSUFFICIENT_FUNDS"], 2);
    assert_eq!(now.declined_by_reason["INVALID_CARD"], 1);
    assert_eq!(now.overall.count, 7);
    assert!((6..=7).contains(&(now.overall.p50.as_millis() as u64)));
    assert!(now.overall.p99 >= Duration::from_secs(3));
    assert_eq!(now.recent.count, 7);
}

#[test]
fn each_fate_has_its_counter() {
    let stats = TrafficStats::default();
    stats.told();
    for (times, fate) in [Fate::Accepted, Fate::Repeated, Fate::Refused, Fate::GivenUp]
        .into_iter()
        .enumerate()
    {
        (0..=times).for_each(|_| stats.fated(fate));
    }
    let now = stats.snapshot();
    assert_eq!(now.notifications_told, 1);
    assert_eq!(
        (now.notifications_delivered, now.notifications_repeated),
        (1, 2)
    );
    assert_eq!((now.notifications_retried, now.notifications_lost), (3, 4));
}
