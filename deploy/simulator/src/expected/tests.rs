//! The tally on purchases whose end is known by hand.

use std::time::Duration;

use rust_decimal::Decimal;
use time::OffsetDateTime;

use crate::fake::account;
use crate::{
    Expected, Fate, Heard, JitOutcome, Kind, Notice, Outcome, Random, Tally, Trade, Transaction,
};

/// One step: a message, whether we were asked (and what was heard), and what arrived of its news.
struct Line(Kind, &'static str, &'static str);

const USD: &str = "USD";

/// Plays lines; the third word tells what happened: `asked` (heard approved, news on its way),
/// `confirmed`, `declined`, `timeout` (no news), `timed-out` (with news), `told`, `lost`.
fn play(lines: &[Line]) -> (Expected, String) {
    let (expected, mut random) = (Expected::default(), Random::new(2));
    let mut at = OffsetDateTime::UNIX_EPOCH;
    let mut last: Option<Transaction> = None;
    for Line(kind, amount, how) in lines {
        at += time::Duration::days(1);
        let amount: Decimal = amount.parse().unwrap();
        let mut message = match &last {
            Some(last) if !kind.opens() => last.followed_by(*kind, amount, at, &mut random),
            _ => {
                let merchant = &Trade::Grocery.merchants()[0];
                Transaction::opening(*kind, &account(USD), merchant, amount, at, &mut random)
            }
        };
        if *how == "final" {
            message.marks.final_release = Some(Decimal::ZERO);
        }
        expected.made(&message);
        tell(&expected, &message, how);
        last = Some(message);
    }
    (expected, last.unwrap().links.group)
}

fn tell(expected: &Expected, message: &Transaction, how: &str) {
    let amount = message.amount;
    let heard = match how {
        "asked" | "confirmed" => Some(Heard::Approved { amount }),
        "declined" => Some(Heard::Declined {
            reason: String::new(),
        }),
        "timeout" | "timed-out" => Some(Heard::Timeout),
        _ => None,
    };
    let outcome = heard.map(|heard| JitOutcome {
        heard,
        latency: Duration::ZERO,
        asked: amount,
        answer: None,
    });
    if let Some(outcome) = &outcome {
        expected.heard(message, outcome);
    }
    let outcome = match outcome {
        Some(heard) => Outcome::after(message, heard),
        None => Outcome::unasked(message),
    };
    for notice in [
        Notice::of(message, &outcome),
        Notice::twin_of(message, &outcome),
    ] {
        expected.promised(&notice);
        match how {
            "asked" | "timeout" => {}
            "lost" => expected.fated(&notice, Fate::GivenUp),
            _ => {
                expected.fated(&notice, Fate::Refused);
                expected.fated(&notice, Fate::Accepted);
                expected.fated(&notice, Fate::Repeated);
            }
        }
    }
}

#[track_caller]
fn comes_to(lines: &[Line], posted: &str, held: &str) {
    let (expected, group) = play(lines);
    let want = Tally {
        posted: posted.parse().unwrap(),
        held: held.parse().unwrap(),
    };
    let key = ("user-7".to_owned(), USD.to_owned());
    assert_eq!(expected.totals()[&key], want);
    // Forgetting what is over changes nothing.
    expected.over(&group);
    assert_eq!(expected.totals()[&key], want);
}

#[test]
fn purchases_come_to_what_they_cost() {
    use Kind::*;
    comes_to(&[Line(Authorization, "40", "asked")], "0", "40");
    comes_to(&[Line(Authorization, "40", "confirmed")], "0", "40");
    comes_to(&[Line(Authorization, "40", "declined")], "0", "0");
    comes_to(&[Line(Authorization, "40", "timed-out")], "0", "0");
    comes_to(&[Line(Authorization, "40", "told")], "0", "40");
    comes_to(&[Line(PinDebit, "40", "asked")], "-40", "0");
    comes_to(&[Line(ForceCapture, "40", "told")], "-40", "0");
    comes_to(&[Line(Refund, "40", "told")], "40", "0");
    let opened = || Line(Authorization, "100", "confirmed");
    comes_to(&[opened(), Line(Clearing, "120", "told")], "-120", "0");
    comes_to(&[opened(), Line(Clearing, "70", "told")], "-70", "30");
    comes_to(&[opened(), Line(Clearing, "70", "lost")], "0", "100");
    comes_to(&[opened(), Line(Clearing, "70", "final")], "-70", "0");
    comes_to(&[opened(), Line(PartialReversal, "30", "told")], "0", "70");
    comes_to(&[opened(), Line(Reversal, "100", "told")], "0", "0");
    comes_to(&[opened(), Line(Increment, "20", "declined")], "0", "100");
    comes_to(&[opened(), Line(Advice, "38.44", "told")], "0", "38.44");
    comes_to(
        &[
            opened(),
            Line(Advice, "38.44", "told"),
            Line(Clearing, "38.44", "told"),
        ],
        "-38.44",
        "0",
    );
    comes_to(
        &[
            opened(),
            Line(Clearing, "30", "told"),
            Line(Advice, "80", "told"),
        ],
        "-30",
        "50",
    );
    comes_to(
        &[
            opened(),
            Line(Increment, "20", "confirmed"),
            Line(Clearing, "120", "told"),
        ],
        "-120",
        "0",
    );
}

#[test]
fn what_nobody_can_know_is_counted() {
    use Kind::Authorization;
    assert_eq!(
        play(&[Line(Authorization, "40", "timeout")]).0.uncertain(),
        1
    );
    assert_eq!(
        play(&[Line(Authorization, "40", "timed-out")])
            .0
            .uncertain(),
        0
    );
    assert_eq!(play(&[Line(Authorization, "40", "asked")]).0.uncertain(), 0);
}

#[test]
fn a_purchase_that_is_over_waits_for_its_news() {
    let (expected, group) = play(&[Line(Kind::Authorization, "40", "asked")]);
    expected.over(&group);
    let key = ("user-7".to_owned(), USD.to_owned());
    assert_eq!(expected.totals()[&key].held, Decimal::from(40));
    assert!(expected.books.lock().unwrap().groups.contains_key(&group));
}
