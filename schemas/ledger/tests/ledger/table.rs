//! The language of the tables: one row a message, in the words of the trade.
//!
//! ```text
//! fund 500.00                          the program gives the account money
//! policy credit-at-authorization       refund authorizations are spendable at once
//! policy dispute-won-as-stated         a dispute won is credited if the message says so; dispute-won-keep
//! policy keep-after-last-clearing      the rest stays held although all n of n clearings are there
//! auth t1 100.00                       Marqeta tells of an approved authorization
//! incr t3 40.00 of=t1                  of= is the message that it follows
//! advice t4 38.44 of=t1 was=125        the purchase's new total, and what it was
//! reverse t5 10.00 of=t1 [full]        full: in state CLEARED; without an amount it releases all
//! issuer-expiry t5 of=t1               the network's expiration
//! clear t6 60.00 of=t1 [final] [release=25.00] [cur=EUR] [state=PENDING] [seq=1/2] [ref=r-1]
//! force t7 18.75                       without an authorization
//! debit t8 15                          undo-debit t9 15 of=t8
//! credit c1 20                         an offline refund; it has a hold of its own
//! credit-auth c2 20 [fast]             credit-clear c3 20 of=c2; credit-reverse c4 20 of=c2
//! ours t1 100.00                       we approved it; a row of the same token says what it is
//! decline t1, error t1                 Marqeta tells that it came to nothing
//! standin t1 100.00                    approved without us: no JIT block
//! expire t1 [at=7], release t1         our expiry on that day; an operator's release
//! dispute d1 60.00 of=t6 [case=2]      opened; provisional-credit d2 60.00, provisional-debit d3 60.00,
//! won d4 60.00 [credit-user=no]        representment d5, lost d6 60.00, write-off d7 60.00: its steps
//! nothing t1                           a balance inquiry, a twin
//! => [EUR] held 60.00 posted -40.00 pending 0.00 available 0.00 authorized 100.00 released 0.00
//!    cleared 40.00 holds 1             what must be so now; suspense 60.00 lost 0.00;
//!    used 40.00 uses 1 day8 40.00      of spending limits, in all and by day; refused 5.00 of others
//! ```
//!
//! `at=8` is the day of the message, `at=none` leaves its time out (else each row is a minute later than
//! the one above), `expires=30` the day on which Marqeta says that it lapses, `days=30` the days it
//! lasts. `card=`, `mid=`, `name=`, `city=`, `mcc=`, `code=` are what a clearing is matched by. `link=jit`, `link=preceding`,
//! `link=order`, `link=original` leave one link only; `order=o9` names another order and `group=t2` another
//! JIT group. `as=debit` says what a message is of which only `ours`, `decline` or `error` tells.

mod expect;
mod row;
mod step;

use crate::books::{Arrival, Books};
use crate::orders;
use step::{Setup, Step};

/// Runs a table as it is written, with every `=>`; then its rows in other orders, each row twice, which
/// must end as the last `=>` says.
pub(crate) fn check(text: &str) {
    let (setup, steps) = step::read(text);
    in_written_order(&setup, &steps);
    let arrivals: Vec<&Arrival> = steps.iter().filter_map(Step::arrival).collect();
    let end: Vec<_> = steps.iter().rev().map_while(Step::expectation).collect();
    assert!(!end.is_empty(), "a table says how it ends");
    for order in orders::telling(arrivals.len()) {
        let mut books = setup.books();
        for &index in order.iter().chain(&order) {
            books.take(arrivals[index]);
        }
        for expectation in &end {
            expectation.check(&books, &format!("in the order {order:?}"));
        }
    }
}

/// Runs a table as it is written and no further, for what depends on the order by design.
pub(crate) fn in_order(text: &str) -> Books {
    let (setup, steps) = step::read(text);
    in_written_order(&setup, &steps)
}

/// The rows of a table as arrivals, for tests that bring them in their own way.
pub(crate) fn arrivals(text: &str) -> Vec<Arrival> {
    let (_, steps) = step::read(text);
    steps.iter().filter_map(Step::arrival).cloned().collect()
}

fn in_written_order(setup: &Setup, steps: &[Step]) -> Books {
    let mut books = setup.books();
    for step in steps {
        match step {
            Step::Arrive(arrival) => books.take(arrival),
            Step::Expect(expectation) => expectation.check(&books, "as written"),
        }
    }
    books
}

#[test]
#[should_panic(expected = "held")]
fn a_table_that_is_wrong_fails() {
    check("auth t1 100.00\n=> held 99.99");
}
