//! Counters.

use std::time::Duration;

use rust_decimal::Decimal;

use crate::{DeliveryResult, JitExchange, JitResponse, TrafficStats};

fn exchange(response: JitResponse, millis: u64) -> JitExchange {
    let (latency, requested) = (Duration::from_millis(millis), Decimal::ONE);
    JitExchange {
        response,
        latency,
        requested,
        body: None,
    }
}

#[test]
fn each_response_has_its_counter() {
    let stats = TrafficStats::default();
    let declined = |reason: &str| JitResponse::Declined {
        reason: reason.to_owned(),
    };
    stats.count_exchange(&exchange(
        JitResponse::Approved {
            amount: Decimal::ONE,
        },
        4,
    ));
    stats.count_exchange(&exchange(declined("INSUFFICIENT_FUNDS"), 5));
    stats.count_exchange(&exchange(declined("INSUFFICIENT_FUNDS"), 6));
    stats.count_exchange(&exchange(declined("INVALID_CARD"), 7));
    stats.count_exchange(&exchange(JitResponse::Error { status: 503 }, 8));
    stats.count_exchange(&exchange(JitResponse::Timeout, 3000));
    stats.count_exchange(&exchange(JitResponse::ConnectionFailed, 1));
    let now = stats.snapshot();
    assert_eq!((now.requests, now.approved, now.declined), (7, 1, 3));
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
fn each_delivery_result_has_its_counter() {
    let stats = TrafficStats::default();
    stats.count_notification();
    for (times, result) in [
        DeliveryResult::Accepted,
        DeliveryResult::Repeated,
        DeliveryResult::Refused,
        DeliveryResult::GivenUp,
    ]
    .into_iter()
    .enumerate()
    {
        (0..=times).for_each(|_| stats.count_delivery(result));
    }
    let now = stats.snapshot();
    assert_eq!(now.notifications_queued, 1);
    assert_eq!(
        (now.notifications_delivered, now.notifications_repeated),
        (1, 2)
    );
    assert_eq!((now.notifications_retried, now.notifications_lost), (3, 4));
}
