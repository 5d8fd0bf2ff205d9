//! The summary's text.

use super::*;
use crate::up::demo::Money;
use rust_decimal::Decimal;

fn summary() -> Summary {
    Summary {
        took: Duration::from_secs(20),
        traffic: None,
        owed: Owed::default(),
        books: Verification::default(),
        audit: AuditReport {
            events: 1_234,
            ..AuditReport::default()
        },
        accounts: None,
    }
}

fn books(posted: i64) -> Books {
    let money = Money {
        posted: Decimal::new(posted, 2),
        held: Decimal::ZERO,
    };
    [(("ada".to_owned(), "USD".to_owned()), money)].into()
}

#[test]
fn a_clean_run_says_so() {
    let text = summary().text(Ink::new(false));
    assert!(summary().is_clean());
    assert!(text.contains("Summary of 20 s"), "{text}");
    assert!(
        text.contains("topics          ok  1,234 events of this run"),
        "{text}"
    );
    assert!(!text.contains("FAILED"), "{text}");
}

#[test]
fn each_fault_fails_the_run_and_is_told() {
    let fault = AuditReport {
        faults: vec!["shard 1: a gap".to_owned()],
        ..AuditReport::default()
    };
    let compared = Compared::new(&books(4_200), &books(4_300));
    let owed = Owed {
        notifications: 2,
        events: 0,
    };
    let cases = [
        (
            Summary {
                audit: fault,
                ..summary()
            },
            "shard 1: a gap",
        ),
        (
            Summary { owed, ..summary() },
            "2 notifications were not applied",
        ),
        (
            Summary {
                accounts: Some(Ok(compared)),
                ..summary()
            },
            "ada USD posted: 42.00, the network counts 43.00",
        ),
    ];
    for (summary, told) in cases {
        let text = summary.text(Ink::new(false));
        assert!(!summary.is_clean(), "{told}");
        assert!(text.contains("FAILED") && text.contains(told), "{text}");
    }
}

#[test]
fn equal_books_have_no_differences() {
    let compared = Compared::new(&books(1), &books(1));
    assert_eq!(
        compared,
        Compared {
            balances: 1,
            differences: Vec::new()
        }
    );
}

#[test]
fn accounts_that_cannot_be_compared_do_not_fail_the_run() {
    let summary = Summary {
        accounts: Some(Err("2 uncertain".to_owned())),
        ..summary()
    };
    assert!(summary.is_clean());
    assert!(
        summary
            .text(Ink::new(false))
            .contains("not compared: 2 uncertain")
    );
}
