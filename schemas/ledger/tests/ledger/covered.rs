//! Would the money suffice? What a decision asks of a plan before it is applied.

use crate::books::{Arrival, START};
use crate::table::{arrivals, in_order};
use holdfast_ledger::money::Currency;
use holdfast_ledger::policy::Policy;
use holdfast_ledger::token::HoldId;

/// Does the plan of the row, after the rows of the table, have the money it needs?
fn is_covered(table: &str, row: &str) -> bool {
    let books = in_order(table);
    let Arrival::Message(message) = arrivals(row).remove(0) else {
        unreachable!("{row} is no message")
    };
    let name = HoldId::parse("new").expect("a name");
    let plan = books
        .account
        .plan(&message, &name, Policy::default(), START)
        .expect("no overflow");
    plan.is_covered(&books.account).expect("no overflow")
}

#[test]
fn all_that_is_available_may_be_spent_and_not_a_cent_more() {
    let table = "fund 100.00\nauth t1 60.00\n=> available 40.00";
    for (amount, covered) in [("39.99", true), ("40.00", true), ("40.01", false)] {
        assert_eq!(is_covered(table, &format!("ours u1 {amount}")), covered);
        assert_eq!(
            is_covered(table, &format!("ours u1 {amount} as=debit")),
            covered
        );
        assert_eq!(
            is_covered(table, &format!("ours t2 {amount} as=incr of=t1")),
            covered
        );
    }
}

#[test]
fn a_balance_is_opened_once_and_keeps_what_is_in_it() {
    let mut books = in_order("fund 100.00\n=> available 100.00");
    let [usd, eur] = ["USD", "EUR"].map(|code| Currency::parse(code).expect(code));
    let before = books.account.balance(usd);
    books.account.open_balance(usd);
    books.account.open_balance(eur);
    assert_eq!(books.account.balance(usd), before);
    assert!(books.account.balances.contains_key(&eur));
    assert!(books.account.changed().balances.contains_key(&eur));
}

#[test]
fn a_currency_without_balance_covers_nothing_but_nothing() {
    let table = "fund 100.00\n=> available 100.00";
    assert!(!is_covered(table, "ours u1 0.01 cur=EUR"));
    assert!(is_covered(table, "ours u1 0 cur=EUR"));
}

#[test]
fn what_takes_nothing_is_covered_even_when_overdrawn() {
    let table = "fund 10.00\nauth t1 5.00\nforce t2 50.00\n=> available -45.00";
    assert!(is_covered(table, "credit c1 20.00"));
    assert!(is_covered(table, "ours c1 20.00 as=credit-auth"));
    assert!(is_covered(table, "auth t1 5.00"));
    assert!(is_covered(table, "reverse t3 5.00 of=t1 full"));
    assert!(!is_covered(table, "ours u1 0.01"));
}

#[test]
fn a_plan_tells_whether_it_opens_a_hold() {
    let opens = |table: &str, row: &str| {
        let books = in_order(table);
        let Arrival::Message(message) = arrivals(row).remove(0) else {
            unreachable!("{row} is no message")
        };
        let name = HoldId::parse("new").expect("a name");
        let plan = books
            .account
            .plan(&message, &name, Policy::default(), START);
        plan.expect("no overflow").opens
    };
    assert!(opens("auth t1 60.00", "auth t2 60.00"));
    assert!(!opens("auth t1 60.00", "auth t1 60.00"));
}
