//! Promises 5 and 6 for an account: whatever order messages come in and however often, the same books,
//! balanced at every step (the rules of `books` are checked after each).

use crate::books::{Arrival, Books};
use crate::generate::shuffled;
use crate::generate::tables::{Ties, purchases};
use crate::table::arrivals;
use holdfast_ledger::policy::Policy;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

fn after<'a>(arrivals: impl IntoIterator<Item = &'a Arrival>) -> Books {
    let mut books = Books::new(Policy::default());
    for arrival in arrivals {
        books.take(arrival);
    }
    books
}

/// The rows, and an order of arrival with repetitions.
fn mixes(ties: Ties) -> impl Strategy<Value = (Vec<String>, Vec<usize>)> {
    purchases(ties).prop_flat_map(|rows| {
        let numbers: Vec<usize> = (0..rows.len()).collect();
        (Just(rows), shuffled(numbers))
    })
}

fn same_books(rows: &[String], order: &[usize]) -> TestCaseResult {
    let arrivals = arrivals(&rows.join("\n"));
    let written = after(&arrivals);
    let mixed = after(order.iter().map(|&index| &arrivals[index]));
    prop_assert_eq!(written.balances(), mixed.balances());
    prop_assert_eq!(written.sums(), mixed.sums());
    prop_assert_eq!(written.partition(), mixed.partition());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn messages_with_all_their_links((rows, order) in mixes(Ties::All)) {
        same_books(&rows, &order)?;
    }

    #[test]
    fn messages_with_one_link_each((rows, order) in mixes(Ties::One)) {
        same_books(&rows, &order)?;
    }
}
