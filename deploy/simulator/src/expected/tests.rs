//! The tally of purchases whose result was computed manually.

use std::time::Duration;

use rust_decimal::Decimal;
use time::OffsetDateTime;

use crate::tests::fake_gateway::account;
use crate::{
    DeliveryResult, Expected, JitExchange, JitResponse, MessageKind, MessageOutcome, Notification,
    Random, Tally, Trade, Transaction,
};

/// One step: kind of message, amount, and what happened to request and notification.
struct MessageStep(MessageKind, &'static str, &'static str);

const USD: &str = "USD";

/// Plays steps. The third word is what happened: `approved` (notification not delivered yet),
/// `confirmed`, `declined`, `timeout` (without notification), `timed-out` (with it), `notified`, `lost`.
fn play(steps: &[MessageStep]) -> (Expected, String) {
    let (expected, mut random) = (Expected::default(), Random::new(2));
    let mut at = OffsetDateTime::UNIX_EPOCH;
    let mut last: Option<Transaction> = None;
    for MessageStep(kind, amount, how) in steps {
        at += time::Duration::days(1);
        let amount: Decimal = amount.parse().unwrap();
        let mut message = match &last {
            Some(last) if !kind.opens_group() => last.followed_by(*kind, amount, at, &mut random),
            _ => {
                let merchant = &Trade::Grocery.merchants()[0];
                Transaction::opening(*kind, &account(USD), merchant, amount, at, &mut random)
            }
        };
        if *how == "final" {
            message.marks.final_release = Some(Decimal::ZERO);
        }
        expected.register_message(&message);
        record_step(&expected, &message, how);
        last = Some(message);
    }
    (expected, last.unwrap().links.group)
}

fn record_step(expected: &Expected, message: &Transaction, how: &str) {
    let amount = message.amount;
    let response = match how {
        "approved" | "confirmed" => Some(JitResponse::Approved { amount }),
        "declined" => Some(JitResponse::Declined {
            reason: String::new(),
        }),
        "timeout" | "timed-out" => Some(JitResponse::Timeout),
        _ => None,
    };
    let exchange = response.map(|response| JitExchange {
        response,
        latency: Duration::ZERO,
        requested: amount,
        body: None,
    });
    if let Some(exchange) = &exchange {
        expected.record_response(message, exchange);
    }
    let outcome = match exchange {
        Some(exchange) => MessageOutcome::after(message, exchange),
        None => MessageOutcome::without_request(message),
    };
    for notification in [
        Notification::of(message, &outcome),
        Notification::of_gpa_transaction(message, &outcome),
    ] {
        expected.register_notification(&notification);
        match how {
            "approved" | "timeout" => {}
            "lost" => expected.record_delivery(&notification, DeliveryResult::GivenUp),
            _ => {
                expected.record_delivery(&notification, DeliveryResult::Refused);
                expected.record_delivery(&notification, DeliveryResult::Accepted);
                expected.record_delivery(&notification, DeliveryResult::Repeated);
            }
        }
    }
}

#[track_caller]
fn assert_tally(steps: &[MessageStep], posted: &str, held: &str) {
    let (expected, group) = play(steps);
    let want = Tally {
        posted: posted.parse().unwrap(),
        held: held.parse().unwrap(),
    };
    let key = ("user-7".to_owned(), USD.to_owned());
    assert_eq!(expected.totals()[&key], want);
    // Dropping a closed group changes nothing.
    expected.close_group(&group);
    assert_eq!(expected.totals()[&key], want);
}

#[test]
fn purchases_have_the_expected_tally() {
    use MessageKind::*;
    assert_tally(&[MessageStep(Authorization, "40", "approved")], "0", "40");
    assert_tally(&[MessageStep(Authorization, "40", "confirmed")], "0", "40");
    assert_tally(&[MessageStep(Authorization, "40", "declined")], "0", "0");
    assert_tally(&[MessageStep(Authorization, "40", "timed-out")], "0", "0");
    assert_tally(&[MessageStep(Authorization, "40", "notified")], "0", "40");
    assert_tally(&[MessageStep(PinDebit, "40", "approved")], "-40", "0");
    assert_tally(&[MessageStep(ForceCapture, "40", "notified")], "-40", "0");
    assert_tally(&[MessageStep(Refund, "40", "notified")], "40", "0");
    let opened = || MessageStep(Authorization, "100", "confirmed");
    assert_tally(
        &[opened(), MessageStep(Clearing, "120", "notified")],
        "-120",
        "0",
    );
    assert_tally(
        &[opened(), MessageStep(Clearing, "70", "notified")],
        "-70",
        "30",
    );
    assert_tally(&[opened(), MessageStep(Clearing, "70", "lost")], "0", "100");
    assert_tally(
        &[opened(), MessageStep(Clearing, "70", "final")],
        "-70",
        "0",
    );
    assert_tally(
        &[opened(), MessageStep(PartialReversal, "30", "notified")],
        "0",
        "70",
    );
    assert_tally(
        &[opened(), MessageStep(Reversal, "100", "notified")],
        "0",
        "0",
    );
    assert_tally(
        &[opened(), MessageStep(Increment, "20", "declined")],
        "0",
        "100",
    );
    assert_tally(
        &[opened(), MessageStep(Advice, "38.44", "notified")],
        "0",
        "38.44",
    );
    assert_tally(
        &[
            opened(),
            MessageStep(Advice, "38.44", "notified"),
            MessageStep(Clearing, "38.44", "notified"),
        ],
        "-38.44",
        "0",
    );
    assert_tally(
        &[
            opened(),
            MessageStep(Clearing, "30", "notified"),
            MessageStep(Advice, "80", "notified"),
        ],
        "-30",
        "50",
    );
    assert_tally(
        &[
            opened(),
            MessageStep(Increment, "20", "confirmed"),
            MessageStep(Clearing, "120", "notified"),
        ],
        "-120",
        "0",
    );
}

#[test]
fn unknown_effects_are_counted() {
    use MessageKind::Authorization;
    assert_eq!(
        play(&[MessageStep(Authorization, "40", "timeout")])
            .0
            .count_uncertain(),
        1
    );
    assert_eq!(
        play(&[MessageStep(Authorization, "40", "timed-out")])
            .0
            .count_uncertain(),
        0
    );
    assert_eq!(
        play(&[MessageStep(Authorization, "40", "approved")])
            .0
            .count_uncertain(),
        0
    );
}

#[test]
fn a_closed_purchase_waits_for_its_notifications() {
    let (expected, group) = play(&[MessageStep(MessageKind::Authorization, "40", "approved")]);
    expected.close_group(&group);
    let key = ("user-7".to_owned(), USD.to_owned());
    assert_eq!(expected.totals()[&key].held, Decimal::from(40));
    assert!(expected.books.lock().unwrap().groups.contains_key(&group));
}
