//! What in a purchase needs review.

use crate::table::in_order;
use holdfast_ledger::fold::Anomaly;

/// The anomalies of all holds, in words.
fn anomalies(table: &str) -> Vec<String> {
    let books = in_order(table);
    let of_all = books
        .live()
        .flat_map(|hold| hold.fold_anomalies().expect("no overflow"));
    of_all.map(|anomaly| in_words(&anomaly)).collect()
}

fn in_words(anomaly: &Anomaly) -> String {
    let token = anomaly.token();
    match anomaly {
        Anomaly::AdviceDelta {
            stated, dropped, ..
        } => format!(
            "{token} stated {} dropped {}",
            stated.value(),
            dropped.value()
        ),
        Anomaly::ReversalAfterClearing { .. } => format!("{token} reverses nothing"),
        Anomaly::ReversalExceedsMoved { stated, undone, .. } => {
            format!(
                "{token} stated {} undone {}",
                stated.value(),
                undone.value()
            )
        }
        Anomaly::CurrencyDiffers { of_hold, .. } => format!("{token} of a hold in {of_hold}"),
        Anomaly::ClearingAboveHold {
            expected, cleared, ..
        } => format!(
            "{token} expected {} cleared {}",
            expected.value(),
            cleared.value()
        ),
        Anomaly::ClearingRepeated { first, .. } => format!("{token} repeats {first}"),
        Anomaly::ClearingAfterDecline { .. } => format!("{token} after a decline"),
        Anomaly::ClearingsComplete { released, .. } => {
            format!("{token} is the last, released {}", released.value())
        }
        Anomaly::NotFinal { .. } => format!("{token} is not final"),
        Anomaly::FinalAndDeclined { amount, .. } => {
            format!("{token} final and declined {}", amount.value())
        }
        Anomaly::ApprovedAmountDiffers {
            approved, notified, ..
        } => format!(
            "{token} approved {} notified {}",
            approved.value(),
            notified.value()
        ),
    }
}

fn check(rows: &[(&str, &[&str])]) {
    for (table, expected) in rows {
        assert_eq!(anomalies(table), *expected, "{table}");
    }
}

#[test]
fn an_advice_that_releases_another_amount_than_it_says() {
    check(&[
        ("auth t1 125.00\nadvice t2 38.44 of=t1 was=125.00", &[]),
        (
            "auth t1 125.00\nadvice t2 38.44 of=t1 was=120.00",
            &["t2 stated 81.56 dropped 86.56"],
        ),
        ("advice t2 38.44 of=t1 was=125", &[]),
        ("auth t1 125.00\nadvice t2 38.44 of=t1", &[]),
    ]);
}

#[test]
fn a_reversal_when_all_is_cleared() {
    let cleared = "auth t1 60.00\nclear t2 60.00 of=t1\nreverse t3 60.00 of=t2";
    check(&[
        (cleared, &["t3 reverses nothing"]),
        (&format!("{cleared} full"), &["t3 reverses nothing"]),
        (
            "auth t1 60.00\nclear t2 20.00 of=t1\nreverse t3 40.00 of=t2",
            &[],
        ),
        (
            "auth t1 60.00\nreverse t3 60.00 of=t1 full\nreverse t4 60.00 of=t1",
            &[],
        ),
        ("reverse t3 60.00 of=t1 full", &[]),
    ]);
}

#[test]
fn a_reversal_of_more_than_its_leg_moved() {
    check(&[
        ("debit t1 30.00\nundo-debit t2 30.00 of=t1", &[]),
        (
            "debit t1 30.00\nundo-debit t2 35.00 of=t1",
            &["t2 stated 35 undone 30"],
        ),
        ("undo-debit t2 30.00 of=t1", &["t2 stated 30 undone 0"]),
        ("undo-debit t2 30.00 of=t1 state=PENDING", &[]),
        ("credit-reverse c2 20.00 of=c9", &["c2 stated 20 undone 0"]),
        ("credit-auth c1 20.00\ncredit-reverse c2 20.00 of=c1", &[]),
        (
            "credit-auth c1 20.00\ncredit-reverse c2 25.00 of=c1",
            &["c2 stated 25 undone 20"],
        ),
        (
            "provisional-credit d1 20.00 of=t1\nprovisional-debit d2 30.00 of=t1",
            &["d2 stated 30 undone 20"],
        ),
    ]);
}

