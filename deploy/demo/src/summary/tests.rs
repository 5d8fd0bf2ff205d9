//! The summary's text.

use super::*;
use crate::accounts::DemoBalance;
use rust_decimal::Decimal;

fn summary() -> RunSummary {
    RunSummary {
        took: Duration::from_secs(20),
        traffic: None,
        backlog: Backlog::default(),
        books: Verification::default(),
        audit: AuditReport {
            events: 1_234,
            ..AuditReport::default()
        },
        accounts: None,
    }
}

fn balances(posted: i64) -> DemoBalances {
    let balance = DemoBalance {
        posted: Decimal::new(posted, 2),
        held: Decimal::ZERO,
    };
    [(("ada".to_owned(), "USD".to_owned()), balance)].into()
}

#[test]
fn a_clean_run_says_so() {
    let text = summary().render(Style::new(false));
    assert!(summary().is_clean());
    assert!(text.contains("Summary of 20 s"), "{text}");
    assert!(
        text.contains("topics          ok  1,234 events of this run"),
        "{text}"
    );
    assert!(!text.contains("FAILED"), "{text}");
}

#[test]
fn each_fault_fails_the_run_and_is_shown() {
    let fault = AuditReport {
        faults: vec!["shard 1: a gap".to_owned()],
        ..AuditReport::default()
    };
    let compared = ComparedBalances::new(&balances(4_200), &balances(4_300));
    let backlog = Backlog {
        notifications: 2,
        events: 0,
    };
    let cases = [
        (
            RunSummary {
                audit: fault,
                ..summary()
            },
            "shard 1: a gap",
        ),
        (
            RunSummary {
                backlog,
                ..summary()
            },
            "2 notifications were not applied",
        ),
        (
            RunSummary {
                accounts: Some(Ok(compared)),
                ..summary()
            },
            "ada USD posted: 42.00, the network counts 43.00",
        ),
    ];
    for (summary, shown) in cases {
        let text = summary.render(Style::new(false));
        assert!(!summary.is_clean(), "{shown}");
        assert!(text.contains("FAILED") && text.contains(shown), "{text}");
    }
}

#[test]
fn equal_balances_have_no_differences() {
    let compared = ComparedBalances::new(&balances(1), &balances(1));
    assert_eq!(
        compared,
        ComparedBalances {
            balances: 1,
            differences: Vec::new()
        }
    );
}

#[test]
fn accounts_that_cannot_be_compared_do_not_fail_the_run() {
    let summary = RunSummary {
        accounts: Some(Err("2 uncertain".to_owned())),
        ..summary()
    };
    assert!(summary.is_clean());
    assert!(
        summary
            .render(Style::new(false))
            .contains("not compared: 2 uncertain")
    );
}