#[test]
fn a_message_in_another_currency_than_its_hold() {
    check(&[
        (
            "auth t1 60.00\nclear t2 60.00 of=t1 cur=EUR",
            &["t2 of a hold in USD"],
        ),
        (
            "auth t1 60.00\nreverse t2 60.00 of=t1 cur=EUR",
            &["t2 of a hold in USD"],
        ),
        ("clear t2 60.00 of=t1 cur=EUR", &[]),
    ]);
}

#[test]
fn a_clearing_above_its_hold() {
    check(&[
        (
            "auth t1 18.50\nclear t2 185.00 of=t1",
            &["t2 expected 18.5 cleared 185"],
        ),
        (
            "auth t1 125.00\nadvice t2 38.00 of=t1\nclear t3 120.00 of=t1",
            &["t3 expected 38 cleared 120"],
        ),
        ("auth t1 60.00\nclear t2 60.00 of=t1", &[]),
        ("clear t2 60.00 of=t1", &[]),
    ]);
}

#[test]
fn a_clearing_that_repeats_another_one() {
    let twice = |more: &str, other: &str| {
        format!("auth t1 100.00\nclear t2 20.00 of=t1 {more}\nclear t3 20.00 of=t1 {other}")
    };
    check(&[
        (&twice("ref=r seq=1/2", "ref=r seq=1/2"), &["t3 repeats t2"]),
        (&twice("ref=r seq=1/3", "ref=r seq=2/3"), &[]),
        (&twice("ref=r", "ref=r"), &["t3 repeats t2"]),
        (&twice("ref=r", "ref=q"), &[]),
        (&twice("ref=r arn=a", "ref=q arn=a"), &["t3 repeats t2"]),
        (&twice("arn=a seq=1/3", "arn=a seq=2/3"), &[]),
        (&twice("", ""), &[]),
        (
            "auth t1 100.00\nclear t2 20.00 of=t1 ref=r\nclear t3 30.00 of=t1 ref=r",
            &[],
        ),
    ]);
}

#[test]
fn a_clearing_after_a_decline() {
    check(&[(
        "ours t1 60.00\ndecline t1\nclear t2 60.00 of=t1",
        &["t2 after a decline"],
    )]);
}

#[test]
fn the_last_clearing_of_a_sequence_without_the_final_flag() {
    let first = "auth t1 100.00\nclear t2 40.00 of=t1 seq=1/2";
    check(&[
        (first, &[]),
        (
            &format!("{first}\nclear t3 35.00 of=t1 seq=2/2"),
            &["t3 is the last, released 25"],
        ),
        (&format!("{first}\nclear t3 35.00 of=t1 seq=2/2 final"), &[]),
        (&format!("{first}\nclear t3 60.00 of=t1 seq=2/2"), &[]),
        (
            &format!("policy keep-after-last-clearing\n{first}\nclear t3 35.00 of=t1 seq=2/2"),
            &[],
        ),
    ]);
}

#[test]
fn a_state_that_is_neither_pending_nor_final() {
    check(&[
        (
            "auth t1 60.00\nclear t2 60.00 of=t1 state=CLEARED",
            &["t2 is not final"],
        ),
        ("auth t1 60.00\nclear t2 60.00 of=t1 state=PENDING", &[]),
        (
            "credit-auth c1 20.00\ncredit-clear c2 20.00 of=c1 state=CLEARED",
            &[],
        ),
    ]);
}

#[test]
fn a_final_state_and_a_decline_of_one_transaction() {
    check(&[
        ("debit t1 30.00\ndecline t1", &["t1 final and declined 30"]),
        (
            "decline t1 as=debit\ndebit t1 30.00",
            &["t1 final and declined 30"],
        ),
        ("ours t1 30.00 as=debit\ndecline t1", &[]),
        ("auth t1 30.00\ndecline t1", &[]),
    ]);
}

#[test]
fn another_amount_notified_than_we_approved() {
    check(&[
        (
            "ours t1 30.00\nauth t1 25.00",
            &["t1 approved 30 notified 25"],
        ),
        ("ours t1 30.00\nauth t1 30.00", &[]),
        ("ours t1 30.00\ndecline t1", &[]),
    ]);
}
